"""Decisions to responses."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from typing import BinaryIO, assert_never

from pectin.deploy.ports import Blobs
from pectin.edge.model import (
    ByteRange,
    Decision,
    NoContent,
    NotModified,
    Redirected,
    Refused,
    Request,
    Serve,
)
from pectin.edge.negotiation import IDENTITY
from pectin.edge.ranges import render_part_heads
from pectin.values.output import Stream
from pectin.web.errors import refuse
from pectin.web.messages import Answer, Scope, Streamed, make_answer, make_empty, make_start
from pectin.web.streaming import PIECE_SIZE
from pectin.web.variants import Variants


class Responses:
    """Turns decisions into messages, with bodies from the store. For one event loop."""

    def __init__(self, blobs: Blobs, variants: Variants) -> None:
        self._blobs = blobs
        self._variants = variants

    async def render(self, decision: Decision, request: Request, scope: Scope) -> Answer | Streamed:
        """The response that `decision` describes. Raises what the store raises."""
        match decision:
            case Serve():
                return await self._render_file(decision, is_head=request.method == "HEAD")
            case NotModified():
                return make_empty(304, decision.headers)
            case NoContent():
                return make_empty(204, decision.headers)
            case Redirected():
                location = ("location", decision.location)
                return make_answer(decision.status, (location, *decision.headers))
            case Refused():
                return refuse(scope, decision.status, decision.reason, decision.headers)
            case _:
                assert_never(decision)

    async def _render_file(self, serve: Serve, *, is_head: bool) -> Answer | Streamed:
        if serve.coding != IDENTITY:
            body = await self._variants.load(serve.entry, serve.coding)
            return _whole(serve, body, is_head=is_head)
        if is_head:
            return make_answer(serve.status, serve.headers, length=serve.entry.size)
        found = self._blobs.open(serve.entry.blob)
        if not isinstance(found, bytes):
            return await asyncio.to_thread(_stream_parts, serve, found)
        if serve.ranges:
            return _render_parts(serve, found)
        return _whole(serve, found, is_head=False)


def _whole(serve: Serve, body: bytes, *, is_head: bool) -> Answer:
    return make_answer(serve.status, serve.headers, b"" if is_head else body, length=len(body))


def _stream_parts(serve: Serve, stream: Stream) -> Streamed:
    parts = _list_parts(serve)
    length = sum(len(part) if isinstance(part, bytes) else part.size for part in parts)
    start = make_start(serve.status, serve.headers, length)
    reader = stream.open()
    try:
        return Streamed(start, reader, tuple(_read_first(parts, reader)))
    except BaseException:
        reader.close()
        raise


def _read_first(
    parts: Iterable[bytes | ByteRange], reader: BinaryIO
) -> Iterator[bytes | ByteRange]:
    """`parts` with the first piece read, so that damage at once is told by the status."""
    rest = iter(parts)
    for part in rest:
        if isinstance(part, bytes):
            yield part
            continue
        reader.seek(part.first)
        piece = reader.read(min(part.size, PIECE_SIZE))
        yield piece
        if len(piece) < part.size:
            yield ByteRange(part.first + len(piece), part.last)
        yield from rest


def _render_parts(serve: Serve, body: bytes) -> Answer:
    parts = _list_parts(serve)
    pieces = (p if isinstance(p, bytes) else body[p.first : p.last + 1] for p in parts)
    return make_answer(serve.status, serve.headers, b"".join(pieces))


def _list_parts(serve: Serve) -> tuple[bytes | ByteRange, ...]:
    if not serve.ranges:
        return (ByteRange(0, serve.entry.size - 1),)
    if len(serve.ranges) == 1:
        return serve.ranges
    *heads, close = render_part_heads(serve.entry, serve.ranges)
    parts: list[bytes | ByteRange] = []
    for head, part in zip(heads, serve.ranges, strict=True):
        parts += (head, part)
    return (*parts, close)
