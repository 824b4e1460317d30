"""Requests over HTTP, by urllib3: what every loader that asks a server has in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pectin.data.context import LoaderContext
from pectin.data.declaration import LoaderError
from pectin.data.response_cache import StoredResponse

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

_RETRIED = (429, 500, 502, 503, 504)
_BACKOFF_SECONDS = 0.5
_MOST_REDIRECTS = 5
_CHUNK = 1 << 16
_NOT_MODIFIED = 304
_OK = range(200, 300)
_AGENT = "Pectin"


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask for. A `body` is sent as JSON, by POST, and asks only: it may be sent twice."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    timeout: float = 30.0
    retries: int = 3
    most_bytes: int = 16 << 20

    @property
    def method(self) -> str:
        """The method of the request."""
        return "GET" if self.body is None else "POST"

    def to(self, url: str) -> Request:
        """The same request to another URL."""
        return replace(self, url=url)

    def with_body(self, body: bytes) -> Request:
        """The same request with another body."""
        return replace(self, body=body)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered. `link` is the field Link, `media_type` the field Content-Type."""

    body: bytes
    link: str = ""
    media_type: str = ""


def send(context: LoaderContext, request: Request) -> Answer:
    """The answer to `request`; the one that is kept where the server says that it is good.

    Raises LoaderError for every status but 2xx, and when nothing is answered.
    """
    try:
        import urllib3
    except ImportError:
        raise LoaderError("loaders over HTTP need urllib3: pip install 'pectin[data]'") from None
    if urlsplit(request.url).scheme not in {"http", "https"}:
        raise LoaderError(f"{context.redact(request.url)} is not an http(s) URL")
    key = context.redact(repr((request.method, request.url, sorted(request.headers.items()))))
    stored = context.responses.load(key) if request.body is None else None
    retry = urllib3.Retry(
        total=request.retries + _MOST_REDIRECTS,
        connect=request.retries,
        read=request.retries,
        status=request.retries,
        other=0,
        redirect=_MOST_REDIRECTS,
        backoff_factor=_BACKOFF_SECONDS,
        status_forcelist=_RETRIED,
        allowed_methods=None,
        raise_on_status=False,
    )
    try:
        with urllib3.PoolManager() as pool:
            response = pool.request(
                request.method,
                request.url,
                headers=_list_headers(request, stored),
                body=request.body,
                timeout=urllib3.Timeout(connect=request.timeout, read=request.timeout),
                retries=retry,
                preload_content=False,
            )
            try:
                return _take(context, request, response, key, stored)
            finally:
                response.close()
    except urllib3.exceptions.HTTPError as error:
        reason = getattr(error, "reason", None) or error
        message = f"{context.redact(request.url)} did not answer: {type(reason).__name__}"
        raise LoaderError(f"{message}: {context.redact(str(reason))}") from None


def _list_headers(request: Request, stored: StoredResponse | None) -> dict[str, str]:
    headers = {"User-Agent": _AGENT, "Accept-Encoding": "gzip, deflate", **request.headers}
    if request.body is not None:
        headers["Content-Type"] = "application/json"
    if stored and stored.etag:
        headers["If-None-Match"] = stored.etag
    if stored and stored.last_modified:
        headers["If-Modified-Since"] = stored.last_modified
    return headers


def _take(
    context: LoaderContext,
    request: Request,
    response: BaseHTTPResponse,
    key: str,
    stored: StoredResponse | None,
) -> Answer:
    if response.status == _NOT_MODIFIED and stored is not None:
        return Answer(stored.body.encode(), stored.link, stored.media_type)
    name = context.redact(request.url)
    if response.status not in _OK:
        said = context.redact(
            _read(response, _SHOWN_BYTES, name, is_cut=True).decode(errors="replace")
        )
        shown = f": {' '.join(said.split())}" if said.strip() else ""
        raise LoaderError(
            f"{name} answered {response.status} {response.reason or ''}".rstrip() + shown
        )
    body = _read(response, request.most_bytes, name)
    link = response.headers.get("Link", "")
    media_type = response.headers.get("Content-Type", "")
    if request.body is None:
        _keep(
            context, key, response, StoredResponse(_decode(body), link=link, media_type=media_type)
        )
    return Answer(body, link, media_type)


_SHOWN_BYTES = 200


def _keep(
    context: LoaderContext, key: str, response: BaseHTTPResponse, stored: StoredResponse
) -> None:
    if not stored.body or context.find_secret(stored.body):
        return
    etag = response.headers.get("ETag", "")
    modified = response.headers.get("Last-Modified", "")
    context.responses.store(key, replace(stored, etag=etag, last_modified=modified))


def _decode(body: bytes) -> str:
    """The text of `body`; "" where it is not UTF-8, which is then not kept."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        return ""


def _read(response: BaseHTTPResponse, most: int, name: str, *, is_cut: bool = False) -> bytes:
    """The decoded body, of which no more than `most` bytes are ever held."""
    body = bytearray()
    chunks: Any = response.stream(_CHUNK, decode_content=True)
    for chunk in chunks:
        body += chunk
        if len(body) > most:
            if is_cut:
                return bytes(body[:most])
            raise LoaderError(f"{name} answered more than {most:,} bytes")
    return bytes(body)
