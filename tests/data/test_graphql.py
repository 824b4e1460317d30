from __future__ import annotations

from typing import Any

import pytest
from tests.data.conftest import Asked, Reply, Server

from pectin.data import LoaderContext, LoaderError, fetch_graphql

QUERY = "query($after: String, $kind: String) { jams(after: $after, kind: $kind) { nodes { id } } }"


def answer(**data: Any) -> Reply:
    return Reply({"data": data})


def list_page(asked: Asked, *, edges: bool) -> Reply:
    at = int(asked.body["variables"].get("after") or 0)
    nodes = [{"id": at}, {"id": at + 1}]
    listed = {"edges": [{"node": node} for node in nodes]} if edges else {"nodes": nodes}
    return answer(
        shop={"jams": {**listed, "pageInfo": {"hasNextPage": at < 4, "endCursor": str(at + 2)}}}
    )


def test_variables_go_beside_the_query(context: LoaderContext, server: Server) -> None:
    server.respond = lambda _: answer(jams={"nodes": []})
    found = fetch_graphql(context, server.url, QUERY, {"kind": '"} evil'})
    assert found == {"jams": {"nodes": []}}
    (asked,) = server.asked
    assert asked.body == {"query": QUERY, "variables": {"kind": '"} evil'}}
    assert asked.headers["content-type"] == "application/json"


@pytest.mark.parametrize("edges", [True, False])
def test_a_connection_is_followed_to_its_end(
    context: LoaderContext, server: Server, *, edges: bool
) -> None:
    server.respond = lambda asked: list_page(asked, edges=edges)
    found = fetch_graphql(context, server.url, QUERY, connection="shop.jams")
    assert found == [{"id": number} for number in range(6)]


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply({"errors": [{"message": "no field jm", "path": ["a", 0]}]}), r"with errors: no field jm \(at a.0\)"),
        (Reply({"data": {"jams": {"pageInfo": {"hasNextPage": False}}}}), "neither `nodes` nor `edges`"),
        (Reply({"data": {"jams": {"nodes": []}}}), "no `pageInfo`"),
        (Reply({"data": {"jams": {"nodes": [], "pageInfo": {"hasNextPage": True, "endCursor": None}}}}), "leads nowhere"),
        (Reply({"data": {"jams": {"nodes": [], "pageInfo": {"hasNextPage": True, "endCursor": "x"}}}}), "leads nowhere"),
        (Reply([]), "not GraphQL"),
        (Reply(b"?"), "not JSON"),
        (Reply({"errors": [{"message": "who are you"}]}, status=401), "answered 401 Unauthorized: .*who are you"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(
    context: LoaderContext, server: Server, reply: Reply, message: str
) -> None:
    server.respond = lambda _: reply
    with pytest.raises(LoaderError, match=message):
        fetch_graphql(context, server.url, QUERY, connection="jams")


def test_a_query_is_tried_again(context: LoaderContext, server: Server) -> None:
    replies = [Reply(status=503, headers={"Retry-After": "0"}), answer(a=1)]
    server.respond = lambda _: replies.pop(0)
    assert fetch_graphql(context, server.url, "{ a }") == {"a": 1}


def test_a_connection_without_an_end_is_cut_off(context: LoaderContext, server: Server) -> None:
    def respond(asked: Asked) -> Reply:
        at = str(len(server.asked))
        return answer(
            jams={
                "nodes": [asked.body["variables"]],
                "pageInfo": {"hasNextPage": True, "endCursor": at},
            }
        )

    server.respond = respond
    with pytest.raises(LoaderError, match="more than 3 pages"):
        fetch_graphql(context, server.url, QUERY, connection="jams", most_pages=3)
