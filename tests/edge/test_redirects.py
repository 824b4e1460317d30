from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.edge.redirects import Redirects
from pectin.values.rules import Redirect


def follow(path: str, *rules: tuple[str, str], query: str = "") -> str | None:
    found = Redirects([Redirect(*rule) for rule in rules]).find(path, query)
    return found[1] if found else None


@pytest.mark.parametrize(
    ("source", "target", "path", "location"),
    [
        ("/old", "/new", "/old", "/new"),
        ("/old", "/new", "/old/", "/new"),
        ("/old/", "/new/", "/old", "/new/"),
        ("/old", "/new", "/older", None),
        ("/old", "/new", "/old/x", None),
        ("/caf%C3%A9", "/new", "/caf\u00e9", "/new"),
        ("/caf\u00e9", "/caf\u00e9s", "/caf\u00e9", "/caf%C3%A9s"),
        ("/:year/:slug", "/posts/:slug-:year", "/2024/plum", "/posts/plum-2024"),
        ("/:year/:slug", "/posts/:slug", "/2024", None),
        ("/p/:id", "/search?q=:id", "/p/a&b=c", "/search?q=a%26b%3Dc"),
        ("/p/:id", "/x/:other", "/p/1", "/x/:other"),
        ("/old/*", "/new/:splat", "/old/a/b c", "/new/a/b%20c"),
        ("/old/*", "/new/:splat", "/old", "/new/"),
        ("/old/*", "/new/:splat", "/old/", "/new/"),
        ("/*", "https://example.com:8443/:splat", "/a", "https://example.com:8443/a"),
        ("/x", "https://example.com", "/x", "https://example.com/"),
        ("/x", "HTTP://example.com/a#b", "/x", "HTTP://example.com/a#b"),
    ],
)
def test_a_rule_maps_paths(source: str, target: str, path: str, location: str | None) -> None:
    assert follow(path, (source, target)) == location


def test_the_first_rule_that_matches_wins() -> None:
    rules = (("/a/*", "/one"), ("/a/b", "/two"), ("/:x/b", "/three"))
    assert follow("/a/b", *rules) == "/one"
    assert follow("/a/b", *rules[1:]) == "/two"
    assert follow("/c/b", *rules) == "/three"


@pytest.mark.parametrize(
    ("source", "target", "location"),
    [
        ("/*", "/", None),
        ("/*", "https://example.com", None),
        ("/*", "/?from=404", None),
        ("/:lang/*", "/:lang/", None),
        ("/*", "/old/:splat", "/old/en/app.0123.js"),
        ("/:lang/:file", "/:file", "/app.0123.js"),
        ("/*", "/find?path=:splat", "/find?path=en/app.0123.js"),
        ("/*", "/app.js", "/app.js"),
        ("/en/app.0123.js", "/", "/"),
    ],
)
def test_a_rule_for_many_paths_makes_no_page_of_a_script(
    source: str, target: str, location: str | None
) -> None:
    """Attack row 39: a page that is still open would run it."""
    assert follow("/en/app.0123.js", (source, target)) == location


def test_a_query_is_kept_unless_the_target_has_one() -> None:
    assert follow("/a", ("/a", "/b"), query="x=1") == "/b?x=1"
    assert follow("/a", ("/a", "/b?y=2"), query="x=1") == "/b?y=2"
    assert follow("/a", ("/a", "/b#c"), query="x=1") == "/b#c"


@pytest.mark.parametrize("rule", [("/a", "/a"), ("/a", "/a?x=1"), ("/*", "/:splat")])
def test_a_rule_that_leads_to_where_the_client_is_does_not_apply(rule: tuple[str, str]) -> None:
    """Attack row 9: loops."""
    assert follow("/a", rule) is None


def test_rules_are_not_chained() -> None:
    """Attack row 9: chains."""
    assert follow("/a", ("/a", "/b"), ("/b", "/c")) == "/b"


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "evil.com", "ftp://x/", "https:evil.com", "\\\\evil.com", ""]
)
def test_a_target_that_is_neither_path_nor_web_address_makes_no_rule(target: str) -> None:
    assert follow("/a", ("/a", target)) is None


@pytest.mark.parametrize(
    ("rule", "path", "location"),
    [
        (("/go/*", "/:splat"), "/go/evil.com/x", "/evil.com/x"),
        (("/go/:a/:b", "/:a/:b"), "/go/x/evil.com", "/x/evil.com"),
        (("/go/*", "//:splat"), "/go/evil.com", "/evil.com"),
        (("/go/:a", "///:a"), "/go/evil.com", "/evil.com"),
        (("/go/:a", "https://example.com:a"), "/go/evil", "https://example.com:a/"),
    ],
)
def test_no_expansion_leaves_the_site(rule: tuple[str, str], path: str, location: str) -> None:
    """Attack row 9: a network path, `//host`."""
    assert follow(path, rule) == location


targets = st.text(alphabet="/:abslpt*?#\\\r\n%.h", max_size=20).map(lambda text: f"/{text}")
texts = st.text(max_size=20)


@given(targets, texts, texts)
def test_a_location_is_one_line_of_ascii_on_this_site(target: str, tail: str, query: str) -> None:
    """Attack row 9: line ends in Location."""
    location = follow(f"/x/{tail}", ("/x/*", target), ("/:a/:b", target), query=query)
    if location is not None:
        assert location.startswith("/")
        assert location[1:2] not in {"/", "\\"}
        assert location.isascii()
        assert location.isprintable()
        assert "\\" not in location
