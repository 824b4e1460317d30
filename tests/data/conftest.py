"""A context as the runner makes it, and a server on this machine that answers what a test says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from pectin.data import LoaderContext
from pectin.data.response_cache import ResponseCache


@dataclass(frozen=True)
class Asked:
    """A request that came."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True)
class Reply:
    """What is answered; a value becomes JSON."""

    value: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        return self.value if isinstance(self.value, bytes) else json.dumps(self.value).encode()


Respond = Callable[[Asked], Reply]


class Server:
    """Answers with `respond`, and remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.respond: Respond = lambda _: Reply()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                raw = self.rfile.read(length)
                parts = urlsplit(self.path)
                headers = {name.lower(): value for name, value in self.headers.items()}
                body = json.loads(raw) if raw else None
                asked = Asked(parts.path, dict(parse_qsl(parts.query)), headers, body)
                server.asked.append(asked)
                reply = server.respond(asked)
                self.send_response(reply.status)
                shown = b"" if reply.status == 304 else reply.body
                for name, value in {**reply.headers, "Content-Length": str(len(shown))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(shown)

            do_POST = do_GET  # noqa: N815 - as the library calls it

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


@pytest.fixture
def context(tmp_path: Path) -> LoaderContext:
    responses = ResponseCache(tmp_path / "responses")
    return LoaderContext(tmp_path, {"TOKEN": "s3cret-value"}, None, responses)
