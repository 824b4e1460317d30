"""Rules of every kind, and what is answered by them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable

import pytest

from pectin.edge.headers import REVALIDATE
from pectin.edge.model import Decision, NotModified, Redirected, Refused, Serve
from pectin.values.rules import Conditions, HeaderRule, Redirect, Rules

Decide = Callable[..., Decision]

GERMAN = Conditions(languages=("de",))
PRIVATE = "private, max-age=0, must-revalidate"


def redirects(*rules: Redirect) -> Rules:
    return Rules(rules)


def fields_of(decision: Decision) -> dict[str, str]:
    return dict(decision.headers)


def test_a_rewrite_answers_with_another_file_under_the_address(decide: Decide) -> None:
    decision = decide("/app/settings", rules=redirects(Redirect("/app/*", "/about", 200)))
    assert isinstance(decision, Serve)
    assert decision.status == 200
    assert decision.entry == decide("/about").entry  # type: ignore[union-attr]  # a Serve
    etag = fields_of(decision)["etag"]
    again = decide("/app/x", rules=redirects(Redirect("/app/*", "/about", 200)), if_none_match=etag)
    assert isinstance(again, NotModified)


def test_a_file_goes_before_a_rule_unless_it_is_forced(decide: Decide) -> None:
    rule = Redirect("/about", "/posts/", 302)
    assert isinstance(decide("/about", rules=redirects(rule)), Serve)
    forced = Redirect("/about", "/posts/", 302, force=True)
    assert isinstance(decide("/about", rules=redirects(forced)), Redirected)
    # As at Netlify, the first rule that matches decides, and then the file is looked for.
    assert isinstance(decide("/about", rules=redirects(rule, forced)), Serve)


def test_a_redirect_sends_forms_on_too_and_nothing_else_takes_them(decide: Decide) -> None:
    rules = redirects(
        Redirect("/old", "/about", 308),
        Redirect("/app/*", "/about", 200),
        Redirect("/about", "/posts/", 308),
        Redirect("/posts/", "/about", 308, force=True),
    )
    sent = decide("/old", rules=rules, method="POST")
    assert isinstance(sent, Redirected)
    assert (sent.status, sent.location) == (308, "/about")
    assert isinstance(decide("/posts/", rules=rules, method="PUT"), Redirected)
    for path in ("/about", "/app/x", "/nothing"):
        refused = decide(path, rules=rules, method="POST")
        assert isinstance(refused, Refused)
        assert refused.status == 405


def test_a_rewrite_to_what_is_not_there_is_not_found(decide: Decide) -> None:
    decision = decide("/x", rules=redirects(Redirect("/x", "/gone", 200)))
    assert isinstance(decision, Serve)
    assert decision.status == 404


@pytest.mark.parametrize("status", [404, 410, 451])
def test_a_rule_may_say_with_a_page_that_there_is_nothing(decide: Decide, status: int) -> None:
    decision = decide("/x/y", rules=redirects(Redirect("/x/*", "/404.html", status)))
    assert isinstance(decision, Serve)
    assert decision.status == status
    without = decide("/x/y", rules=redirects(Redirect("/x/*", "/nowhere", status)))
    assert without.status == status  # type: ignore[union-attr]  # a Serve or a Refused


def test_a_name_for_the_newest_asset_is_not_kept_for_a_year(decide: Decide) -> None:
    rules = redirects(Redirect("/app.js", "/app.1a2b.js", 200))
    decision = decide("/app.js", rules=rules)
    assert isinstance(decision, Serve)
    assert fields_of(decision)["cache-control"] == REVALIDATE
    assert "immutable" in fields_of(decide("/app.1a2b.js", rules=rules))["cache-control"]


def test_a_rule_for_pages_never_answers_a_script_with_one(decide: Decide) -> None:
    """Attack row 39: a single-page application's rule for everything."""
    decision = decide("/gone.js", rules=redirects(Redirect("/*", "/about", 200)))
    assert isinstance(decision, Refused)
    assert decision.status == 404


def test_caches_are_told_what_an_answer_depended_on(decide: Decide) -> None:
    rules = redirects(
        Redirect("/x", "/de", 302, conditions=GERMAN),
        Redirect("/y", "/beta", 302, conditions=Conditions(cookies=("beta",))),
        Redirect("/z", "/at", 302, conditions=Conditions(countries=("at",))),
        Redirect("/*", "/about", 302),
    )
    met, unmet = decide("/x", rules=rules, language="de"), decide("/x", rules=rules)
    for decision in (met, unmet):
        assert fields_of(decision)["vary"] == "accept-language, cookie"
        assert fields_of(decision)["cache-control"] == REVALIDATE
    assert (met.location, unmet.location) == ("/de", "/about")  # type: ignore[union-attr]  # both are
    for path in ("/y", "/z"):
        fields = fields_of(decide(path, rules=rules))
        assert (fields["vary"], fields["cache-control"]) == ("cookie", PRIVATE)
    assert "vary" not in fields_of(decide("/other", rules=rules))


def test_a_file_before_which_a_rule_may_go_varies_too(decide: Decide) -> None:
    rules = redirects(Redirect("/about", "/de", 302, force=True, conditions=GERMAN))
    decision = decide("/about", rules=rules)
    assert isinstance(decision, Serve)
    assert fields_of(decision)["vary"] == "accept-encoding, accept-language, cookie"
    assert fields_of(decide("/posts/", rules=rules))["vary"] == "accept-encoding"


GUARDED = Rules(
    (Redirect("/private/old", "/about"),),
    (HeaderRule("/private/*", (("x-jam", "plum"),), ("anna:secret", "b\u00e9n:x:y")),),
)


def basic(credentials: str) -> str:
    return f"Basic {b64encode(credentials.encode()).decode()}"


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Basic", "Basic !!", "Bearer x", basic("anna:"), basic("anna:secret "), basic("x")],
)
@pytest.mark.parametrize("path", ["/private/", "/private/old", "/private/none", "/PRIVATE/none"])
def test_a_path_with_a_password_says_nothing_without_it(
    decide: Decide, path: str, authorization: str | None
) -> None:
    decision = decide(path, rules=GUARDED, authorization=authorization)
    assert isinstance(decision, Refused)
    fields = fields_of(decision)
    assert decision.status == 401
    assert fields["www-authenticate"].startswith("Basic ")
    assert (fields["cache-control"], fields["vary"]) == (PRIVATE, "authorization")


@pytest.mark.parametrize("credentials", ["anna:secret", "b\u00e9n:x:y"])
def test_a_password_opens_what_is_below_its_path(decide: Decide, credentials: str) -> None:
    decision = decide("/private/old", rules=GUARDED, authorization=basic(credentials))
    assert isinstance(decision, Redirected)
    assert fields_of(decision)["cache-control"] == PRIVATE
    assert "secret" not in str(decision)
    assert isinstance(decide("/about", rules=GUARDED), Serve)
