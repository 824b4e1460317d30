"""GraphQL over HTTP (graphql.github.io/graphql-over-http), and connections page by page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pectin.data.context import LoaderContext
from pectin.data.declaration import LoaderError
from pectin.data.paths import find_at
from pectin.data.transport import Request, send


def fetch_graphql(  # noqa: PLR0913 - each is an option of its own
    context: LoaderContext,
    url: str,
    query: str,
    variables: Mapping[str, Any] | None = None,
    *,
    connection: str | None = None,
    cursor: str = "after",
    headers: Mapping[str, str] | None = None,
    timeout: float = 30.0,
    retries: int = 3,
    most_bytes: int = 16 << 20,
    most_pages: int = 1000,
) -> Any:
    """The `data` that the server at `url` answers to `query` with.

    With `connection`, the path of one in the data (`shop.products`), the nodes of all its pages: the
    query has the variable `cursor`, and asks for `pageInfo { hasNextPage endCursor }` (Relay's Cursor
    Connections). Values go into `variables`, never into the text of the query. Raises LoaderError, also
    when the answer has errors.
    """
    asked = {"Accept": "application/graphql-response+json, application/json", **(headers or {})}
    options = Request(url, asked, b"", timeout=timeout, retries=retries, most_bytes=most_bytes)
    given = dict(variables or {})
    if connection is None:
        return _ask(context, options, query, given)
    nodes: list[Any] = []
    cursors: set[str] = set()
    while True:
        page = find_at(_ask(context, options, query, given), connection)
        nodes += _list_nodes(page, connection)
        info = find_at(page, "pageInfo")
        if not find_at(info, "hasNextPage"):
            return nodes
        after = find_at(info, "endCursor")
        if after in cursors or not isinstance(after, str):
            raise LoaderError(
                f"`{connection}` has a next page, and its cursor {after!r} leads nowhere"
            )
        if len(cursors) >= most_pages - 1:
            raise LoaderError(f"`{connection}` has more than {most_pages} pages")
        cursors.add(after)
        given[cursor] = after


def _ask(context: LoaderContext, options: Request, query: str, variables: Mapping[str, Any]) -> Any:
    body = json.dumps({"query": query, "variables": variables}).encode()
    answer = send(context, options.with_body(body))
    name = context.redact(options.url)
    try:
        found = json.loads(answer.body)
    except ValueError as error:
        raise LoaderError(f"{name} answered what is not JSON: {error}") from None
    if not isinstance(found, dict):
        raise LoaderError(f"{name} answered what is not GraphQL")
    errors = found.get("errors") or []
    if errors:
        told = "; ".join(_describe(error) for error in errors[:_SHOWN])
        raise LoaderError(f"{name} answered with errors: {context.redact(told)}")
    return find_at(found, "data")


_SHOWN = 3


def _describe(error: Any) -> str:
    if not isinstance(error, dict):
        return str(error)
    way = ".".join(map(str, error.get("path") or ()))
    return f"{error.get('message')}{f' (at {way})' if way else ''}"


def _list_nodes(page: Any, connection: str) -> list[Any]:
    """The nodes of a page, which may be asked for with their edges or without."""
    nodes = find_at(page, "nodes", None)
    if nodes is None:
        edges = find_at(page, "edges", None)
        nodes = [find_at(edge, "node") for edge in edges] if isinstance(edges, list) else None
    if not isinstance(nodes, list):
        raise LoaderError(f"`{connection}` has neither `nodes` nor `edges`: ask for one of them")
    return nodes
