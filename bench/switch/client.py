"""Visitors: many connections of one process that read pages and the assets they name."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from bench.switch.model import Answer, Seen
from bench.switch.site import PAGES, find_assets, find_version

_TIMEOUT_SECONDS = 10
_ERRORS_BEFORE_GIVING_UP = 1_000


@dataclass(frozen=True, slots=True)
class Visit:
    """Where the visitors go, how many they are, and when they go home at the latest."""

    port: int
    host: str
    connections: int
    seed: int
    longest_seconds: float


class BadAnswer(Exception):
    """The server answered with something else than a 200."""


def visit_until(visit: Visit, is_over: Callable[[], bool]) -> Seen:
    """What the visitors saw until `is_over`, or until their time has run out."""
    return asyncio.run(_visit_all(visit, is_over))


async def _visit_all(visit: Visit, is_over: Callable[[], bool]) -> Seen:
    seen = Seen()
    deadline = time.monotonic() + visit.longest_seconds

    def ends() -> bool:
        return (
            is_over() or time.monotonic() > deadline or len(seen.errors) > _ERRORS_BEFORE_GIVING_UP
        )

    visitors = (
        _Visitor(visit, Random(f"{visit.seed}/{number}"), seen)
        for number in range(visit.connections)
    )
    await asyncio.gather(*(visitor.read_until(ends) for visitor in visitors))
    return seen


class _Visitor:
    """One connection. It is kept alive, and opened again after an error."""

    def __init__(self, visit: Visit, random: Random, seen: Seen) -> None:
        self._visit = visit
        self._random = random
        self._seen = seen
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def read_until(self, ends: Callable[[], bool]) -> None:
        while not ends():
            try:
                async with asyncio.timeout(_TIMEOUT_SECONDS):
                    self._seen.answers.append(await self._read_page())
            except (OSError, EOFError, TimeoutError, ValueError, BadAnswer) as error:
                self._seen.errors.append(f"{type(error).__name__}: {error}")
                self._disconnect()
        self._disconnect()

    async def _read_page(self) -> Answer:
        url = self._random.choice(PAGES)
        asked = time.monotonic()
        page = await self._get(url)
        got = time.monotonic()
        assets = [find_version(await self._get(asset)) for asset in find_assets(page)]
        return Answer(asked, got, find_version(page), tuple(assets) or (None,))

    async def _get(self, url: str) -> bytes:
        reader, writer = await self._connect()
        self._seen.requests += 1
        writer.write(f"GET {url} HTTP/1.1\r\nHost: {self._visit.host}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        status, _, fields = head.partition(b"\r\n")
        if not status.startswith(b"HTTP/1.1 200 "):
            raise BadAnswer(f"{url}: {status.decode()}")
        return await reader.readexactly(_content_length(fields))

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._visit.port)
        return self._streams

    def _disconnect(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
        self._streams = None


def _content_length(fields: bytes) -> int:
    for field in fields.lower().split(b"\r\n"):
        name, _, value = field.partition(b":")
        if name == b"content-length":
            return int(value)
    raise BadAnswer("an answer without Content-Length")
