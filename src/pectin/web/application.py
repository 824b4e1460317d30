"""The one ASGI application: from a scope to the messages of a response.

A request reads its ref and then finds its answer ready in memory, or has it made: decisions are
pure, so an answer stays true for its snapshot. Bodies of requests are not used, and fields that
are not in `requests` are never looked at, so none can be trusted by mistake.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from time import perf_counter_ns

from pectin.deploy.errors import BlobMissing
from pectin.edge.decision import respond
from pectin.edge.facts import Fact
from pectin.edge.model import Decision, NotModified, Request, Serve
from pectin.edge.negotiation import simplify
from pectin.edge.paths import is_canonical
from pectin.web.cache import Cache
from pectin.web.errors import NO_STORE, log_failure, refuse, report
from pectin.web.facts import NOWHERE, Facts, Surroundings, read_facts
from pectin.web.index import answer_index
from pectin.web.lifespan import run_lifespan
from pectin.web.messages import Answer, Message, Receive, Scope, Send, Streamed
from pectin.web.requests import Ambiguous, hear, parse_request, read_path
from pectin.web.responses import Responses
from pectin.web.sites import Reader, Sites, View
from pectin.web.streaming import stream
from pectin.web.variants import Variants

Key = tuple[int, str, bytes, str, tuple[bytes, ...], Facts]
"""The view's token, method, raw path, what is accepted, conditions, and the facts that the site's rules
look at: all that an answer that is kept depends on. The query is not in it: where a rule looks at
it, an answer to one is neither looked for nor kept, and elsewhere only redirects have it."""

_MISTAKEN = "No site of this server has this host name."
_HOSTLESS = "The request must have one Host field."


@dataclass(frozen=True, slots=True)
class Options:
    """How to serve. `cache_size` is in bytes, for each worker.

    `base_domains` are domains below which every site has a name, beside `localhost`. `debug` has
    the log show the way to every failure, and not to bugs alone.
    """

    base_domains: tuple[str, ...] = ()
    cache_size: int = 128 * 1024 * 1024
    server_timing: bool = False
    debug: bool = False
    surroundings: Surroundings = NOWHERE


@dataclass(frozen=True, slots=True)
class Wanted:
    """An answer that is not in memory."""

    key: Key
    view: View
    request: Request
    may_be_kept: bool


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
        self._debug = options.debug
        self._surroundings = options.surroundings
        self._close = close

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection's scope (ASGI 3)."""
        if scope["type"] == "http":
            await self._serve(scope, receive, send)
        elif scope["type"] == "lifespan":
            await run_lifespan(receive, send, self.close)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1000, "reason": ""})

    def close(self) -> None:
        """Finish what is being stored, and let go of the store."""
        self._variants.close()
        self._close()

    def count_pages(self) -> int:
        """How many pages are held ready."""
        return len(self._pages)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = perf_counter_ns() if self._server_timing else 0
        try:
            answer = await self._answer(scope)
        except Exception as error:  # noqa: BLE001  # the boundary: the log is told the cause, the client an id
            answer = report(scope, error, debug=self._debug)
        if began:
            answer = _with_timing(answer, perf_counter_ns() - began)
        if isinstance(answer, Streamed):
            await self._stream(answer, scope, receive, send)
            return
        await send(answer.start)
        await send(answer.body)

    async def _stream(self, answer: Streamed, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await stream(answer, receive, send)
        except Exception as error:  # noqa: BLE001  # as above; the client is told by a body that is too short
            log_failure("response cut off", scope, error, debug=self._debug)

    async def _answer(self, scope: Scope) -> Answer | Streamed:
        try:
            return await self._attempt(scope)
        except BlobMissing:
            # The snapshot may have been collected since its ref was read: then there is a newer,
            # or the deploy that the host names is gone.
            return await self._attempt(scope)

    async def _attempt(self, scope: Scope) -> Answer | Streamed:
        found = self._recall(scope)
        return await self._make(scope, found) if isinstance(found, Wanted) else found

    def _recall(self, scope: Scope) -> Answer | Wanted:
        """The answer that is ready, or what has to be made. Most requests end here."""
        try:
            host, accept_encoding, conditions = hear(scope)
        except Ambiguous:
            return refuse(scope, HTTPStatus.BAD_REQUEST, _HOSTLESS, NO_STORE)
        view = self._sites.find(host)
        if view is None:
            return self._answer_unknown(scope, host)
        path = read_path(scope)
        accepted = self._codings.get(accept_encoding) or self._simplify(accept_encoding)
        asked = view.rules.facts
        facts = read_facts(scope, host, view.rules, self._surroundings) if asked else ()
        key = (view.token, scope["method"], path, accepted, conditions, facts)
        is_kept = not (asked and Fact.QUERY in asked and scope["query_string"])
        answer = (self._pages.get(key) or self._others.get(key)) if is_kept else None
        if answer is not None:
            return answer
        request = parse_request(scope, path, accepted, conditions, facts)
        return Wanted(key, view, request, is_kept)

    async def _make(self, scope: Scope, wanted: Wanted) -> Answer | Streamed:
        request = wanted.request
        decision = _decide(request, wanted.view)
        answer = await self._responses.render(decision, request, scope)
        if isinstance(answer, Answer):
            self._keep(wanted, decision, answer)
        return answer

    def _keep(self, wanted: Wanted, decision: Decision, answer: Answer) -> None:
        """Remember `answer`, unless clients could invent any number of its kind.

        Misses and revalidations have less room, and of their own, so that a flood of either
        pushes no page out.
        """
        if not wanted.may_be_kept:
            return
        _, _, path, _, conditions, _ = wanted.key
        size = answer.size + len(path) + sum(map(len, conditions))
        match decision:
            case Serve(status=HTTPStatus.OK) if not conditions and is_canonical(
                wanted.request.path
            ):
                self._pages.put(wanted.key, answer, size)
            case Serve(status=HTTPStatus.NOT_FOUND) | NotModified():
                self._others.put(wanted.key, answer, size)

    def _simplify(self, accept_encoding: bytes) -> str:
        simple = simplify(accept_encoding.decode("latin-1"))
        self._codings.put(accept_encoding, simple, len(accept_encoding) + 100)
        return simple

    def _answer_unknown(self, scope: Scope, host: bytes) -> Answer:
        if self._sites.is_loopback(host) and _is_local(scope):
            return answer_index(self._sites.list(), scope)
        return refuse(scope, HTTPStatus.MISDIRECTED_REQUEST, _MISTAKEN, NO_STORE)


def _decide(request: Request, view: View) -> Decision:
    return respond(request, view.files, view.rules, last_modified=view.last_modified)


def _is_local(scope: Scope) -> bool:
    client = scope.get("client")
    return client is not None and client[0] in {"127.0.0.1", "::1"}


def _with_timing(answer: Answer | Streamed, elapsed_ns: int) -> Answer | Streamed:
    field = (b"server-timing", b"edge;dur=%.3f" % (elapsed_ns / 1e6))
    start: Message = {**answer.start, "headers": [*answer.start["headers"], field]}
    return replace(answer, start=start)
