"""The client against a real server on a free port of this machine."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from pectin.adapters.link_client import HttpLinkClient
from pectin.build.inspection.external import Answer


class Handler(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        status, headers = ROUTES.get(self.path, (404, {}))
        if self.path == "/agent" and self.headers["User-Agent"] != "Pectin/test":
            status = 400
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815 - as the library calls it

    def log_message(self, *arguments: object) -> None:
        """Be quiet."""


ROUTES: dict[str, tuple[int, dict[str, str]]] = {
    "/": (200, {}),
    "/agent": (200, {}),
    "/a%20b?c=d%C3%A9": (200, {}),
    "/moved": (301, {"Location": "/there"}),
    "/busy": (429, {"Retry-After": "7"}),
    "/later": (503, {"Retry-After": "Wed, 01 Jan 2042 00:00:09 GMT", "Date": "x"}),
    "/odd": (429, {"Retry-After": "soon"}),
}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def make_client(*, allows_private: bool = True, timeout: float = 20) -> HttpLinkClient:
    return HttpLinkClient("Pectin/test", timeout=timeout, allows_private=allows_private)


@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_the_server_is_told_who_asks(port: int, method: str) -> None:
    assert make_client().ask(method, f"http://127.0.0.1:{port}/agent") == Answer(200)


def test_an_answer_says_where_to_go_and_when(port: int) -> None:
    at = f"http://127.0.0.1:{port}"
    client = make_client()
    assert client.ask("HEAD", f"{at}/nothing") == Answer(404)
    assert client.ask("HEAD", f"{at}/moved") == Answer(301, "/there")
    assert client.ask("HEAD", f"{at}/busy") == Answer(429, retry_after=7)
    assert client.ask("HEAD", f"{at}/odd") == Answer(429)
    assert client.ask("HEAD", f"{at}/later").retry_after > 0


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack row 28, DNS rebinding: a name that means another address the second time."""
    answers = iter([("93.184.215.14", port), ("127.0.0.1", port)])

    def resolve(*_: object, **__: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", next(answers))]

    def connect(address: tuple[str, int], *_: object) -> socket.socket:
        raise ConnectionRefusedError(111, f"asked {address[0]}")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    answer = make_client(allows_private=False).ask("GET", f"http://rebinding.example:{port}/")
    assert "asked 93.184.215.14" in answer.fault


def test_a_url_is_asked_for_as_a_browser_writes_it(port: int) -> None:
    assert make_client().ask("GET", f"http://127.0.0.1:{port}/a b?c=dé") == Answer(200)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "10.0.0.1",
        "169.254.169.254",
        "192.168.1.1",
        "0.0.0.0",
        "0",
        "127.1",
        "0177.1",
        "100.64.0.1",
        "2130706433",
        "0x7f.1",
        "[fe80::1]",
        "[fc00::1]",
        "[2002:7f00:1::]",
        "224.0.0.1",
    ],
)
def test_what_is_behind_the_firewall_is_not_asked(host: str) -> None:
    """Attack row 28."""
    answer = make_client(allows_private=False).ask("GET", f"http://{host}/")
    assert (answer.status, answer.is_refused or "nobody knows" in answer.fault) == (0, True)


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("http://nothing.invalid/", "nobody knows"),
        ("http://", "no host"),
        ("http://a:b/", "is no URL"),
        ("http://[/", "is no URL"),
        (f"http://{'a' * 64}.example/", "is no URL"),
    ],
)
def test_what_is_at_no_host_is_told(url: str, fault: str) -> None:
    answer = make_client().ask("HEAD", url)
    assert (answer.status, fault in answer.fault) == (0, True)


def test_a_server_that_is_silent_or_gone_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        answer = make_client(timeout=0.05).ask("HEAD", f"http://127.0.0.1:{port}/")
        assert answer.fault == "does not answer within 0.05 seconds"
    assert "cannot be reached" in make_client().ask("HEAD", f"http://127.0.0.1:{port}/").fault


def test_a_server_that_speaks_no_http_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def chat() -> None:
            connection, _ = server.accept()
            connection.recv(1000)
            connection.sendall(b"220 mail ready\r\n")
            connection.close()

        thread = Thread(target=chat)
        thread.start()
        answer = make_client().ask("GET", f"http://127.0.0.1:{port}/")
        thread.join()
    assert "cannot be reached" in answer.fault
