"""Rules over ASGI: who gets which answer, also when it was kept in memory."""

from __future__ import annotations

import asyncio

from tests.web.conftest import MOVED_AT, Reply, exchange, make_files, make_scope, publish_files

from pectin.adapters.memory_store import MemoryStore
from pectin.values.rules import Conditions, HeaderRule, Redirect, Rules
from pectin.web.application import Application, Options

RULES = Rules(
    (
        Redirect("/lang", "/about", 200, conditions=Conditions(languages=("de",))),
        Redirect("/lang", "/", 200),
        Redirect("/shop", "/about", 200, query=(("id", ":id"),)),
        Redirect("/shop", "/", 200),
    ),
    (HeaderRule("/about", (), ("anna:secret",)),),
)


def make_client() -> Application:
    store = MemoryStore()
    publish_files(store, make_files("one"), rules=RULES)
    return Application(store, lambda: MOVED_AT + 10, Options())


def ask(client: Application, path: str, *fields: tuple[str, str], query: str = "") -> Reply:
    return asyncio.run(exchange(client, make_scope(path, query=query, fields=fields)))


def test_clients_of_several_languages_get_their_own_each_time() -> None:
    client = make_client()
    german, english = ("accept-language", "de-AT"), ("accept-language", "en")
    for _ in range(2):
        assert b"About one" in ask(client, "/lang", german)[2]
        assert b"Home one" in ask(client, "/lang", english)[2]
        assert b"Home one" in ask(client, "/lang")[2]
    assert client.count_pages() == 2


def test_an_answer_to_a_query_that_a_rule_looks_at_is_not_kept() -> None:
    """Attack row 22: any number of answers by parameters that a client makes up."""
    client = make_client()
    assert b"Home one" in ask(client, "/shop")[2]
    assert b"About one" in ask(client, "/shop", query="id=3")[2]
    assert b"Home one" in ask(client, "/shop", query="utm_source=x")[2]
    assert b"Home one" in ask(client, "/shop")[2]
    assert client.count_pages() == 1


def test_a_page_with_a_password_is_kept_for_those_who_know_it() -> None:
    client = make_client()
    known = ("authorization", "Basic YW5uYTpzZWNyZXQ=")
    for _ in range(2):
        assert ask(client, "/about")[0] == 401
        assert ask(client, "/about", ("authorization", "Basic eA=="))[0] == 401
        status, fields, body = ask(client, "/about", known)
        assert (status, fields["cache-control"]) == (200, "private, max-age=0, must-revalidate")
        assert b"About one" in body
