from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.edge.dates import render_http_date
from pectin.edge.decision import compile_rules, respond
from pectin.edge.model import (
    Decision,
    NoContent,
    NotModified,
    Redirected,
    Refused,
    Request,
    Serve,
)
from pectin.values.digest import compute_digest
from pectin.values.rules import HeaderRule, Redirect, Rules
from pectin.values.snapshot import Entry

Decide = Callable[..., Decision]

MOVED_AT = 784111777
DATE = render_http_date(MOVED_AT)


def serve(decision: Decision) -> Serve:
    assert isinstance(decision, Serve)
    return decision


def find_tag(decision: Decision) -> str:
    return dict(serve(decision).headers)["etag"]


@pytest.mark.parametrize(
    "path", ["/", "/about", "/posts/", "/posts/plum", "/feed.xml", "/caf%c3%a9"]
)
def test_a_page_is_served_at_its_address(decide: Decide, path: str) -> None:
    assert serve(decide(path)).status == 200


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/index.html", "/"),
        ("/about.html", "/about"),
        ("/about/", "/about"),
        ("/posts", "/posts/"),
        ("/posts/index.html", "/posts/"),
        ("//about", "/about"),
        ("//posts", "/posts/"),
        ("/posts//plum", "/posts/plum"),
        ("/cafe%CC%81", "/caf%C3%A9"),
        ("/caf%C3%A9.html", "/caf%C3%A9"),
    ],
)
def test_any_other_spelling_is_sent_there(decide: Decide, path: str, location: str) -> None:
    decision = decide(path, query="a=b")
    assert isinstance(decision, Redirected)
    assert (decision.status, decision.location) == (301, f"{location}?a=b")
    assert ("cache-control", "public, max-age=0, must-revalidate") in decision.headers


@pytest.mark.parametrize(
    "path",
    ["//evil.com/..%2f", "/static/../static1.txt", "/%2e%2e/x", "/a\\b", "/a%00", "/%c0%ae/", "*"],
)
def test_a_malformed_path_is_refused(decide: Decide, path: str) -> None:
    """Attack rows 1, 2 and 8."""
    decision = decide(path)
    assert isinstance(decision, Refused)
    assert decision.status == 400


def test_a_path_beyond_reason_is_refused(decide: Decide) -> None:
    decision = decide("/" + "a" * 5000)
    assert isinstance(decision, Refused)
    assert decision.status == 414


@pytest.mark.parametrize("path", ["//evil.com", "//evil.com/", "///evil.com/%2561"])
def test_a_path_that_looks_like_a_host_stays_on_the_site(decide: Decide, path: str) -> None:
    """Attack row 8: with every rule that repeats the path."""
    rules = Rules((Redirect("/*", "/moved/:splat"),))
    missing = decide(path)
    assert isinstance(missing, Serve | Refused)
    assert missing.status == 404
    decision = decide(path, rules=rules)
    assert isinstance(decision, Redirected)
    assert decision.location.startswith("/moved/evil.com")


def test_an_address_of_another_server_is_sent_on_where_no_rule_has_it(decide: Decide) -> None:
    moved = decide("/posts.html", query="a=1")
    assert isinstance(moved, Redirected)
    assert (moved.status, moved.location) == (301, "/posts/?a=1")
    ruled = decide("/posts.html", rules=Rules((Redirect("/posts.html", "/about"),)))
    assert isinstance(ruled, Redirected)
    assert ruled.location == "/about"


def test_a_file_may_only_be_read(decide: Decide) -> None:
    for method in ("POST", "PUT", "DELETE", "TRACE", "PATCH", "CONNECT"):
        decision = decide("/", method=method)
        assert isinstance(decision, Refused)
        assert decision.status == 405
        assert ("allow", "GET, HEAD, OPTIONS") in decision.headers


@pytest.mark.parametrize("method", ["BREW", "PROPFIND", "get", ""])
def test_a_method_that_nothing_implements_is_told_as_such(decide: Decide, method: str) -> None:
    decision = decide("/", method=method)
    assert isinstance(decision, Refused)
    assert decision.status == 501


@pytest.mark.parametrize("path", ["/", "/nothing", "*", "/../"])
def test_options_says_what_may_be_done(decide: Decide, path: str) -> None:
    decision = decide(path, method="OPTIONS")
    assert isinstance(decision, NoContent)
    assert ("allow", "GET, HEAD, OPTIONS") in decision.headers


def test_head_decides_as_get(decide: Decide) -> None:
    for path in ("/", "/about.html", "/nothing", "/no.js"):
        assert decide(path, method="HEAD") == decide(path)


@pytest.mark.parametrize(
    "path", ["/nothing", "/posts/nothing/", "/no.html", "/404", "/404.html", "/v1.2"]
)
def test_what_is_not_there_gets_the_page_that_says_so(decide: Decide, path: str) -> None:
    decision = serve(decide(path, accept_encoding="br"))
    fields = dict(decision.headers)
    assert (decision.status, decision.coding) == (404, "br")
    assert fields["cache-control"] == "public, max-age=0, must-revalidate"
    assert fields["vary"] == "accept-encoding"
    assert "etag" not in fields


def test_a_missing_page_is_missing_whatever_the_client_has(decide: Decide) -> None:
    for fields in ({"if_none_match": "*"}, {"if_match": '"x"'}, {"range": "bytes=0-1"}):
        assert serve(decide("/nothing", **fields)).status == 404


@pytest.mark.parametrize(
    "path", ["/app.9999.js", "/x.css", "/x.png", "/data.json", "/x.woff2", "/about/a.css", "/x.mp4"]
)
def test_a_missing_asset_is_never_html(decide: Decide, path: str) -> None:
    """Attack rows 21 and 39."""
    decision = decide(path)
    assert isinstance(decision, Refused)
    assert decision.status == 404


def test_a_page_that_is_open_still_gets_the_script_of_its_deploy(decide: Decide) -> None:
    """Attack row 39."""
    everything = Rules((Redirect("/*", "/elsewhere"),))
    decision = serve(decide("/app.0f0f.js", rules=everything))
    assert decision.status == 200
    assert ("cache-control", "public, max-age=31536000, immutable") in decision.headers


def test_a_site_without_a_page_for_it_says_404_in_a_sentence(decide: Decide) -> None:
    decision = decide("/nothing", site={})
    assert isinstance(decision, Refused)
    assert decision.status == 404


def test_a_file_goes_before_a_rule_and_a_rule_before_404(decide: Decide) -> None:
    rules = Rules((Redirect("/*", "/posts/", 302),))
    assert serve(decide("/about", rules=rules)).status == 200
    decision = decide("/nothing", rules=rules, query="q")
    assert isinstance(decision, Redirected)
    assert (decision.status, decision.location) == (302, "/posts/?q")


def test_header_rules_go_by_the_address(decide: Decide) -> None:
    headers = (("Strict-Transport-Security", "max-age=1"), ("Content-Type", "text/x-jam"))
    rules = Rules((Redirect("/old", "/new"),), (HeaderRule("/*", headers),))
    added = ("strict-transport-security", "max-age=1")
    assert ("content-type", "text/x-jam") in serve(decide("/about", rules=rules)).headers
    for path in ("/about", "/about.html", "/nothing", "/old"):
        decision = decide(path, rules=rules)
        assert not isinstance(decision, Refused)
        assert added in decision.headers
    revalidated = decide("/about", rules=rules, if_none_match="*")
    assert isinstance(revalidated, NotModified)
    assert added in revalidated.headers
    assert "content-type" not in dict(revalidated.headers)


def test_a_coding_is_negotiated_with_its_own_tag(decide: Decide) -> None:
    plain = serve(decide("/about"))
    small = serve(decide("/about", accept_encoding="gzip, br"))
    assert (plain.coding, small.coding) == ("identity", "br")
    assert "content-encoding" not in dict(plain.headers)
    assert dict(small.headers)["content-encoding"] == "br"
    assert find_tag(small) == find_tag(plain)[:-1] + '-br"'


def test_vary_is_on_every_answer_of_what_has_variants(decide: Decide) -> None:
    vary = ("vary", "accept-encoding")
    tag = find_tag(decide("/about"))
    for fields in ({}, {"accept_encoding": "br"}, {"if_none_match": tag}, {"range": "bytes=0-1"}):
        decision = decide("/about", **fields)
        assert isinstance(decision, Serve | NotModified)
        assert vary in decision.headers
    assert vary not in serve(decide("/cover.png", accept_encoding="br")).headers


def test_a_copy_is_revalidated_by_tag_or_date(decide: Decide) -> None:
    tag = find_tag(decide("/about", accept_encoding="br"))
    decision = decide("/about", accept_encoding="br", if_none_match=f"W/{tag}")
    assert isinstance(decision, NotModified)
    assert {"etag": tag, "last-modified": DATE}.items() <= dict(decision.headers).items()
    assert isinstance(decide("/about", if_modified_since=DATE), NotModified)
    assert isinstance(decide("/about", if_none_match=tag), Serve)


def test_a_time_that_has_not_come_is_neither_told_nor_heard(decide: Decide) -> None:
    decision = serve(decide("/about", last_modified=None, if_modified_since=DATE))
    assert "last-modified" not in dict(decision.headers)


def test_a_failed_precondition_is_412(decide: Decide) -> None:
    decision = decide("/about", if_match='"other"')
    assert isinstance(decision, Refused)
    assert decision.status == 412


def test_one_range_is_a_part_of_identity(decide: Decide) -> None:
    decision = serve(decide("/about", range="bytes=0-9", accept_encoding="br"))
    assert (decision.status, decision.coding) == (206, "identity")
    assert dict(decision.headers)["content-range"] == "bytes 0-9/1000"
    assert [part.size for part in decision.ranges] == [10]


def test_several_ranges_are_a_multipart(decide: Decide) -> None:
    decision = serve(decide("/about", range="bytes=0-9,500-509"))
    fields = dict(decision.headers)
    assert decision.status == 206
    assert fields["content-type"].startswith("multipart/byteranges; boundary=")
    assert "content-range" not in fields
    assert len(decision.ranges) == 2


def test_a_range_beyond_the_end_is_416_with_the_size(decide: Decide) -> None:
    decision = decide("/about", range="bytes=1000-")
    assert isinstance(decision, Refused)
    assert decision.status == 416
    assert ("content-range", "bytes */1000") in decision.headers


@pytest.mark.parametrize(
    "fields",
    [
        {"if_range": '"other"'},
        {"if_range": DATE},
        {"accept_encoding": "br, identity;q=0"},
        {"method": "HEAD"},
    ],
)
def test_a_range_that_cannot_be_given_safely_gives_the_whole(
    decide: Decide, fields: dict[str, str]
) -> None:
    assert serve(decide("/about", range="bytes=0-9", **fields)).status == 200


def test_a_download_is_resumed_while_the_file_is_the_same(decide: Decide) -> None:
    tag = find_tag(decide("/cover.png"))
    assert serve(decide("/cover.png", range="bytes=500-", if_range=tag)).status == 206


def test_a_precondition_goes_before_a_range(decide: Decide) -> None:
    tag = find_tag(decide("/about"))
    assert isinstance(decide("/about", range="bytes=0-1", if_none_match=tag), NotModified)


class Anything:
    """Files of any name, so that every way through a decision is taken."""

    def find(self, path: str) -> Entry | None:
        found = compute_digest(path.encode("utf-8", "surrogatepass"))
        kinds = ("text/html", "image/png", "text/css")
        return None if found[0] % 2 else Entry(found, found[1] * 9, kinds[found[2] % 3])

    def find_retained(self, path: str) -> Entry | None:
        return self.find(f"retained{path}")


RULES = compile_rules(
    Rules(
        (Redirect("/:a/:b", "//:b/:a"), Redirect("/*", "/x?:splat")),
        (HeaderRule("/*", (("X-Jam", "1"), ("Vary", "*"))),),
    )
)
NOISE = st.text(
    alphabet=st.one_of(
        st.sampled_from('/.%2eEfF5c\\0?#:*,-="W/ bytes\r\n\x00'), st.characters(max_codepoint=255)
    ),
    max_size=30,
)
FIELD = st.none() | NOISE | st.sampled_from(["*", "bytes=0-1", "bytes=-1", DATE, "br;q=0.1, *;q=0"])
REQUESTS = st.builds(
    Request,
    method=st.sampled_from(["GET", "GET", "HEAD", "OPTIONS", "POST", ""]),
    path=NOISE.map(lambda tail: f"/{tail}") | st.text(max_size=5),
    query=NOISE,
    accept_encoding=FIELD,
    if_match=FIELD,
    if_none_match=FIELD,
    if_modified_since=FIELD,
    if_unmodified_since=FIELD,
    if_range=FIELD,
    range=FIELD,
)


@given(REQUESTS, st.none() | st.integers(0, 2**33))
def test_every_request_gets_a_decision_whose_fields_are_safe(
    request: Request, last_modified: int | None
) -> None:
    """Attack rows 8 and 9."""
    decision = respond(request, Anything(), RULES, last_modified=last_modified)
    assert decision == respond(request, Anything(), RULES, last_modified=last_modified)
    fields = list(decision.headers)
    if isinstance(decision, Redirected):
        fields.append(("location", decision.location))
        assert decision.location.startswith("/")
        assert decision.location[1:2] not in {"/", "\\"}
    for name, value in fields:
        assert name == name.lower()
        assert value.isascii()
        assert value.isprintable()


@given(REQUESTS, NOISE)
def test_a_query_changes_nothing_but_a_location(request: Request, query: str) -> None:
    """Attack row 22: a cache need not know it."""
    other = Request(
        **{name: getattr(request, name) for name in request.__slots__} | {"query": query}
    )
    one, two = (respond(each, Anything(), RULES) for each in (request, other))
    if not isinstance(one, Redirected):
        assert one == two
    else:
        assert isinstance(two, Redirected)
        assert (one.status, one.headers) == (two.status, two.headers)
