"""Large bodies, sent in pieces that a thread reads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import BinaryIO

from pectin.edge.model import ByteRange
from pectin.web.messages import Receive, Send, Streamed

PIECE_SIZE = 64 * 1024
"""Bytes that are read and sent at once."""

PATIENCE_SECONDS = 60
"""How long a client may take for a piece."""


class CutShort(OSError):
    """A file ended before the size that its entry promised."""


async def stream(
    answer: Streamed, receive: Receive, send: Send, *, patience_seconds: float = PATIENCE_SECONDS
) -> None:
    """Send `answer` until its end, until the client is gone, or until it has taken nothing for
    `patience_seconds`.

    Raises OSError where the file cannot be read to the promised end; the client then sees a body
    that is shorter than Content-Length, and knows.
    """
    reader = answer.reader
    gone = asyncio.ensure_future(_wait_for_disconnect(receive))
    try:
        await send(answer.start)
        async for piece in _read_pieces(answer.parts, reader):
            # Servers take what is sent to a closed connection without a word.
            if gone.done():
                return
            if not await _offer(send, piece, patience_seconds):
                return
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        gone.cancel()
        reader.close()


async def _offer(send: Send, piece: bytes, patience_seconds: float) -> bool:
    """Whether the client took `piece` in time."""
    try:
        async with asyncio.timeout(patience_seconds):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    except TimeoutError:
        return False
    return True


async def _wait_for_disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _read_pieces(
    parts: tuple[bytes | ByteRange, ...], reader: BinaryIO
) -> AsyncIterator[bytes]:
    for part in parts:
        if isinstance(part, bytes):
            yield part
            continue
        await asyncio.to_thread(reader.seek, part.first)
        left = part.size
        while left:
            piece = await asyncio.to_thread(reader.read, min(left, PIECE_SIZE))
            if not piece:
                raise CutShort("the file is shorter than its entry says")
            left -= len(piece)
            yield piece
