"""The Store of deploy, on one machine: durable, atomic, for any number of processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pectin.adapters.lmdb_store.blobs import BlobsWithin
from pectin.adapters.lmdb_store.collection import Collection
from pectin.adapters.lmdb_store.deploys import DeployTables
from pectin.adapters.lmdb_store.disk import Disk
from pectin.adapters.lmdb_store.environment import Table, Txn, scan
from pectin.adapters.lmdb_store.records import PARSERS, unwrap
from pectin.adapters.lmdb_store.refs import RefTables
from pectin.adapters.lmdb_store.stages import StageTables, list_stages
from pectin.deploy.errors import BlobMissing, CorruptBlob, CorruptRecord
from pectin.deploy.model import Collected, Deploy
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

    def find_corrupt_records(self) -> Sequence[CorruptRecord]:
        """What is wrong with each record that is not as it was written."""
        with self._environment.read() as txn:
            return [error for *_, error in self._list_corrupt_records(txn)]

    def discard_corrupt(self, digests: Iterable[Digest]) -> int:
        """How much is damaged, and was dropped; see the port."""

        def discard(txn: Txn) -> int:
            records = [(table, key) for table, key, _ in self._list_corrupt_records(txn)]
            doomed = [*records, *self._list_corrupt_blobs(txn, asked)]
            for table, key in doomed:
                txn.delete(key, db=table)
            return len(doomed)

        asked = list(digests)
        return self._environment.write(discard)

    def _list_corrupt_records(self, txn: Txn) -> Iterator[tuple[Table, bytes, CorruptRecord]]:
        for name, parse in PARSERS.items():
            table = self._environment.tables[name]
            for key, value in scan(txn, table):
                try:
                    parse(key, value)
                except CorruptRecord as error:
                    yield table, key, error

    def _list_corrupt_blobs(
        self, txn: Txn, digests: Iterable[Digest]
    ) -> Iterator[tuple[Table, bytes]]:
        for digest in digests:
            try:
                self.check_within(txn, digest)
            except BlobMissing:
                continue  # what is not there cannot be damaged
            except CorruptBlob:
                yield (
                    self._blobs if txn.get(digest, db=self._large) is None else self._large,
                    digest,
                )
            for key, value in scan(txn, self._variants, digest):
                if unwrap(value) is None:
                    yield self._variants, key

    def _sweep_files(self, txn: Txn) -> None:
        indexed = {Digest(key) for key, _ in scan(txn, self._large)}
        self._files.sweep(indexed, list_stages(txn, self._stages))
