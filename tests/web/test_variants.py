from __future__ import annotations

import asyncio
import logging
from threading import Event

import pytest

from pectin.adapters.memory_store import MemoryStore
from pectin.deploy.errors import BlobMissing, StoreFull
from pectin.values.digest import Digest, compute_digest
from pectin.values.output import Stream
from pectin.values.site import SiteName
from pectin.values.snapshot import Entry
from pectin.web.variants import Variants

BODY = b"plum jam " * 10_000
ENTRY = Entry(compute_digest(BODY), len(BODY), "text/plain")


class Shelf(MemoryStore):
    """A store of one blob that counts how often it was read."""

    def __init__(self) -> None:
        super().__init__()
        self.reads = 0
        self.put(self.open_stage(SiteName("demo"), 0), [(ENTRY.blob, BODY)])

    def open(self, digest: Digest) -> bytes | Stream:
        self.reads += 1
        return super().open(digest)


def test_ten_that_ask_at_once_get_the_work_of_one() -> None:
    shelf = Shelf()
    variants = Variants(shelf)

    async def ask() -> list[bytes]:
        return await asyncio.gather(*(variants.load(ENTRY, "gzip") for _ in range(10)))

    assert len(set(asyncio.run(ask()))) == 1
    assert shelf.reads == 1


def test_a_variant_that_was_made_is_stored_and_not_made_again() -> None:
    shelf = Shelf()
    variants = Variants(shelf)
    made = asyncio.run(variants.load(ENTRY, "br"))
    variants.close()
    assert shelf.get_variant(ENTRY.blob, "br") == made
    assert asyncio.run(Variants(shelf).load(ENTRY, "br")) == made
    assert shelf.reads == 1


def test_one_that_gives_up_takes_nothing_from_the_others() -> None:
    variants = Variants(Shelf())

    async def ask() -> bytes:
        impatient = asyncio.ensure_future(variants.load(ENTRY, "br"))
        patient = asyncio.ensure_future(variants.load(ENTRY, "br"))
        await asyncio.sleep(0)
        impatient.cancel()
        return await patient

    assert len(asyncio.run(ask())) < len(BODY)


def test_a_busy_writer_delays_no_answer() -> None:
    free = Event()

    class Busy(Shelf):
        def put_variant(self, digest: Digest, coding: str, body: bytes) -> None:
            free.wait(30)
            super().put_variant(digest, coding, body)

    shelf = Busy()
    variants = Variants(shelf)
    assert asyncio.run(variants.load(ENTRY, "br"))
    assert shelf.get_variant(ENTRY.blob, "br") is None
    free.set()
    variants.close()
    assert shelf.get_variant(ENTRY.blob, "br") is not None


def test_a_full_disk_is_logged_and_the_answer_given(caplog: pytest.LogCaptureFixture) -> None:
    class Full(Shelf):
        def put_variant(self, digest: Digest, coding: str, body: bytes) -> None:
            raise StoreFull(f"no room for {len(body)} bytes of {digest.hex()} in {coding}")

    variants = Variants(Full())
    assert asyncio.run(variants.load(ENTRY, "br"))
    variants.close()
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_what_fails_fails_for_all_who_asked_and_may_succeed_later() -> None:
    variants = Variants(MemoryStore())

    async def ask() -> list[bytes | BaseException]:
        asked = (variants.load(ENTRY, "br") for _ in range(3))
        return await asyncio.gather(*asked, return_exceptions=True)

    for _ in range(2):
        assert [type(each) for each in asyncio.run(ask())] == [BlobMissing] * 3
