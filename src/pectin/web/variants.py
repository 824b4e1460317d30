"""Bodies in the coding that was negotiated, each made once and kept in the store."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor

from pectin.deploy.ports import Blobs
from pectin.values.digest import Digest
from pectin.values.errors import PectinError
from pectin.values.snapshot import Entry
from pectin.web.compression import compress

_INLINE_SIZE = 16 * 1024
"""Bytes up to which compressing takes less than handing the work to a thread is worth."""

_MAX_PENDING = 128
"""Variants that wait to be stored; beyond it they are made again another time."""

_log = logging.getLogger(__name__)


class Variants:
    """The variants of a store. For one event loop."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._underway: dict[tuple[Digest, str], asyncio.Future[bytes]] = {}
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pectin-variants")
        self._pending = 0

    async def load(self, entry: Entry, coding: str) -> bytes:
        """The body of `entry` in `coding`, which is not identity.

        Several that ask at once get the work of one. Raises what the store raises.
        """
        stored = self._blobs.get_variant(entry.blob, coding)
        if stored is not None:
            return stored
        key = (entry.blob, coding)
        underway = self._underway.get(key)
        if underway is None:
            underway = asyncio.ensure_future(self._make(entry, coding))
            self._underway[key] = underway
            underway.add_done_callback(lambda _: self._underway.pop(key, None))
        return await asyncio.shield(underway)

    def close(self) -> None:
        """Finish what is being stored."""
        self._writer.shutdown(wait=True, cancel_futures=True)

    async def _make(self, entry: Entry, coding: str) -> bytes:
        if entry.size <= _INLINE_SIZE:
            body = self._compress(entry, coding)
        else:
            body = await asyncio.to_thread(self._compress, entry, coding)
        if self._pending < _MAX_PENDING:
            self._pending += 1
            self._writer.submit(self._store, entry.blob, coding, body)
        return body

    def _compress(self, entry: Entry, coding: str) -> bytes:
        return compress(read_all(self._blobs, entry.blob), coding, immutable=entry.immutable)

    def _store(self, digest: Digest, coding: str, body: bytes) -> None:
        try:
            self._blobs.put_variant(digest, coding, body)
        except PectinError as error:
            _log.warning("a %s variant was not stored: %s", coding, error)
        finally:
            self._pending -= 1


def read_all(blobs: Blobs, digest: Digest) -> bytes:
    """The whole blob, however it is kept."""
    body = blobs.open(digest)
    if isinstance(body, bytes):
        return body
    with body.open() as reader:
        return reader.read()
