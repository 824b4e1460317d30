"""What is asked of a server, and the check that it answers as it should before it is measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPResponse

import brotli
from bench.edge.files import NOT_FOUND, url_of
from bench.edge.servers import Server, connect

_BROWSER = {"Accept-Encoding": "gzip, deflate, br"}


@dataclass(frozen=True, slots=True)
class Request:
    """A GET with its header fields, and the status that it must get."""

    url: str
    headers: tuple[tuple[str, str], ...]
    status: HTTPStatus


Scenario = tuple[Request, ...]


def plan_scenarios(server: Server, files: Mapping[str, bytes]) -> dict[str, Scenario]:
    """The scenarios by name, with the validators that this server sends.

    Raises SystemExit when the server answers any of them wrongly.
    """
    pages = {url_of(path): body for path, body in files.items() if path != NOT_FOUND}
    connection = connect(server)
    identity = tuple(_request(server, url, {}) for url in pages)
    compressed = tuple(_request(server, url, _BROWSER) for url in pages)
    revalidated = tuple(
        _request(
            server, url, {**_BROWSER, "If-None-Match": _etag(connection, server, url)}, status=304
        )
        for url in pages
    )
    missing = tuple(
        _request(server, f"/articles/missing-{number}/", _BROWSER, status=404)
        for number in range(7)
    )
    for request in (*identity, *compressed, *revalidated, *missing):
        _require(connection, server, request, pages.get(request.url, files[NOT_FOUND]))
    connection.close()
    return {
        "200, identity": identity,
        "200, Brotli": compressed,
        "304": revalidated,
        "404": missing,
        "mix": (*compressed * 6, *identity, *revalidated * 2, *missing),
    }


def _request(server: Server, url: str, headers: Mapping[str, str], *, status: int = 200) -> Request:
    return Request(url, (("Host", server.host), *headers.items()), HTTPStatus(status))


def _ask(connection: HTTPConnection, request: Request) -> tuple[HTTPResponse, bytes]:
    connection.putrequest("GET", request.url, skip_host=True, skip_accept_encoding=True)
    for name, value in request.headers:
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    return response, response.read()


def _etag(connection: HTTPConnection, server: Server, url: str) -> str:
    response, _ = _ask(connection, _request(server, url, _BROWSER))
    return response.headers["ETag"] or ""


def _require(connection: HTTPConnection, server: Server, request: Request, body: bytes) -> None:
    response, got = _ask(connection, request)
    if response.status != request.status:
        raise SystemExit(
            f"{server.name} answers {response.status} for {request.url}, not {request.status}"
        )
    if request.status == HTTPStatus.NOT_MODIFIED:
        body = b""
    elif response.headers.get("Content-Encoding") == "br":
        got = brotli.decompress(got)
    if got != body:
        raise SystemExit(f"{server.name} sends another body for {request.url} than the file has")


def sends_brotli(server: Server, request: Request) -> bool:
    """Whether the server answers `request` in Brotli."""
    connection = connect(server)
    response, _ = _ask(connection, request)
    connection.close()
    return response.headers.get("Content-Encoding") == "br"
