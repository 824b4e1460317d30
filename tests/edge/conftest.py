"""A small site as values, and the decision about a request for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from pectin.edge.decision import compile_rules, respond
from pectin.edge.model import Decision, Request
from pectin.values.digest import compute_digest
from pectin.values.rules import Rules
from pectin.values.snapshot import Entry

MOVED_AT = 784111777  # Sun, 06 Nov 1994 08:49:37 GMT

TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "xml": "application/rss+xml",
    "png": "image/png",
}


def make_entry(path: str, *, size: int = 1000, immutable: bool = False) -> Entry:
    kind = TYPES.get(path.rpartition(".")[2], "application/octet-stream")
    return Entry(compute_digest(path.encode()), size, kind, immutable)


@dataclass(frozen=True)
class Tree:
    live: Mapping[str, Entry]
    retained: Mapping[str, Entry] = field(default_factory=dict)

    def find(self, path: str) -> Entry | None:
        return self.live.get(path)

    def find_retained(self, path: str) -> Entry | None:
        return self.retained.get(path)


SITE = {
    path: make_entry(path)
    for path in (
        "/index.html",
        "/404.html",
        "/about.html",
        "/posts/index.html",
        "/posts/plum.html",
        "/feed.xml",
        "/cover.png",
        "/caf\u00e9.html",
    )
} | {"/app.1a2b.js": make_entry("/app.1a2b.js", immutable=True)}

OLD = {"/app.0f0f.js": make_entry("/app.0f0f.js", immutable=True)}

Respond = Callable[..., Decision]


@pytest.fixture
def decide() -> Respond:
    """`decide(path, rules=..., last_modified=..., **fields)`: what the small site answers."""

    def decide(
        path: str,
        *,
        method: str = "GET",
        rules: Rules | None = None,
        last_modified: int | None = MOVED_AT,
        site: Mapping[str, Entry] = SITE,
        **fields: Any,
    ) -> Decision:
        request = Request(method, path, **fields)
        ready = compile_rules(rules or Rules())
        return respond(request, Tree(site, OLD), ready, last_modified=last_modified)

    return decide
