from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.edge.facts import Fact
from pectin.edge.model import Request
from pectin.edge.redirects import Redirects, Verdict
from pectin.values.rules import Conditions, Redirect


def find(path: str, *rules: Redirect, **facts: Any) -> Verdict:
    return Redirects(rules).find(path, Request("GET", path, **facts))


def follow(path: str, *rules: tuple[str, str], query: str = "") -> str | None:
    found = find(path, *(Redirect(*rule) for rule in rules), query=query).found
    return found.location.url if found else None


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
        ("/old/*", "/new/:splat", "/old/a/", "/new/a/"),
        ("/old/*/end", "/new/:splat", "/old/a/b/end", "/new/a/b"),
        ("/old/*/end", "/new/:splat", "/old/end", "/new/"),
        ("/old/*/end", "/new/:splat", "/old/a/b/end/c", None),
        ("/old/v*", "/new/:splat", "/old/v2/x", "/new/2/x"),
        ("/old/v*", "/new/:splat", "/old/w", None),
        ("/p/:x.html", "/:x.html", "/p/a", "/a"),
        ("/p/:x", "/:xx", "/p/a", "/ax"),
        ("/.netlify/*", "/x", "/.netlify/functions/a", None),
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


def test_a_query_is_kept_but_for_what_the_target_says_itself() -> None:
    assert follow("/a", ("/a", "/b"), query="x=1") == "/b?x=1"
    assert follow("/a", ("/a", "/b?y=2"), query="x=1&y=1&%79=3") == "/b?y=2&x=1"
    assert follow("/a", ("/a", "/b#c"), query="x=1") == "/b?x=1#c"
    assert follow("/a", ("/a", "https://b.example?y"), query="x") == "https://b.example/?y&x"


@pytest.mark.parametrize(
    ("query", "location"),
    [
        ("id=3&tag=plum", "/plum/3?id=3&tag=plum"),
        ("tag=a%2Fb&x=1&id=3", "/a/b/3?tag=a%2Fb&x=1&id=3"),
        ("id=3&tag=pear&tag=plum", "/plum/3?id=3&tag=pear&tag=plum"),
        ("id=3", None),
        ("id=4&tag=plum", None),
        ("", None),
    ],
)
def test_a_rule_may_ask_for_parameters(query: str, location: str | None) -> None:
    rule = Redirect("/shop", "/:kind/3", query=(("id", "3"), ("tag", ":kind")))
    found = find("/shop", rule, query=query).found
    assert (found.location.url if found else None) == location


def test_a_rule_may_be_for_one_origin() -> None:
    rule = Redirect("/*", "https://new.example/:splat", origin="https://old.example")
    assert find("/a", rule, origin="https://old.example").found
    assert not find("/a", rule, origin="http://old.example").found
    assert not find("/a", rule, origin="https://new.example").found


@pytest.mark.parametrize(
    ("conditions", "facts", "is_met"),
    [
        (Conditions(countries=("at", "de")), {"country": "de"}, True),
        (Conditions(countries=("at", "de")), {"country": "fr"}, False),
        (Conditions(countries=("at",)), {}, False),
        (Conditions(languages=("en",)), {"language": "en"}, True),
        (Conditions(languages=("en",)), {"language": "en-gb"}, True),
        (Conditions(languages=("en-gb",)), {"language": "en"}, False),
        (Conditions(languages=("en",)), {"language": "enm"}, False),
        (Conditions(cookies=("beta", "staff")), {"cookies": frozenset({"staff"})}, True),
        (Conditions(cookies=("beta",)), {"cookies": frozenset({"other"})}, False),
        (Conditions(("de",), ("en",)), {"country": "de", "language": "en"}, True),
        (Conditions(("de",), ("en",)), {"country": "de", "language": "fr"}, False),
    ],
)
def test_conditions_are_met_by_one_of_each_kind(
    conditions: Conditions, facts: dict[str, Any], *, is_met: bool
) -> None:
    rules = (Redirect("/a", "/b", conditions=conditions), Redirect("/a", "/c"))
    found = find("/a", *rules, **facts).found
    assert found is not None
    assert found.location.url == ("/b" if is_met else "/c")


def test_a_verdict_tells_what_it_depended_on() -> None:
    german = Conditions(languages=("de",))
    rules = (Redirect("/a", "/de", conditions=german), Redirect("/a", "/b"), Redirect("/c", "/d"))
    assert find("/a", *rules).facts == {Fact.LANGUAGE}
    assert find("/a", *rules, language="de").facts == {Fact.LANGUAGE}
    assert find("/c", *rules).facts == set()
    assert Redirects(rules).facts == {Fact.LANGUAGE}


def test_a_rewrite_may_lead_to_its_own_address() -> None:
    assert find("/a", Redirect("/*", "/:splat", 200)).found


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


@pytest.mark.parametrize(
    "value", ["//evil.com", "%2F%2Fevil.com", "\\\\evil.com", "https://evil.com", "..%2F..%2F"]
)
def test_no_parameter_leads_off_the_site(value: str) -> None:
    """Attack row 9."""
    rules = (
        Redirect("/go", "/:to", query=(("to", ":to"),)),
        Redirect("/x", "https://a.example/:to"),
    )
    found = find("/go", *rules, query=f"to={value}").found
    assert found is not None
    assert found.location.origin == ""
    assert found.location.path[:1] == "/"
    assert found.location.path[1:2] not in {"/", "\\"}


def test_a_rule_whose_cost_clients_could_choose_is_none() -> None:
    assert follow("/a/b/c", ("/*/*/*/*/z", "/b")) is None
    assert follow("/a/b", ("/*/b*", "/b")) is None


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
