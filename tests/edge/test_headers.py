from __future__ import annotations

import pytest

from pectin.edge.headers import IMMUTABLE, REVALIDATE, HeaderRules, default_headers
from pectin.values.digest import compute_digest
from pectin.values.rules import HeaderRule
from pectin.values.snapshot import Entry


def entry_of(media_type: str, *, immutable: bool = False) -> Entry:
    return Entry(compute_digest(b""), 0, media_type, immutable)


def test_only_fingerprinted_files_are_kept_without_asking() -> None:
    assert dict(default_headers(entry_of("text/css")))["cache-control"] == REVALIDATE
    assert dict(default_headers(entry_of("text/html")))["cache-control"] == REVALIDATE
    fingerprinted = default_headers(entry_of("text/css", immutable=True))
    assert dict(fingerprinted)["cache-control"] == IMMUTABLE


def test_every_file_is_what_it_says_and_no_other_site_frames_a_page() -> None:
    assert dict(default_headers(entry_of("image/png")))["x-content-type-options"] == "nosniff"
    for kind in ("text/html; charset=utf-8", "image/svg+xml"):
        fields = dict(default_headers(entry_of(kind)))
        assert fields["x-frame-options"] == "SAMEORIGIN"
        assert fields["referrer-policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("/*", "/", True),
        ("/*", "/a/b", True),
        ("/a/*", "/a/b/c", True),
        ("/a/*", "/a", True),
        ("/a/*", "/ab", False),
        ("/a", "/a", True),
        ("/a", "/A/", True),
        ("/a", "/ab", False),
        ("/a*", "/ab", True),
        ("/a*c/d", "/abbc/d", True),
        ("/a.b", "/axb", False),
        ("/:x/b", "/a/b", True),
        ("/:x/b", "/a/a/b", False),
        ("*", "/x", True),
    ],
)
def test_a_pattern_has_placeholders_and_splats(
    pattern: str,
    path: str,
    matches: bool,  # noqa: FBT001  # a table
) -> None:
    rules = HeaderRules([HeaderRule(pattern, (("X-Jam", "plum"),))])
    assert (("x-jam", "plum") in rules.apply(path, ())) is matches


def test_rules_add_up_and_the_later_takes_the_place_of_the_earlier() -> None:
    rules = HeaderRules(
        [
            HeaderRule("/*", (("X-A", "1"), ("Cache-Control", "no-cache"))),
            HeaderRule("/b", (("x-a", "2"), ("Link", "</x>"), ("Link", "</y>"))),
        ]
    )
    assert rules.apply("/b", (("cache-control", REVALIDATE), ("vary", "accept-encoding"))) == (
        ("vary", "accept-encoding"),
        ("cache-control", "no-cache"),
        ("x-a", "2"),
        ("link", "</x>"),
        ("link", "</y>"),
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Content-Length", "0"),
        ("Transfer-Encoding", "chunked"),
        ("Set-Cookie", "a=b"),
        ("ETag", '"x"'),
        ("X-A", "b\r\nSet-Cookie: c"),
        ("X A", "b"),
        ("X-A:", "b"),
        ("X-A", "\u20ac"),
        ("X-A", ""),
    ],
)
def test_a_rule_cannot_break_the_framing_or_lie_about_the_file(name: str, value: str) -> None:
    assert HeaderRules([HeaderRule("/*", ((name, value),))]).apply("/", ()) == ()
