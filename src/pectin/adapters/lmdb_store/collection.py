"""Garbage collection inside one write transaction: mark, then sweep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pectin.adapters.lmdb_store.environment import Table, Txn, scan
from pectin.adapters.lmdb_store.records import (
    parse_deploy,
    parse_natural,
    parse_ref,
    parse_ref_key,
    parse_stage,
    retained_key,
    site_key,
)
from pectin.adapters.lmdb_store.stages import STAGE_ID_BYTES, end_stage, list_put
from pectin.deploy.model import Collected, Deploy
from pectin.deploy.ports import BlobReader
from pectin.deploy.reachability import find_immutable, reach
from pectin.values.digest import Digest
from pectin.values.site import SiteName


class Collection:
    """One collection over `tables`, within `txn`; `blobs` reads in the same transaction."""

    def __init__(self, txn: Txn, tables: Mapping[str, Table], blobs: BlobReader) -> None:
        self._txn = txn
        self._tables = tables
        self._blobs = blobs

    def run(self, forget: Sequence[Deploy], stale_before: int) -> Collected:
        """What was dropped, the files of large blobs not yet."""
        stages = self._end_stale(stale_before)
        forgotten = self._forget(forget)
        kept = reach(self._blobs, {digest for _, digest in self._list_snapshots()})
        kept |= list_put(self._txn, self._tables["stages"])
        for site in sorted({deploy.site for deploy in forgotten}):
            self._release(site)
        blobs, size = self._sweep(kept)
        return Collected(len(forgotten), stages, blobs, size)

    def _end_stale(self, stale_before: int) -> int:
        table = self._tables["stages"]
        stale = [
            key
            for key, value in scan(self._txn, table)
            if len(key) == STAGE_ID_BYTES
            and parse_natural(parse_stage(key, value)[:8]) < stale_before
        ]
        for key in stale:
            end_stage(self._txn, table, key)
        return len(stale)

    def _forget(self, forget: Sequence[Deploy]) -> list[Deploy]:
        live = set(self._list_live())
        table = self._tables["deploys"]
        return [
            deploy
            for deploy in forget
            if (deploy.site, deploy.snapshot) not in live
            and self._txn.delete(site_key(deploy.site, deploy.snapshot), db=table)
        ]

    def _list_live(self) -> Iterator[tuple[SiteName, Digest]]:
        for key, value in scan(self._txn, self._tables["refs"]):
            yield parse_ref_key(key)[0], parse_ref(key, value).snapshot

    def _list_snapshots(self) -> Iterator[tuple[SiteName, Digest]]:
        yield from self._list_live()
        for key, value in scan(self._txn, self._tables["deploys"]):
            deploy = parse_deploy(key, value)
            yield deploy.site, deploy.snapshot

    def _release(self, site: SiteName) -> None:
        kept = {
            retained_key(site, path)
            for owner, snapshot in self._list_snapshots()
            if owner == site
            for path, _ in find_immutable(self._blobs, snapshot)
        }
        table = self._tables["retained"]
        dropped = [key for key, _ in scan(self._txn, table, site_key(site)) if key not in kept]
        for key in dropped:
            self._txn.delete(key, db=table)

    def _sweep(self, kept: set[Digest]) -> tuple[int, int]:
        count = size = 0
        for name in ("blobs", "large"):
            table = self._tables[name]
            for key in self._list_unmarked(table, kept):
                value = self._txn.pop(key, db=table) or b""
                count += 1
                size += parse_natural(value) if name == "large" else len(value)
                size += self._drop_variants(key)
                self._txn.delete(key, db=self._tables["chunks"])
        return count, size

    def _list_unmarked(self, table: Table, kept: set[Digest]) -> list[bytes]:
        with self._txn.cursor(table) as cursor:
            return [key for key in cursor.iternext(values=False) if key not in kept]

    def _drop_variants(self, digest: bytes) -> int:
        table = self._tables["variants"]
        found = [(key, len(value)) for key, value in scan(self._txn, table, digest)]
        for key, _ in found:
            self._txn.delete(key, db=table)
        return sum(size for _, size in found)
