"""ASGI's types, and the answers that are sent as its messages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from pectin.edge.model import ByteRange, Headers

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_OVERHEAD = 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole response: two messages that are sent as they are, any number of times."""

    start: Message
    body: Message

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        return len(self.body["body"]) + _OVERHEAD


@dataclass(frozen=True, slots=True)
class Streamed:
    """A response whose body is read while it is sent.

    `parts` are what is sent in order: bytes as they are, or ranges of what `reader` reads. Who
    sends it closes the reader.
    """

    start: Message
    reader: BinaryIO
    parts: tuple[bytes | ByteRange, ...]


def make_start(status: int, headers: Headers, length: int | None) -> Message:
    """The first message of a response; `length` is Content-Length, None where it has none."""
    fields = [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers]
    if length is not None:
        fields.append((b"content-length", str(length).encode("ascii")))
    return {"type": "http.response.start", "status": status, "headers": fields}


def make_answer(
    status: int, headers: Headers, body: bytes = b"", *, length: int | None = None
) -> Answer:
    """A response with `body`; `length` where Content-Length is not the length of `body`."""
    start = make_start(status, headers, len(body) if length is None else length)
    return Answer(start, {"type": "http.response.body", "body": body, "more_body": False})


def make_empty(status: int, headers: Headers) -> Answer:
    """A response that has no body, and no length of one."""
    start = make_start(status, headers, None)
    return Answer(start, {"type": "http.response.body", "body": b"", "more_body": False})
