"""What a site's rules may look at, and how it is read."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import pytest
from tests.web.conftest import make_scope

from pectin.edge.decision import compile_rules
from pectin.values.rules import Conditions, HeaderRule, Redirect, Rules
from pectin.web.facts import NOWHERE, Surroundings, read_facts

CONDITIONS = Conditions(("at", "de"), ("de", "en", "en-gb"), ("beta",))
PROXIED = Surroundings("https", "cf-ipcountry", (ip_network("10.0.0.0/8"),))


def read(
    rules: Rules,
    *fields: tuple[str, str],
    surroundings: Surroundings = NOWHERE,
    client: str = "127.0.0.1",
    host: str = "demo.localhost",
) -> dict[str, Any]:
    scope = make_scope("/", fields=fields, client=client)
    return dict(read_facts(scope, host.encode(), compile_rules(rules), surroundings))


def ask(conditions: Conditions) -> Rules:
    return Rules((Redirect("/a", "/b", conditions=conditions),))


def test_nothing_is_read_that_no_rule_looks_at() -> None:
    fields = (("cookie", "beta=1"), ("accept-language", "de"), ("authorization", "Basic x"))
    assert read(Rules((Redirect("/a", "/b"),)), *fields) == {}


@pytest.mark.parametrize(
    ("field", "language"),
    [
        ("de", "de"),
        ("de-AT,en;q=0.9", "de"),
        ("en-GB;q=0.8, de", "en-gb"),
        ("en-US", "en"),
        ("fr, de", ""),
        ("*", ""),
        ("", ""),
    ],
)
def test_the_language_is_that_which_the_client_names_first(field: str, language: str) -> None:
    rules = ask(Conditions(languages=CONDITIONS.languages))
    assert read(rules, ("accept-language", field)) == {"language": language}


def test_a_visitor_may_choose_the_language_and_the_country_by_cookies() -> None:
    rules = ask(Conditions(("at", "de"), ("de", "en")))
    chosen = ("cookie", "x=1; nf_lang=en; nf_country=AT")
    assert read(rules, ("accept-language", "de"), chosen) == {"country": "at", "language": "en"}


@pytest.mark.parametrize(
    ("client", "country"), [("10.1.2.3", "de"), ("127.0.0.1", ""), ("192.0.2.1", ""), ("", "")]
)
def test_a_country_is_believed_from_a_proxy_alone(client: str, country: str) -> None:
    """Attack row 17: a header that any client can send."""
    rules = ask(Conditions(countries=("de",)))
    field = ("cf-ipcountry", "DE")
    assert read(rules, field, surroundings=PROXIED, client=client) == {"country": country}
    assert read(rules, field, client=client) == {"country": ""}


def test_of_cookies_only_those_that_rules_name_count_and_only_with_a_value() -> None:
    rules = ask(Conditions(cookies=("beta", "staff")))
    sent = ("cookie", 'other=1; beta="1"; staff=; beta=')
    assert read(rules, sent) == {"cookies": frozenset({"beta"})}
    split = (("cookie", "other=1"), ("cookie", "staff=2"))
    assert read(rules, *split) == {"cookies": frozenset({"staff"})}


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("Old.example:8787", "http://old.example"),
        ("old.example", "http://old.example"),
        ("[::1]:80", "http://[::1]"),
        ("[::1]", "http://[::1]"),
    ],
)
def test_the_origin_is_the_host_without_its_port(host: str, origin: str) -> None:
    rules = Rules((Redirect("/a", "/b", origin="http://old.example"),))
    assert read(rules, host=host) == {"origin": origin}


def test_the_operator_may_say_what_clients_speak() -> None:
    rules = Rules((Redirect("/a", "/b", origin="https://old.example"),))
    known = read(rules, host="old.example", surroundings=PROXIED)
    assert known == {"origin": "https://old.example"}


def test_a_password_is_read_where_a_rule_asks_for_one() -> None:
    rules = Rules((), (HeaderRule("/private/*", (), ("anna:secret",)),))
    assert read(rules, ("authorization", "Basic x")) == {"authorization": "Basic x"}
