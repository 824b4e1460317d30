"""The development server's layer over the edge: pages that reload themselves.

The edge beneath is the one of production, and what is not HTML passes untouched. HTML gets one
inline script, which compares the version that it was served with to the one that the server
tells, and shows the site's problems over the page while there are any. Where only stylesheets
are others in the new version, these are put in place of the old ones.
"""

from __future__ import annotations

import asyncio
import html
import json
import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import Protocol

from pectin.values.digest import compute_digest
from pectin.values.output import OutputFile, read_body
from pectin.web.content_security import allow_source
from pectin.web.loopback import is_loopback
from pectin.web.messages import Message, Receive, Scope, Send
from pectin.web.page_list import PageList

EVENTS_PATH = "/.pectin/events"
PAGES_PATH = "/.pectin/pages"

Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

_KEEP_ALIVE_SECONDS = 15.0
_HTML = b"text/html"
_LINK = re.compile(rb"<link\b[^>]*>", re.IGNORECASE)
_SHEET = re.compile(rb"""\brel\s*=\s*["']?stylesheet\b""", re.IGNORECASE)
_NAMING = re.compile(rb"""\b(?:href|integrity)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_NO_STORE: tuple[bytes, bytes] = (b"cache-control", b"no-store")


@dataclass(frozen=True, slots=True)
class State:
    """What is shown now: the id of the live snapshot ("" before the first), and problems as text."""

    version: str = ""
    problems: tuple[str, ...] = ()


class Channel:
    """The one current State, for any number of pages that follow it. Lives in one event loop."""

    def __init__(self) -> None:
        self.state = State()
        self._loop = asyncio.get_running_loop()
        self._changed = asyncio.Event()
        self._open = True

    def tell(self, state: State) -> None:
        """Make `state` the current one. From any thread."""
        self._loop.call_soon_threadsafe(self._replace, state)

    def close(self) -> None:
        """End every `follow`."""
        self._open = False
        self._changed.set()

    async def follow(self) -> AsyncIterator[State | None]:
        """The current state, then each new one; None when nothing happened for 15 seconds."""
        state: State | None = self.state
        while self._open:
            changed = self._changed
            yield state
            try:
                await asyncio.wait_for(changed.wait(), _KEEP_ALIVE_SECONDS)
            except TimeoutError:
                state = None
            else:
                state = self.state

    def _replace(self, state: State) -> None:
        self.state = state
        self._changed.set()
        self._changed = asyncio.Event()


class LateFiles(Protocol):
    """Files that a build has named and left to be made when they are asked for."""

    def __contains__(self, path: str) -> bool:
        """Whether there is one at the decoded `path`."""

    def make(self, path: str) -> OutputFile | None:
        """That file, or None when it cannot be made any more. It may take long, on any thread."""


class ReloadingApplication:
    """An ASGI application: `inner` and `late` files, for this machine's browser alone, with reloading pages.

    A Host that could be another machine gets 403, and nothing that the client sent is shown. `pages` is
    shown at PAGES_PATH.
    """

    def __init__(self, inner: Asgi, channel: Channel, late: LateFiles, pages: PageList) -> None:
        self._inner = inner
        self._channel = channel
        self._late = late
        self._pages = pages
        self._script = files("pectin.web").joinpath("reload.js").read_text(encoding="utf-8")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass on what is not one."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        host = _find(scope["headers"], b"host").decode("latin-1")
        if not is_loopback(host):
            text = b"403 Forbidden: the development server answers to localhost alone.\n"
            await _send_whole(scope, send, 403, text, b"text/plain; charset=utf-8")
        elif scope["path"] == EVENTS_PATH:
            await self._send_events(scope, receive, send)
        elif scope["path"] == PAGES_PATH:
            page = self._pages.render() + self._write_script().tag
            await _send_whole(scope, send, 200, page.encode(), b"text/html; charset=utf-8")
        elif not self._channel.state.version:
            await self._send_problems(scope, send)
        elif scope["path"] in self._late:
            await self._send_late(scope, receive, send)
        else:
            await self._pass(scope, receive, send)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Identity, so that the page can be read here. HEAD is asked as GET, for its true length.
        headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        head = scope["method"] == "HEAD"
        request = {**scope, "headers": headers, "method": "GET" if head else scope["method"]}
        script = self._write_script(self._pages.mark_of(scope["path"]))
        page = _Page(send, script, head=head)
        await self._inner(request, receive, page.send)

    def _write_script(self, mark: str = "") -> _Script:
        return _Script(self._script, self._channel.state.version, mark, secrets.token_urlsafe(16))

    async def _send_late(self, scope: Scope, receive: Receive, send: Send) -> None:
        file = await asyncio.to_thread(self._late.make, scope["path"])
        if file is None:
            await self._pass(scope, receive, send)
        else:
            await _send_whole(scope, send, 200, read_body(file.body), file.media_type.encode())

    async def _send_problems(self, scope: Scope, send: Send) -> None:
        problems = self._channel.state.problems
        shown = "".join(f"<pre>{html.escape(problem)}</pre>" for problem in problems)
        title = "This site cannot be built yet" if problems else "Building the site"
        page = (
            '<!doctype html><html lang="en"><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width">'
            f"<title>{title}</title><h1>{title}</h1>{shown}{self._write_script().tag}"
        )
        await _send_whole(scope, send, 503, page.encode(), b"text/html; charset=utf-8")

    async def _send_events(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers: Headers = [(b"content-type", b"text/event-stream"), _NO_STORE]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        if scope["method"] == "HEAD":
            await send({"type": "http.response.body", "body": b""})
            return
        stream = asyncio.ensure_future(self._stream_events(send))
        gone = asyncio.ensure_future(_wait_until_gone(receive))
        try:
            await asyncio.wait({stream, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stream.cancel()
            gone.cancel()

    async def _stream_events(self, send: Send) -> None:
        async for state in self._channel.follow():
            event = f"data: {json.dumps(asdict(state))}\n\n" if state else ": still here\n\n"
            body = event.encode()
            await send({"type": "http.response.body", "body": body, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


@dataclass(frozen=True, slots=True)
class _Script:
    """The script of one page, which is of the `version` of the site. `mark` is what it says of the page."""

    text: str
    version: str
    mark: str
    nonce: str

    @property
    def tag(self) -> str:
        """The element, for a page that is no page of the site."""
        return self.render(b"")

    def render(self, page: bytes) -> str:
        """The element for `page`, with the fingerprint of all in it but its stylesheets."""
        values = {"version": self.version, "mark": self.mark, "frame": compute_frame(page)}
        data = "".join(f' data-{name}="{html.escape(value)}"' for name, value in values.items())
        return f'<script nonce="{self.nonce}"{data}>{self.text}</script>'


class _Page:
    """Passes a response on; one that is a whole HTML page is held until the script is in it."""

    def __init__(self, send: Send, script: _Script, *, head: bool) -> None:
        self._send = send
        self._script = script
        self._head = head
        self._start: Message | None = None
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif self._start is None:
            await self._send_as_is(message)
        elif message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page(self._start)

    async def _send_as_is(self, message: Message) -> None:
        if self._head and message["type"] != "http.response.start":
            message = {**message, "body": b""}
        await self._send(message)

    async def _send_page(self, start: Message) -> None:
        page = bytes(self._body)
        body = insert_script(page, self._script.render(page).encode())
        dropped = {b"content-length", b"etag", b"last-modified", b"cache-control", b"accept-ranges"}
        headers = [
            (name, self._allow(value) if name == b"content-security-policy" else value)
            for name, value in start["headers"]
            if name not in dropped
        ]
        headers += [(b"content-length", str(len(body)).encode()), _NO_STORE]
        await self._send({**start, "headers": headers})
        body = b"" if self._head else body
        await self._send({"type": "http.response.body", "body": body})

    def _allow(self, policy: bytes) -> bytes:
        text = allow_source(policy.decode("latin-1"), "script-src", f"'nonce-{self._script.nonce}'")
        return allow_source(text, "connect-src", "'self'").encode("latin-1")


def insert_script(page: bytes, script: bytes) -> bytes:
    """`page` with `script` before the last `</body>`, or at its end."""
    at = page.lower().rfind(b"</body>")
    return page + script if at < 0 else page[:at] + script + page[at:]


def compute_frame(page: bytes) -> str:
    """The fingerprint of `page` without what names its stylesheets; the same where only these are others."""
    bare = _LINK.sub(
        lambda link: _NAMING.sub(b"", link[0]) if _SHEET.search(link[0]) else link[0], page
    )
    return compute_digest(bare).hex()[:16]


def _is_page(start: Message) -> bool:
    # 206 is a part of the page as it is published, and 304 has no body.
    return (
        start["status"] not in {204, 206, 304}
        and _find(start["headers"], b"content-type").lower().startswith(_HTML)
        and not _find(start["headers"], b"content-encoding")
    )


def _find(headers: Headers, name: bytes) -> bytes:
    return next((value for key, value in headers if key.lower() == name), b"")


async def _wait_until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send_whole(
    scope: Scope, send: Send, status: int, body: bytes, media_type: bytes
) -> None:
    headers: Headers = [
        (b"content-type", media_type),
        (b"content-length", str(len(body)).encode()),
        (b"x-content-type-options", b"nosniff"),
        _NO_STORE,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    body = b"" if scope["method"] == "HEAD" else body
    await send({"type": "http.response.body", "body": body})
