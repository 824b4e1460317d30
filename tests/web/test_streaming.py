from __future__ import annotations

import asyncio
from collections.abc import Iterable
from io import BytesIO
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.edge.model import ByteRange
from pectin.web.messages import Message, Streamed, make_start
from pectin.web.streaming import PIECE_SIZE, CutShort, stream


class Bytes:
    """A Stream of bytes that remembers its readers."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.readers: list[BytesIO] = []

    @property
    def size(self) -> int:
        return len(self.body)

    def open(self) -> BinaryIO:
        self.readers.append(BytesIO(self.body))
        return self.readers[-1]


def send_parts(
    source: Bytes,
    parts: Iterable[bytes | ByteRange],
    *,
    leave_after: int | None = None,
    stop_after: int | None = None,
) -> list[Message]:
    """What is sent to a client that leaves, or stops to read, after so many messages (None:
    never). It need not be waited for.
    """
    sent: list[Message] = []

    async def run() -> None:
        left = asyncio.Event()

        async def receive() -> Message:
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)
            if len(sent) == leave_after:
                left.set()
                await asyncio.sleep(0)
                await asyncio.sleep(0)
            if len(sent) == stop_after:
                await asyncio.Event().wait()

        answer = Streamed(make_start(200, (), None), source.open(), tuple(parts))
        await stream(answer, receive, send, patience_seconds=0)

    asyncio.run(run())
    return sent


def test_a_large_file_is_sent_in_pieces_and_closed() -> None:
    source = Bytes(bytes(range(256)) * 1000)
    start, *pieces, end = send_parts(source, [ByteRange(0, source.size - 1)])
    assert start["type"] == "http.response.start"
    assert b"".join(piece["body"] for piece in pieces) == source.body
    assert max(len(piece["body"]) for piece in pieces) <= PIECE_SIZE
    assert all(piece["more_body"] for piece in pieces)
    assert (end["body"], end["more_body"]) == (b"", False)
    assert [reader.closed for reader in source.readers] == [True]


spans = st.tuples(st.integers(0, 999), st.integers(0, 999)).map(sorted)


@given(st.lists(spans, max_size=4))
def test_ranges_are_slices(pairs: list[list[int]]) -> None:
    source = Bytes(bytes(range(250)) * 4)
    _, *bodies = send_parts(source, [ByteRange(*pair) for pair in pairs])
    assert b"".join(each["body"] for each in bodies) == b"".join(
        source.body[first : last + 1] for first, last in pairs
    )


def test_a_file_that_ends_too_early_is_not_ended_as_if_whole() -> None:
    source = Bytes(b"short")
    with pytest.raises(CutShort):
        send_parts(source, [ByteRange(0, 99)])
    assert [reader.closed for reader in source.readers] == [True]


def test_nothing_more_is_read_for_a_client_that_left() -> None:
    source = Bytes(bytes(100 * PIECE_SIZE))
    sent = send_parts(source, [ByteRange(0, source.size - 1)], leave_after=3)
    assert 3 <= len(sent) < 10
    assert sent[-1]["more_body"]
    assert [reader.closed for reader in source.readers] == [True]


def test_a_client_that_takes_nothing_is_let_go() -> None:
    """Attack row 14."""
    source = Bytes(bytes(100 * PIECE_SIZE))
    sent = send_parts(source, [ByteRange(0, source.size - 1)], stop_after=3)
    assert len(sent) == 3
    assert sent[-1]["more_body"]
    assert [reader.closed for reader in source.readers] == [True]
