"""The Store of deploy, on one machine: durable, atomic, for any number of processes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pectin.adapters.lmdb_store.blobs import BlobsWithin
from pectin.adapters.lmdb_store.collection import Collection
from pectin.adapters.lmdb_store.deploys import DeployTables
from pectin.adapters.lmdb_store.disk import Disk
from pectin.adapters.lmdb_store.environment import Txn, scan
from pectin.adapters.lmdb_store.refs import RefTables
from pectin.adapters.lmdb_store.stages import StageTables, list_stages
from pectin.deploy.errors import BlobMissing, CorruptBlob
from pectin.deploy.model import Collected, Deploy
from pectin.deploy.ports import BlobReader
from pectin.values.digest import Digest


class LmdbStore(StageTables, RefTables, DeployTables):
    """The store in `folder`, which is made when it is not there.

    Open it once per process, after any fork, and share it between threads. Raises StoreError
    when the folder cannot be used, is open in this process already, or was written by a newer
    Pectin.
    """

    def __init__(self, folder: Path, *, disk: Disk | None = None) -> None:
        super().__init__(folder, disk or Disk())

    def collect(self, forget: Sequence[Deploy], *, stale_before: int) -> Collected:
        """What was dropped; see the port."""
        tables = self._environment.tables
        collected = self._environment.write(
            lambda txn: Collection(txn, tables, BlobsWithin(self, txn)).run(forget, stale_before)
        )
        # A second transaction, so that no file goes before its entry is durably gone, and none
        # that a put has indexed again between the two.
        self._environment.write(self._sweep_files)
        return collected

    def discard_corrupt(self, digests: Iterable[Digest]) -> int:
        """How many of `digests` are damaged, and were dropped; see the port."""

        def discard(txn: Txn) -> int:
            blobs = BlobsWithin(self, txn)
            corrupt = [digest for digest in digests if not _is_sound(blobs, digest)]
            for digest in corrupt:
                txn.delete(digest, db=self._blobs)
                txn.delete(digest, db=self._large)
            return len(corrupt)

        digests = list(digests)
        return self._environment.write(discard)

    def _sweep_files(self, txn: Txn) -> None:
        indexed = {Digest(key) for key, _ in scan(txn, self._large)}
        self._files.sweep(indexed, list_stages(txn, self._stages))


def _is_sound(blobs: BlobReader, digest: Digest) -> bool:
    try:
        blobs.get(digest)
    except CorruptBlob:
        return False
    except BlobMissing:
        pass  # what is not there cannot be damaged
    return True
