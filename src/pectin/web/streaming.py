"""Large bodies, sent in pieces that a thread reads."""

from __future__ import annotations

import asyncio
from typing import BinaryIO

from pectin.edge.model import ByteRange
from pectin.web.messages import Send, Streamed

PIECE_SIZE = 64 * 1024
"""Bytes that are read and sent at once."""


class CutShort(OSError):
    """A file ended before the size that its entry promised."""


async def stream(answer: Streamed, send: Send) -> None:
    """Send `answer`. Raises OSError where its file cannot be read to the promised end.

    The client then sees a body that is shorter than Content-Length, and knows.
    """
    reader = await asyncio.to_thread(answer.stream.open)
    try:
        await send(answer.start)
        for part in answer.parts:
            if isinstance(part, bytes):
                await _send_piece(part, send)
            else:
                await _send_range(part, reader, send)
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        reader.close()


async def _send_range(part: ByteRange, reader: BinaryIO, send: Send) -> None:
    await asyncio.to_thread(reader.seek, part.first)
    left = part.size
    while left:
        piece = await asyncio.to_thread(reader.read, min(left, PIECE_SIZE))
        if not piece:
            raise CutShort("the file is shorter than its entry says")
        left -= len(piece)
        await _send_piece(piece, send)


async def _send_piece(piece: bytes, send: Send) -> None:
    await send({"type": "http.response.body", "body": piece, "more_body": True})
