"""The one ASGI application: from a scope to the messages of a response.

A request reads its ref and then finds its answer ready in memory, or has it made: decisions are
pure, so an answer stays true for its snapshot. Bodies of requests are never read, and fields that
are not in `requests` are never looked at, so none can be trusted by mistake.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from time import perf_counter_ns
from typing import Any

from pectin.deploy.errors import BlobMissing
from pectin.edge.decision import respond
from pectin.edge.model import Decision, Request, Serve
from pectin.edge.negotiation import simplify
from pectin.edge.paths import is_canonical
from pectin.web.cache import Cache
from pectin.web.errors import NO_STORE, refuse, report
from pectin.web.index import render_index
from pectin.web.lifespan import run_lifespan
from pectin.web.messages import Answer, Message, Receive, Scope, Send, Streamed
from pectin.web.requests import CONDITIONS, parse_request, read_path
from pectin.web.responses import Responses
from pectin.web.sites import Reader, Sites, View
from pectin.web.streaming import stream
from pectin.web.variants import Variants

Key = tuple[Any, ...]

_PLAIN_KEY = 4
"""The length of a key without conditions: view, method, path, coding."""

_MISTAKEN = "No site of this server has this host name."
_HOSTLESS = "The request must have one Host field."


@dataclass(frozen=True, slots=True)
class Options:
    """How to serve. `cache_size` is in bytes, for each worker.

    `base_domains` are domains below which every site has a name, beside `localhost`.
    """

    base_domains: tuple[str, ...] = ()
    cache_size: int = 128 * 1024 * 1024
    server_timing: bool = False


class Application:
    """Serves every site of `store`. `now` gives epoch seconds.

    `close` is called when the server ends.
    """

    def __init__(
        self,
        store: Reader,
        now: Callable[[], int],
        options: Options | None = None,
        close: Callable[[], None] = lambda: None,
    ) -> None:
        options = options or Options()
        self._sites = Sites(store, now, ("localhost", *options.base_domains))
        self._variants = Variants(store)
        self._responses = Responses(store, self._variants)
        self._pages: Cache[Answer] = Cache(options.cache_size)
        self._others: Cache[Answer] = Cache(options.cache_size // 16)
        self._codings: Cache[str] = Cache(64 * 1024)
        self._server_timing = options.server_timing
        self._close = close

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection's scope (ASGI 3)."""
        if scope["type"] == "http":
            await self._serve(scope, send)
        elif scope["type"] == "lifespan":
            await run_lifespan(receive, send, self.close)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1000, "reason": ""})

    def close(self) -> None:
        """Finish what is being stored, and let go of the store."""
        self._variants.close()
        self._close()

    async def _serve(self, scope: Scope, send: Send) -> None:
        began = perf_counter_ns() if self._server_timing else 0
        try:
            answer = await self._answer(scope)
        except Exception as error:  # noqa: BLE001  # the boundary: a client is told an id, the log the cause
            answer = report(scope, error)
        if began:
            answer = _with_timing(answer, perf_counter_ns() - began)
        if isinstance(answer, Streamed):
            await stream(answer, send)
            return
        await send(answer.start)
        await send(answer.body)

    async def _answer(self, scope: Scope) -> Answer | Streamed:
        host, coding, conditions = None, b"", []
        for field in scope["headers"]:
            name = field[0]
            if name == b"accept-encoding":
                coding = field[1] if not coding else b"%b,%b" % (coding, field[1])
            elif name == b"host":
                if host is not None:
                    return refuse(scope, 400, _HOSTLESS, NO_STORE)
                host = field[1]
            elif name in CONDITIONS:
                conditions += field
        if host is None:
            return refuse(scope, 400, _HOSTLESS, NO_STORE)
        view = self._sites.find(host)
        if view is None:
            return self._answer_unknown(scope, host)
        path, accepted = read_path(scope), self._simplify(coding)
        key = (view.token, scope["method"], path, accepted, *conditions)
        answer = self._pages.get(key) or self._others.get(key)
        if answer is not None:
            return answer
        request = parse_request(scope, path, accepted, conditions)
        return await self._make(scope, host, view, request, key)

    async def _make(
        self, scope: Scope, host: bytes, view: View, request: Request, key: Key
    ) -> Answer | Streamed:
        try:
            decision = _decide(request, view)
            answer = await self._responses.render(decision, request, scope)
        except BlobMissing:
            # The snapshot may have been collected since its ref was read: then there is a newer.
            newer = self._sites.find(host)
            if newer is None or newer is view:
                raise
            decision = _decide(request, newer)
            return await self._responses.render(decision, request, scope)
        if isinstance(answer, Answer):
            self._keep(key, request, decision, answer)
        return answer

    def _keep(self, key: Key, request: Request, decision: Decision, answer: Answer) -> None:
        """Remember `answer`, unless clients could invent any number of such keys.

        Pages have a room of their own, which misses and revalidations cannot push them out of.
        """
        size = answer.size + len(request.path) + sum(map(len, key[_PLAIN_KEY:]))
        status = answer.start["status"]
        if status == HTTPStatus.OK and len(key) == _PLAIN_KEY and is_canonical(request.path):
            self._pages.put(key, answer, size)
        elif status == HTTPStatus.NOT_MODIFIED or isinstance(decision, Serve):
            self._others.put(key, answer, size)

    def _simplify(self, accept_encoding: bytes) -> str:
        simple = self._codings.get(accept_encoding)
        if simple is None:
            simple = simplify(accept_encoding.decode("latin-1"))
            self._codings.put(accept_encoding, simple, len(accept_encoding) + 100)
        return simple

    def _answer_unknown(self, scope: Scope, host: bytes) -> Answer:
        if self._sites.is_loopback(host) and _is_local(scope):
            return render_index(self._sites.list(), scope)
        return refuse(scope, 421, _MISTAKEN, NO_STORE)


def _decide(request: Request, view: View) -> Decision:
    return respond(request, view.files, view.rules, last_modified=view.last_modified)


def _is_local(scope: Scope) -> bool:
    client = scope.get("client")
    return client is not None and client[0] in {"127.0.0.1", "::1"}


def _with_timing(answer: Answer | Streamed, elapsed_ns: int) -> Answer | Streamed:
    field = (b"server-timing", b"edge;dur=%.3f" % (elapsed_ns / 1e6))
    start: Message = {**answer.start, "headers": [*answer.start["headers"], field]}
    return replace(answer, start=start)
