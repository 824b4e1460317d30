"""ASGI scopes to the edge's requests. Nothing but the fields named here is ever read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from pectin.edge.model import Request
from pectin.web.facts import Facts
from pectin.web.messages import Scope

CONDITIONS = {
    b"if-match": "if_match",
    b"if-none-match": "if_none_match",
    b"if-modified-since": "if_modified_since",
    b"if-unmodified-since": "if_unmodified_since",
    b"if-range": "if_range",
    b"range": "range",
}
"""The fields that preconditions and ranges are made of, by the names the edge has for them."""

_HEARD = frozenset({b"host", b"accept-encoding", *CONDITIONS})


class Ambiguous(ValueError):
    """A request has no Host field, or several."""


def hear(scope: Scope) -> tuple[bytes, bytes, tuple[bytes, ...]]:
    """The values of Host and Accept-Encoding, and the names and values in turn of CONDITIONS.

    Raises Ambiguous where there is not exactly one Host (RFC 9112 3.2).
    """
    host = None
    accept_encoding = b""
    conditions: tuple[bytes, ...] = ()
    for name, value in scope["headers"]:
        if name not in _HEARD:
            continue
        if name == b"accept-encoding":
            accept_encoding = b"%b,%b" % (accept_encoding, value) if accept_encoding else value
        elif name != b"host":
            conditions += (name, value)
        elif host is None:
            host = value
        else:
            raise Ambiguous
    if not host:
        raise Ambiguous
    return host, accept_encoding, conditions


def read_path(scope: Scope) -> bytes:
    """The raw path; servers that do not give it have decoded it, so it is encoded again."""
    raw: bytes | None = scope.get("raw_path")
    return quote(scope["path"]).encode("ascii") if raw is None else raw


def parse_request(
    scope: Scope, path: bytes, accept_encoding: str, conditions: Sequence[bytes], facts: Facts = ()
) -> Request:
    """The request of `scope`; `conditions` are names and values in turn, as they were sent."""
    fields: dict[str, Any] = dict(facts)
    for name, value in zip(conditions[::2], conditions[1::2], strict=True):
        key, text = CONDITIONS[name], value.decode("latin-1")
        fields[key] = f"{fields[key]}, {text}" if key in fields else text
    return Request(
        method=scope["method"],
        path=path.decode("latin-1"),
        query=scope["query_string"].decode("latin-1"),
        accept_encoding=accept_encoding,
        **fields,
    )
