"""Attack rows 10, 11, 12 and 14 against the server that `pectin serve` runs.

The property is always the same: nothing that follows a request whose end is in doubt is taken
for a request, and the server goes on answering. Where Granian (hyper) is lenient, it is so
without doubt about the end: bare LF ends a line, `Content-Length: 010` is ten, a repeated equal
Content-Length is one, white space may follow a chunk's size, and Transfer-Encoding beside
Content-Length wins and closes the connection.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import h11
import pytest

from pectin.app.limits import count_connections, raise_file_limit

SCRIPT = Path(__file__).with_name("serve_in_memory.py")
HOST = b"Host: demo.localhost\r\n"
POST = b"POST / HTTP/1.1\r\n" + HOST
LAST = HOST + b"Connection: close\r\n"
SMUGGLED = b"GET /smuggled HTTP/1.1\r\n" + LAST + b"\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
PATIENCE_SECONDS = 30
HEADER_SECONDS = 2
CROWD = 1_100


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of a running server, which must still end in order when all was tried on it."""
    command = [sys.executable, str(SCRIPT), "0", str(HEADER_SECONDS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        yield int(server.stdout.readline())
        server.send_signal(signal.SIGTERM)
        assert server.wait(PATIENCE_SECONDS) == 0


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)


def exchange(port: int, sent: bytes) -> list[tuple[int, bytes]]:
    """The status and body of every response until the server ends the connection.

    What is sent has to make it do so: by an error, or by `Connection: close` in the last request.
    """
    with connect(port) as client:
        with suppress(ConnectionError):
            client.sendall(sent)
        return parse_responses(read_all(client))


def read_all(client: socket.socket) -> bytes:
    received = b""
    with suppress(ConnectionError):
        while piece := client.recv(1 << 16):
            received += piece
    return received


def parse_responses(received: bytes) -> list[tuple[int, bytes]]:
    """Fails where the bytes are not whole responses to GET, one after the other."""
    found: list[tuple[int, bytes]] = []
    while received:
        client = h11.Connection(h11.CLIENT)
        client.send(h11.Request(method="GET", target="/", headers=[("host", "demo.localhost")]))
        client.send(h11.EndOfMessage())
        client.receive_data(received)
        client.receive_data(b"")
        status, body = 0, b""
        while not isinstance(event := client.next_event(), h11.EndOfMessage):
            if isinstance(event, h11.Response):
                status = event.status_code
            elif isinstance(event, h11.Data):
                body += event.data
            else:
                assert isinstance(event, h11.InformationalResponse)
        found.append((status, body))
        received = client.trailing_data[0]
    return found


def ask(port: int) -> int:
    [(status, body)] = exchange(port, b"GET / HTTP/1.1\r\n" + LAST + b"\r\n")
    assert b"Plum" in body
    return status


@pytest.mark.parametrize(
    "fields",
    [
        b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: identity, chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n\r\n",
        b"Transfer-Encoding: chunkedx\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_two_ways_to_end_a_body_never_make_two_requests(port: int, fields: bytes) -> None:
    """Attack row 10."""
    [(status, _)] = exchange(port, POST + fields + SMUGGLED)
    assert status in {400, 405}
    assert ask(port) == 200


@pytest.mark.parametrize(
    "length",
    [
        *(b"+10", b"0x10", b"1_0", b"-1", b"", b"3, 3", b"3,4", b"1 0", b"1e1", b"10;"),
        *(b"99999999999999999999", b"\xd9\xa1\xd9\xa0", b'"10"', b"3\r\nContent-Length: 4"),
    ],
)
def test_a_length_that_is_not_digits_is_refused(port: int, length: bytes) -> None:
    """Attack row 11."""
    [(status, _)] = exchange(port, POST + b"Content-Length: " + length + b"\r\n\r\n" + SMUGGLED)
    assert status == 400
    assert ask(port) == 200


@pytest.mark.parametrize(
    "chunks",
    [
        *(b"+3\r\nabc\r\n0\r\n\r\n", b"0x3\r\nabc\r\n0\r\n\r\n", b"-3\r\nabc\r\n0\r\n\r\n"),
        *(b"3_0\r\nabc\r\n0\r\n\r\n", b"\r\nabc\r\n0\r\n\r\n", b"3\r\nabcX0\r\n\r\n"),
        *(b"3;a=b\nabc\r\n0\r\n\r\n", b"3\nabc\n0\n\n", b"fffffffffffffffff\r\nabc"),
        *(b"3;\x00\r\nabcd\r\n0\r\n\r\n", b"3\r\nabc\r\n0\r\nX\r\n\r\n"),
    ],
)
def test_a_chunk_that_is_malformed_ends_the_connection(port: int, chunks: bytes) -> None:
    """Attack row 11."""
    [(status, _)] = exchange(port, CHUNKED + chunks + SMUGGLED)
    assert status in {400, 405}
    assert ask(port) == 200


@pytest.mark.parametrize(
    "field",
    [
        *(b"Transfer-Encoding : chunked", b"Transfer-Encoding: \x0bchunked"),
        *(b"Transfer-Encoding: \x00chunked", b"Transfer-Encoding:\r\n chunked"),
        *(b"Transfer-Encoding: chunked\r X: y", b" Transfer-Encoding: chunked"),
        *(b"X: y\r\n Transfer-Encoding: chunked", b"Transfer\xadEncoding: chunked"),
    ],
)
def test_white_space_where_none_belongs_is_refused(port: int, field: bytes) -> None:
    """Attack row 12."""
    [(status, _)] = exchange(port, POST + field + b"\r\n\r\n0\r\n\r\n" + SMUGGLED)
    assert status == 400
    assert ask(port) == 200


def test_bare_line_feeds_end_lines_and_hide_no_request(port: int) -> None:
    """Attack row 12: one request for every reader that goes on at all."""
    [(status, _)] = exchange(port, b"GET / HTTP/1.1\nHost: demo.localhost\nConnection: close\n\n")
    assert status == 200
    hidden = b"GET / HTTP/1.1\r\n" + HOST + b"X: y\n\nGET /hidden HTTP/1.1\r\n" + LAST + b"\r\n"
    assert [status for status, _ in exchange(port, hidden)] == [200, 404]
    [(status, _)] = exchange(port, b"GET / HTTP/1.1\r\n" + HOST + b"X: y\rGET /hidden\r\n\r\n")
    assert status == 400


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (b"http://evil.com/", 200),
        (b"http://evil.com/no.js", 404),
        (b"//evil.com/..%2f", 400),
        (b"/..%5c..%5cx", 400),
        (b"/static/../static1.txt", 400),
        (b"/%2e%2e/%2e%2e/etc/passwd", 400),
        (b"/%252e%252e/", 404),
        (b"/%00", 400),
        (b"/%c0%ae%c0%ae/", 400),
        (b"/a\\b", 400),
        (b"evil.com:443", 400),
        (b"*", 400),
        (b"index.html", 400),
        (b"/\xe9", 400),
        (b"/<script>", 400),
    ],
)
def test_a_target_means_a_file_of_the_host_or_nothing(
    port: int, target: bytes, status: int
) -> None:
    """Attack rows 1, 2 and 8: as the server hands them over."""
    [(answered, body)] = exchange(port, b"GET " + target + b" HTTP/1.1\r\n" + LAST + b"\r\n")
    assert answered == status
    assert b"evil" not in body
    assert b"script" not in body


def test_the_host_field_decides_whatever_the_target_says(port: int) -> None:
    """Not as RFC 9112 3.2.2 has it: see docs/decisions/0046."""
    sent = b"GET http://demo.localhost/ HTTP/1.1\r\nHost: evil.com\r\nConnection: close\r\n\r\n"
    assert [status for status, _ in exchange(port, sent)] == [421]


@pytest.mark.parametrize("upgrade", [b"websocket", b"h2c", b"TLS/1.0"])
def test_an_upgrade_is_not_made(port: int, upgrade: bytes) -> None:
    sent = b"GET / HTTP/1.1\r\n" + HOST + b"Connection: Upgrade, close\r\nUpgrade: " + upgrade
    assert [status for status, _ in exchange(port, sent + b"\r\n\r\n")] == [200]


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 1_000_000,
        b"GET / HTTP/1.1\r\n" + HOST + b"".join(b"x%d: y\r\n" % n for n in range(10_000)),
        b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n" + HOST,
    ],
)
def test_a_head_of_a_megabyte_is_refused_before_it_is_read(port: int, head: bytes) -> None:
    """Attack row 14. The refusal is lost where the client is still sending."""
    assert [status for status, _ in exchange(port, head + b"\r\n\r\n")] in ([], [431])
    assert ask(port) == 200


@pytest.mark.parametrize("host", [b"a" * 40 + b"_b", b"a." * 20_000 + b"_", b"a-" * 20_000])
def test_a_host_that_is_no_name_keeps_nobody_waiting(port: int, host: bytes) -> None:
    """Attack row 14."""
    sent = b"GET / HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n"
    assert [status for status, _ in exchange(port, sent)] == [421]
    assert ask(port) == 200


def test_a_flood_of_ranges_costs_no_more_than_the_file(port: int) -> None:
    """Attack row 14."""
    ranges = b",".join(b"%d-%d" % (n, n) for n in range(0, 200_000, 200))
    sent = b"GET /large.bin HTTP/1.1\r\n" + LAST + b"Range: bytes=" + ranges + b"\r\n\r\n"
    [(status, body)] = exchange(port, sent)
    assert (status, len(body)) == (200, 1 << 20)


def test_pipelined_requests_are_answered_in_order(port: int) -> None:
    """Attack row 14."""
    paths = [b"/", b"/no.js", b"/large.bin", b"/", b"/%00"] * 4
    sent = b"".join(b"GET " + path + b" HTTP/1.1\r\n" + HOST + b"\r\n" for path in paths)
    answered = [status for status, _ in exchange(port, sent + SMUGGLED)]
    assert answered == [*[200, 404, 200, 200, 400] * 4, 404]


def test_a_body_is_neither_read_nor_taken_for_a_request(port: int) -> None:
    sent = POST + b"Content-Length: %d\r\n\r\n" % len(SMUGGLED) + SMUGGLED
    last = b"GET / HTTP/1.1\r\n" + LAST + b"\r\n"
    assert [status for status, _ in exchange(port, sent + last)] == [405, 200]


def test_slow_clients_are_cut_off_and_hold_nobody_up(port: int) -> None:
    """Attack row 14: slow heads and slow bodies."""
    with ExitStack() as opened:
        heads = [opened.enter_context(connect(port)) for _ in range(50)]
        bodies = [opened.enter_context(connect(port)) for _ in range(50)]
        for client in heads:
            client.sendall(b"GET / HTTP/1.1\r\nHost: demo.loc")
        for client in bodies:
            client.sendall(POST + b"Content-Length: 1000000\r\n\r\na")
        assert ask(port) == 200
        for client in heads:
            assert all(status == 408 for status, _ in parse_responses(read_all(client)))
        for client in bodies:
            assert [status for status, _ in parse_responses(read_all(client))] == [405]
    assert ask(port) == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(3) + b"\x04" + bytes(5),
        b"GET / HTTP/1.1\r\n" + HOST + b"\r\n",
    ],
    ids=["nothing", "the preface of HTTP/2", "one request"],
)
def test_a_crowd_that_falls_silent_is_sent_away_and_holds_nobody_up(port: int, sent: bytes) -> None:
    """Attack row 14: more connections than a listener's queue has room for."""
    raise_file_limit()
    if count_connections() < CROWD:
        pytest.skip("this process may not open files enough")
    with ExitStack() as opened:
        crowd = [opened.enter_context(connect(port)) for _ in range(CROWD)]
        for client in crowd:
            client.sendall(sent)
        assert ask(port) == 200
        for client in crowd:
            read_all(client)
