from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

import brotli
import pytest

from pectin.adapters.memory_store import MemoryStore
from pectin.deploy.errors import CorruptBlob, StoreError
from pectin.deploy.model import Deploy, Ref
from pectin.deploy.retention import Retention, gc
from pectin.values.digest import Digest, compute_digest
from pectin.values.output import Stream
from pectin.values.site import RefName, SiteName
from pectin.web.application import Application, Options
from pectin.web.messages import Message, Scope

Get = Callable[..., tuple[int, dict[str, str], bytes]]
Publish = Callable[..., Deploy]


def test_a_page_is_served_with_all_its_fields(get: Get) -> None:
    status, fields, body = get("/about")
    assert status == 200
    assert b"About one" in body
    assert len(fields.pop("etag")) == 34
    assert fields == {
        "content-type": "text/html; charset=utf-8",
        "cache-control": "public, max-age=0, must-revalidate",
        "x-content-type-options": "nosniff",
        "x-frame-options": "SAMEORIGIN",
        "referrer-policy": "strict-origin-when-cross-origin",
        "accept-ranges": "bytes",
        "vary": "accept-encoding",
        "last-modified": "Sun, 06 Nov 1994 08:49:37 GMT",
        "content-length": str(len(body)),
    }


@pytest.mark.parametrize("path", ["/about", "/nothing", "/about.html", "/no.js", "/cover.png"])
def test_an_answer_from_memory_is_the_one_that_was_made(get: Get, path: str) -> None:
    assert get(path) == get(path)


def test_a_publish_is_seen_by_the_next_request(get: Get, publish_version: Publish) -> None:
    _, before, _ = get("/about")
    publish_version("two")
    status, after, body = get("/about", fields=[("if-none-match", before["etag"])])
    assert (status, b"About two" in body) == (200, True)
    assert after["last-modified"] > before["last-modified"]


def test_a_page_that_did_not_change_is_still_fresh_after_a_publish(
    get: Get, publish_version: Publish
) -> None:
    _, before, _ = get("/cover.png")
    publish_version("two")
    status, _, body = get("/cover.png", fields=[("if-none-match", before["etag"])])
    assert (status, body) == (304, b"")


def test_a_script_of_the_deploy_before_is_still_answered(
    get: Get, publish_version: Publish
) -> None:
    """Attack row 39."""
    publish_version("two")
    status, fields, body = get("/app.one.js")
    assert (status, fields["content-type"]) == (200, "text/javascript")
    assert b"'one'" in body
    status, fields, body = get("/app.none.js")
    assert (status, fields["content-type"]) == (404, "text/plain; charset=utf-8")
    assert b"<" not in body


def test_head_has_the_fields_of_get_and_no_body(get: Get) -> None:
    for path in ("/about", "/cover.png", "/nothing", "/no.js", "/about.html"):
        for coding in ("identity", "br"):
            options = {"fields": [("accept-encoding", coding)]}
            status, fields, body = get(path, method="HEAD", **options)
            assert (status, fields) == get(path, **options)[:2]
            assert body == b""


def test_a_copy_is_confirmed_without_a_body_or_its_length(get: Get) -> None:
    _, before, _ = get("/about", fields=[("accept-encoding", "br")])
    asked = [("accept-encoding", "br"), ("if-none-match", before["etag"])]
    status, fields, body = get("/about", fields=asked)
    assert (status, body) == (304, b"")
    assert "content-length" not in fields
    assert (fields["etag"], fields["vary"]) == (before["etag"], "accept-encoding")


def test_fields_that_were_sent_in_lines_are_one_list(get: Get) -> None:
    _, before, _ = get("/cover.png")
    lines = [("if-none-match", '"x"'), ("if-none-match", before["etag"])]
    assert get("/cover.png", fields=lines)[0] == 304
    lines = [("accept-encoding", "deflate"), ("accept-encoding", "br")]
    assert get("/about", fields=lines)[1]["content-encoding"] == "br"


def test_a_variant_expands_to_the_page(get: Get) -> None:
    _, fields, body = get("/about", fields=[("accept-encoding", "gzip, br")])
    assert fields["content-encoding"] == "br"
    assert brotli.decompress(body) == get("/about")[2]
    assert fields["content-length"] == str(len(body))


@pytest.mark.parametrize("asked", ["0-9", "100-", "-7", "1023-1023", "0-99999"])
def test_a_range_is_that_slice_of_the_file(get: Get, asked: str) -> None:
    whole = get("/cover.png")[2]
    status, fields, body = get("/cover.png", fields=[("range", f"bytes={asked}")])
    first, last = map(int, fields["content-range"][6:].split("/")[0].split("-"))
    assert status == 206
    assert body == whole[first : last + 1]
    assert fields["content-length"] == str(len(body))


def test_several_ranges_are_parts_with_their_places(get: Get) -> None:
    whole = get("/cover.png")[2]
    status, fields, body = get("/cover.png", fields=[("range", "bytes=0-9,500-509,-1")])
    boundary = fields["content-type"].partition("boundary=")[2].encode()
    before, *parts, after = body.split(b"--" + boundary)
    assert (status, before, after) == (206, b"\r\n", b"--\r\n")
    bodies = [part.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n") for part in parts]
    assert bodies == [whole[0:10], whole[500:510], whole[-1:]]
    assert b"content-range: bytes 500-509/1024" in parts[1]
    assert fields["content-length"] == str(len(body))


def test_a_deploy_has_a_host_of_its_own_that_is_not_indexed(
    get: Get, publish_version: Publish, store: MemoryStore
) -> None:
    first = store.list_deploys(SiteName("demo"))[0]
    publish_version("two")
    status, fields, body = get("/about", host=f"{first.id}--demo.localhost:8787")
    assert (status, b"About one" in body) == (200, True)
    assert fields["x-robots-tag"] == "noindex"
    assert "x-robots-tag" not in get("/about")[1]


@pytest.mark.parametrize(
    "host",
    [
        "evil.com",
        "other.localhost",
        "0123456789ab--demo.localhost",
        "demo.localhost.evil.com",
        "a b",
    ],
)
def test_a_host_of_no_site_is_told_so(get: Get, host: str) -> None:
    status, fields, body = get("/about", host=host)
    assert (status, fields["cache-control"]) == (421, "no-store")
    assert b"Plum" not in body


def test_a_domain_leads_to_its_site_alone(get: Get, publish_version: Publish) -> None:
    publish_version("other", "other", domains=("jam.example",))
    assert b"About other" in get("/about", host="jam.example")[2]
    assert b"About other" in get("/about", host="JAM.example.:80")[2]
    assert b"About one" in get("/about", host="demo.localhost")[2]
    assert get("/about", host="www.jam.example")[0] == 421


def test_sites_have_a_name_below_a_base_domain(store: MemoryStore) -> None:
    application = Application(store, lambda: 0, Options(base_domains=("example.dev",)))
    scope = make_scope("/about", "demo.example.dev")
    assert exchange(application, scope)[0]["status"] == 200


@pytest.mark.parametrize("host", ["localhost:8787", "127.0.0.1", "[::1]:8787"])
def test_this_machine_by_itself_is_the_only_site_or_else_a_list(
    get: Get, publish_version: Publish, host: str
) -> None:
    assert b"About one" in get("/about", host=host)[2]
    publish_version("other", "other")
    status, _, body = get("/", host=host)
    assert status == 200
    assert b'href="//other.localhost:8787/"' in body
    assert get("/", host=host, method="HEAD")[2] == b""
    assert get("/", host=host, client="192.0.2.1")[0] == 421


def test_the_list_of_sites_is_one_page_that_can_only_be_read(
    get: Get, publish_version: Publish
) -> None:
    publish_version("other", "other")
    assert get("/about", host="localhost")[0] == 404
    status, fields, body = get("/", host="localhost", method="OPTIONS")
    assert (status, fields["allow"], body) == (204, "GET, HEAD, OPTIONS", b"")
    status, fields, _ = get("/", host="localhost", method="DELETE")
    assert (status, fields["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_a_date_in_the_future_is_told_once_it_has_come(store: MemoryStore) -> None:
    moved_at = 784111777
    now = [moved_at - 1]
    application = Application(store, lambda: now[0])
    early, _ = exchange(application, make_scope("/about"))
    now[0] = moved_at
    late, _ = exchange(application, make_scope("/about"))
    dated = (b"last-modified", b"Sun, 06 Nov 1994 08:49:37 GMT")
    assert (dated in early["headers"], dated in late["headers"]) == (False, True)


def test_forwarded_fields_are_not_heard(get: Get, publish_version: Publish) -> None:
    publish_version("other", "other")
    plain = get("/about.html")
    forged = [
        ("x-forwarded-host", "other.localhost"),
        ("x-forwarded-proto", "http://evil/"),
        ("x-forwarded-prefix", "/evil"),
        ("forwarded", "host=other.localhost"),
        ("x-original-url", "/index.html"),
        ("x-http-method-override", "DELETE"),
    ]
    assert get("/about.html", fields=forged) == plain


@pytest.mark.parametrize(
    "fields", [[("host", "other.localhost")], [("host", "demo.localhost"), ("host", "x")]]
)
def test_a_request_with_two_hosts_is_refused(get: Get, fields: list[tuple[str, str]]) -> None:
    assert get("/about", fields=fields)[0] == 400


@pytest.mark.parametrize("host", [None, ""])
def test_a_request_without_host_is_refused(get: Get, host: str | None) -> None:
    assert get("/about", host=host)[0] == 400


@pytest.mark.parametrize(
    "path", ["/<script>alert(1)</script>", "/%3Cscript%3E", "/<script>.js", "/a\\<script>"]
)
def test_nothing_of_a_path_is_repeated(get: Get, path: str) -> None:
    """Attack row 31."""
    for fields in ([], [("accept", "application/json")]):
        status, headers, body = get(path, query="<script>", fields=fields)
        assert status in {400, 404}
        assert b"script" not in body
        assert "script" not in str(headers).lower()


def test_a_program_gets_a_problem_document(get: Get) -> None:
    status, fields, body = get("/no.js", fields=[("accept", "application/json")])
    assert (status, fields["content-type"]) == (404, "application/problem+json")
    assert json.loads(body) == {
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at this address.",
    }
    assert "accept" in fields["vary"]


def test_a_refusal_has_the_phrase_of_the_rfc(get: Get) -> None:
    """RFC 9110 15.5.17, which Python knows by the words of an older one."""
    _, _, body = get("/about", fields=[("range", "bytes=999999-")])
    assert body.startswith(b"416 Range Not Satisfiable\n")


@pytest.mark.parametrize(
    ("field", "status"), [(("range", "bytes=999999-"), 416), (("if-match", '"jam"'), 412)]
)
def test_a_refusal_that_depended_on_the_codings_says_so(
    get: Get, field: tuple[str, str], status: int
) -> None:
    answered, fields, _ = get("/about", fields=[field])
    assert (answered, fields["vary"]) == (status, "accept, accept-encoding")
    assert get("/cover.png", fields=[field])[1]["vary"] == "accept"


@pytest.mark.parametrize("path", ["/about.html", "/old/jam"])
def test_a_redirect_is_not_to_be_sniffed(get: Get, path: str) -> None:
    status, fields, _ = get(path)
    assert 300 < status < 400
    assert fields["x-content-type-options"] == "nosniff"


def test_other_methods_are_refused_with_those_that_are_not(get: Get) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"):
        status, fields, _ = get("/about", method=method)
        assert (status, fields["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert get("/about", method="BREW")[0] == 501
    status, fields, body = get("/about", method="OPTIONS")
    assert (status, fields["allow"], body) == (204, "GET, HEAD, OPTIONS", b"")


def test_a_query_neither_fills_the_memory_nor_loses_its_way(
    get: Get, application: Application
) -> None:
    """Attack row 22."""
    for number in range(50):
        assert get("/about", query=f"utm_source={number}") == get("/about")
        status, fields, _ = get("/about.html", query=f"n={number}")
        assert (status, fields["location"]) == (301, f"/about?n={number}")
    assert application.count_pages() == 1


def test_invented_fields_do_not_fill_the_memory(get: Get, application: Application) -> None:
    """Attack row 22."""
    for number in range(50):
        get("/about", fields=[("x-jam", str(number))])
        get("/about", fields=[("accept-encoding", f"jam{number}")])
        get("/about", fields=[("if-none-match", f'"{number}"')])
        get("/about", fields=[("range", f"bytes={number}-")])
        get("/%61bout")
    assert application.count_pages() == 1


def test_a_flood_of_misses_pushes_no_page_out(store: MemoryStore) -> None:
    application = Application(store, lambda: 0, Options(cache_size=64 * 1024))
    exchange(application, make_scope("/about"))
    for number in range(100):
        exchange(application, make_scope(f"/nothing/{number}"))
    assert application.count_pages() == 1


class Damaged(MemoryStore):
    """Of whose blobs the larger ones have rotted."""

    error: type[CorruptBlob | StoreError] | None = None

    def open(self, digest: Digest) -> bytes | Stream:
        if self.error is CorruptBlob:
            raise CorruptBlob(digest)
        return super().open(digest)

    def read(self, site: SiteName, ref: RefName) -> Ref | None:
        if self.error is StoreError:
            raise StoreError("/secret/folder: no space")
        return super().read(site, ref)


@pytest.mark.parametrize("error", [CorruptBlob, StoreError])
def test_a_failure_tells_the_client_an_id_and_the_log_the_cause(
    publish_into: Callable[..., Deploy],
    caplog: pytest.LogCaptureFixture,
    error: type[CorruptBlob | StoreError],
) -> None:
    store = Damaged()
    publish_into(store)
    store.error = error
    application = Application(store, lambda: 0)
    start, *bodies = exchange(application, make_scope("/about"))
    body = b"".join(message["body"] for message in bodies)
    assert start["status"] == 500
    assert (b"cache-control", b"no-store") in start["headers"]
    assert b"secret" not in body
    assert b"damaged" not in body
    [record] = caplog.records
    what, _, cause = record.getMessage().partition(": ")
    assert what.rpartition(" ")[2].encode() in body
    assert cause.startswith("GET demo.localhost/about: ")
    assert ("run `pectin verify" in cause) is (error is CorruptBlob)
    assert record.exc_info is None
    store.error = None
    assert exchange(application, make_scope("/about"))[0]["status"] == 200


def test_the_way_to_a_failure_is_logged_where_it_is_asked_for(
    publish_into: Callable[..., Deploy], caplog: pytest.LogCaptureFixture
) -> None:
    store = Damaged()
    publish_into(store)
    store.error = CorruptBlob
    exchange(Application(store, lambda: 0, Options(debug=True)), make_scope("/about"))
    [record] = caplog.records
    assert isinstance(record.exc_info, tuple)
    assert isinstance(record.exc_info[1], CorruptBlob)


def test_nothing_that_a_client_sends_makes_a_line_of_the_log(
    publish_into: Callable[..., Deploy], caplog: pytest.LogCaptureFixture
) -> None:
    store = Damaged()
    publish_into(store)
    store.error = StoreError
    exchange(Application(store, lambda: 0), make_scope("/a\n\x1b[31mb c"))
    [record] = caplog.records
    assert "demo.localhost/a%0A%1B[31mb%20c: " in record.getMessage()


class Breaking(BytesIO):
    """Of which the first piece alone can be read."""

    def read(self, _size: int | None = -1, /) -> bytes:
        if self.tell():
            raise CorruptBlob(compute_digest(b"film"))
        return super().read(100)


@dataclass(frozen=True)
class Film:
    size: int

    def open(self) -> BinaryIO:
        return Breaking(bytes(self.size))


class Projector(MemoryStore):
    """Which has nothing but large files."""

    def open(self, digest: Digest) -> bytes | Stream:
        return Film(len(self.get(digest)))


def test_a_body_that_breaks_off_is_one_line_of_the_log(
    publish_into: Callable[..., Deploy], caplog: pytest.LogCaptureFixture
) -> None:
    store = Projector()
    publish_into(store)
    application = Application(store, lambda: 0)
    start, *bodies = exchange(application, make_scope("/cover.png"))
    assert (start["status"], [message["more_body"] for message in bodies]) == (200, [True])
    [record] = caplog.records
    assert record.getMessage().startswith("response cut off: GET demo.localhost/cover.png: blob ")
    assert record.exc_info is None


class Collected(MemoryStore):
    """From which, as soon as it has been asked where a host leads, that is collected."""

    meanwhile: Callable[[], None] = staticmethod(lambda: None)

    def read(self, site: SiteName, ref: RefName) -> Ref | None:
        found = super().read(site, ref)
        self._collect()
        return found

    def find_deploy(self, site: SiteName, prefix: str) -> Deploy | None:
        found = super().find_deploy(site, prefix)
        self._collect()
        return found

    def _collect(self) -> None:
        act, self.meanwhile = self.meanwhile, lambda: None
        act()


@pytest.mark.parametrize("is_of_deploy", [False, True], ids=["site", "deploy"])
def test_who_asks_for_what_is_just_being_collected_gets_what_is_there_then(
    is_of_deploy: bool,  # noqa: FBT001  # a parameter of the table
    publish_into: Callable[..., Deploy],
) -> None:
    """Attack row 38."""
    store = Collected()
    first = publish_into(store)

    def replace() -> None:
        publish_into(store, "two")
        gc(store, now=2**40, retention=Retention(keep=1))

    store.meanwhile = replace
    application = Application(store, lambda: 0)
    host = f"{first.id}--demo.localhost" if is_of_deploy else "demo.localhost"
    start, body = exchange(application, make_scope("/about", host))
    if is_of_deploy:
        assert start["status"] == 421
    else:
        assert (start["status"], b"About two" in body["body"]) == (200, True)


def test_the_time_is_told_only_where_it_is_asked_for(store: MemoryStore, get: Get) -> None:
    application = Application(store, lambda: 0, Options(server_timing=True))
    start, _ = exchange(application, make_scope("/about"))
    assert any(name == b"server-timing" for name, _ in start["headers"])
    again, _ = exchange(application, make_scope("/about"))
    assert [name for name, _ in again["headers"]].count(b"server-timing") == 1
    assert "server-timing" not in get("/about")[1]


def test_a_path_that_the_server_has_decoded_is_found(application: Application) -> None:
    scope = make_scope("/about")
    del scope["raw_path"]
    assert exchange(application, scope)[0]["status"] == 200


def test_a_web_socket_is_refused(application: Application) -> None:
    sent = talk(application, {"type": "websocket"}, [{"type": "websocket.connect"}])
    assert [message["type"] for message in sent] == ["websocket.close"]


def test_the_store_is_let_go_of_at_the_end(store: MemoryStore) -> None:
    closed: list[bool] = []
    application = Application(store, lambda: 0, close=lambda: closed.append(True))
    events = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    sent = talk(application, {"type": "lifespan"}, events)
    assert [message["type"] for message in sent] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
    ]
    assert closed == [True]


def make_scope(path: str, host: str = "demo.localhost") -> Scope:
    return {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", host.encode())],
    }


def exchange(application: Application, scope: Scope) -> list[Message]:
    return talk(application, scope, [])


def talk(application: Application, scope: Scope, events: Iterable[Message]) -> list[Message]:
    """What the application sends when it receives `events`."""
    sent: list[Message] = []
    coming = iter(events)

    async def receive() -> Message:
        return next(coming)

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(application(scope, receive, send))
    return sent
