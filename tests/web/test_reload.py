"""The development server's layer: what it adds to pages, and whom it answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from pectin.build.notes import PageNote
from pectin.values.output import OutputFile
from pectin.web.messages import Message, Receive, Scope, Send
from pectin.web.page_list import PageList
from pectin.web.reload import Channel, ReloadingApplication, State, compute_frame, insert_script

PAGE = b"<!doctype html><html><body><p>plum</p></body></html>"


@dataclass
class Inner:
    """Answers every request with one response, and remembers what it was asked."""

    status: int = 200
    headers: tuple[tuple[bytes, bytes], ...] = ((b"content-type", b"text/html; charset=utf-8"),)
    chunks: tuple[bytes, ...] = (PAGE,)
    asked: list[Scope] = field(default_factory=list)

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        self.asked.append(scope)
        headers = [*self.headers, (b"content-length", b"%d" % sum(map(len, self.chunks)))]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        for number, chunk in enumerate(self.chunks, 1):
            more = number < len(self.chunks)
            await send({"type": "http.response.body", "body": chunk, "more_body": more})


class Late:
    """Files of which some can be made."""

    def __init__(self, files: dict[str, bytes | None] | None = None) -> None:
        self._files = files or {}

    def __contains__(self, path: str) -> bool:
        return path in self._files

    def make(self, path: str) -> OutputFile | None:
        body = self._files[path]
        return None if body is None else OutputFile(path, body, "image/avif", immutable=True)


@dataclass(frozen=True)
class Response:
    status: int
    headers: dict[bytes, bytes]
    body: bytes


async def forever() -> Message:
    await asyncio.Event().wait()
    raise AssertionError


def collect(messages: list[Message]) -> Response:
    start, *parts = messages
    headers = dict(start["headers"])
    assert len(headers) == len(start["headers"])
    return Response(start["status"], headers, b"".join(part["body"] for part in parts))


def ask(
    inner: Inner,
    path: str = "/",
    method: str = "GET",
    host: str = "plum.localhost:8787",
    *,
    state: State = State("a1"),  # noqa: B008  # frozen
    fields: tuple[tuple[bytes, bytes], ...] = (),
    late: Late | None = None,
    pages: PageList | None = None,
) -> Response:
    async def run() -> list[Message]:
        channel = Channel()
        channel.state = state
        messages: list[Message] = []
        await ReloadingApplication(inner, channel, late or Late(), pages or PageList())(
            {
                "type": "http",
                "method": method,
                "path": path,
                "headers": [(b"host", host.encode()), *fields],
            },
            forever,
            appender(messages),
        )
        return messages

    return collect(asyncio.run(run()))


def appender(messages: list[Message]) -> Callable[[Message], Awaitable[None]]:
    async def send(message: Message) -> None:
        messages.append(message)

    return send


def test_a_page_gets_one_script_and_its_true_length() -> None:
    response = ask(Inner())
    assert response.body.count(b"<script") == 1
    assert response.body.endswith(b"</script></body></html>")
    assert b'data-version="a1"' in response.body
    assert response.headers[b"content-length"] == b"%d" % len(response.body)


def test_a_page_in_many_chunks_is_one_page() -> None:
    response = ask(Inner(chunks=(PAGE[:20], PAGE[20:40], PAGE[40:])))
    assert response.body.startswith(PAGE[:-14] + b"<script")
    assert response.body.count(b"</body></html>") == 1


def nonce_of(body: bytes) -> bytes:
    return body.partition(b'nonce="')[2].partition(b'"')[0]


def test_a_changed_page_has_no_validator_and_is_not_stored() -> None:
    headers = (
        (b"content-type", b"text/html"),
        (b"etag", b'"x"'),
        (b"last-modified", b"Mon, 23 Nov 2026 01:00:00 GMT"),
        (b"cache-control", b"max-age=60"),
    )
    response = ask(Inner(headers=headers))
    assert not {b"etag", b"last-modified"} & response.headers.keys()
    assert response.headers[b"cache-control"] == b"no-store"


def test_head_has_the_length_of_the_changed_page_and_no_body() -> None:
    head = ask(Inner(), method="HEAD")
    assert head.body == b""
    assert head.headers[b"content-length"] == ask(Inner()).headers[b"content-length"]


@pytest.mark.parametrize(
    "inner",
    [
        Inner(headers=((b"content-type", b"text/css"), (b"etag", b'"x"')), chunks=(b"</body>",)),
        Inner(status=206),
        Inner(status=304, chunks=(b"",)),
        Inner(headers=((b"content-type", b"text/html"), (b"content-encoding", b"br"))),
    ],
)
def test_what_is_not_a_whole_page_passes_untouched(inner: Inner) -> None:
    response = ask(inner)
    assert response.body == b"".join(inner.chunks)
    assert inner.headers[0] in response.headers.items()
    assert response.headers[b"content-length"] == b"%d" % len(response.body)
    assert b"cache-control" not in response.headers


def test_the_edge_is_asked_for_the_identity_coding_and_with_everything_else() -> None:
    inner = Inner()
    fields = ((b"accept-encoding", b"br"), (b"range", b"bytes=0-1"), (b"if-none-match", b'"x"'))
    ask(inner, "/a", fields=fields)
    assert inner.asked[0]["headers"] == [(b"host", b"plum.localhost:8787"), *fields[1:]]


def test_a_strict_policy_lets_the_script_and_its_connection_through() -> None:
    policy = (b"content-security-policy", b"default-src 'none'")
    response = ask(Inner(headers=((b"content-type", b"text/html"), policy)))
    nonce = nonce_of(response.body).decode()
    assert response.headers[b"content-security-policy"].decode() == (
        f"default-src 'none'; script-src 'nonce-{nonce}'; connect-src 'self'"
    )


def test_no_two_pages_have_the_same_nonce() -> None:
    assert nonce_of(ask(Inner()).body) != nonce_of(ask(Inner()).body)


@pytest.mark.parametrize("path", ["/", "/.pectin/events", "/<script>alert(1)</script>"])
def test_another_host_is_refused_and_nothing_of_it_is_shown(path: str) -> None:
    """Attack row 31: DNS rebinding, and a reflected path."""
    inner = Inner()
    response = ask(inner, path, host="rebound.evil.com:8787")
    assert (response.status, inner.asked) == (403, [])
    assert b"evil" not in response.body
    assert b"<" not in response.body
    assert response.headers[b"content-type"].startswith(b"text/plain")


def test_before_the_first_good_build_every_page_shows_the_problems_escaped() -> None:
    """Attack row 31."""
    inner = Inner()
    state = State("", ("error: <img src=x onerror=alert(1)>",))
    response = ask(inner, "/<script>evil</script>", state=state)
    assert (response.status, inner.asked) == (503, [])
    assert b"&lt;img src=x" in response.body
    assert b"<img" not in response.body
    assert b"evil" not in response.body
    assert b'data-version=""' in response.body


EVENTS: Scope = {
    "type": "http",
    "method": "GET",
    "path": "/.pectin/events",
    "headers": [(b"host", b"plum.localhost")],
}


def parse_event(message: Message) -> object:
    return json.loads(message["body"].removeprefix(b"data: "))


def test_a_page_is_told_the_current_state_and_then_each_new_one() -> None:
    async def run() -> None:
        channel = Channel()
        sent: asyncio.Queue[Message] = asyncio.Queue()
        application = ReloadingApplication(Inner(), channel, Late(), PageList())
        serving = asyncio.ensure_future(application(EVENTS, forever, sent.put))
        start = await sent.get()
        assert dict(start["headers"])[b"content-type"] == b"text/event-stream"
        assert parse_event(await sent.get()) == {"version": "", "problems": []}
        await asyncio.to_thread(channel.tell, State("b2", ("broken\nlink",)))
        assert parse_event(await sent.get()) == {"version": "b2", "problems": ["broken\nlink"]}
        channel.close()
        assert await sent.get() == {"type": "http.response.body", "body": b""}
        await serving

    asyncio.run(asyncio.wait_for(run(), 30))


def test_a_page_that_goes_away_ends_its_stream() -> None:
    async def run() -> None:
        gone: asyncio.Queue[Message] = asyncio.Queue()
        sent: asyncio.Queue[Message] = asyncio.Queue()
        application = ReloadingApplication(Inner(), Channel(), Late(), PageList())
        serving = asyncio.ensure_future(application(EVENTS, gone.get, sent.put))
        await sent.get()
        await gone.put({"type": "http.disconnect"})
        await serving

    asyncio.run(asyncio.wait_for(run(), 30))


@pytest.mark.parametrize(("method", "body"), [("GET", b"jar"), ("HEAD", b"")])
def test_a_late_file_is_made_when_it_is_asked_for(method: str, body: bytes) -> None:
    inner = Inner()
    answer = ask(inner, "/jar.avif", method, late=Late({"/jar.avif": b"jar"}))
    assert (answer.status, answer.body) == (200, body)
    assert answer.headers[b"content-type"] == b"image/avif"
    assert answer.headers[b"content-length"] == b"3"
    assert inner.asked == []


def test_a_late_file_that_cannot_be_made_any_more_is_the_edges_affair() -> None:
    inner = Inner()
    ask(inner, "/jar.avif", late=Late({"/jar.avif": None}))
    assert [scope["path"] for scope in inner.asked] == ["/jar.avif"]


def test_a_late_file_is_for_this_machine_alone() -> None:
    late = Late({"/jar.avif": b"jar"})
    assert ask(Inner(), "/jar.avif", host="evil.example", late=late).status == 403


def test_what_is_not_http_goes_to_the_edge() -> None:
    inner = Inner()

    async def run() -> None:
        await ReloadingApplication(inner, Channel(), Late(), PageList())(
            {"type": "lifespan"}, forever, appender([])
        )

    asyncio.run(run())
    assert inner.asked == [{"type": "lifespan"}]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"<p>a</BODY>", b"<p>aS</BODY>"),
        (b"<pre></body></pre></body>", b"<pre></body></pre>S</body>"),
        (b"<p>a", b"<p>aS"),
        (b"", b"S"),
    ],
)
def test_the_script_stands_before_the_end_of_the_body(page: bytes, expected: bytes) -> None:
    assert insert_script(page, b"S") == expected


def sheet(attributes: str) -> bytes:
    return PAGE.replace(b"<body>", f"<link {attributes}><body>".encode())


@pytest.mark.parametrize(
    ("attributes", "others"),
    [
        ('rel="stylesheet" href="/a.1.css"', 'rel="stylesheet" href="/a.2.css"'),
        ("rel=stylesheet href=/a.1.css", "rel=stylesheet href=/a.2.css"),
        (
            'href="/a.1.css" integrity="sha384-x" rel=\'stylesheet\'',
            'href="/a.2.css" integrity="sha384-y" rel=\'stylesheet\'',
        ),
    ],
)
def test_pages_that_differ_in_the_names_of_stylesheets_have_one_frame(
    attributes: str, others: str
) -> None:
    assert compute_frame(sheet(attributes)) == compute_frame(sheet(others))


@pytest.mark.parametrize(
    "others",
    [
        'rel="stylesheet" href="/a.css" media="print"',
        'rel="icon" href="/a.css"',
        'rel="alternate" href="/b.css" title="stylesheet"',
    ],
)
def test_pages_that_differ_in_more_have_frames_of_their_own(others: str) -> None:
    frames = {
        compute_frame(sheet(one))
        for one in (
            'rel="stylesheet" href="/a.css"',
            'rel="alternate" href="/a.css" title="stylesheet"',
            others,
        )
    }
    assert len(frames) == 3


def test_a_page_that_will_not_be_published_is_marked() -> None:
    pages = PageList()
    pages.replace([PageNote("/plum/index.html", "/plum/", "Plum", "content/plum.md", "a <draft>")])
    assert b'data-mark="a &lt;draft&gt;"' in ask(Inner(), "/plum/", pages=pages).body
    assert b'data-mark=""' in ask(Inner(), "/pear/", pages=pages).body


def test_the_pages_are_listed_for_this_machine_alone() -> None:
    pages = PageList()
    pages.replace([PageNote("/plum/index.html", "/plum/", "Plum", "content/plum.md", "")])
    inner = Inner()
    shown = ask(inner, "/.pectin/pages", pages=pages)
    assert (shown.status, b"content/plum.md" in shown.body) == (200, True)
    assert b"data-version" in shown.body
    refused = ask(inner, "/.pectin/pages", host="rebound.example", pages=pages)
    assert (refused.status, b"plum" in refused.body) == (403, False)
    assert not inner.asked
