"""Uploads under way: what they put, and the record that keeps it from `gc`."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from hashlib import sha256

from pectin.adapters.lmdb_store.blobs import BlobTables
from pectin.adapters.lmdb_store.environment import Table, Txn, next_key, scan
from pectin.adapters.lmdb_store.large_files import Arrival
from pectin.adapters.lmdb_store.records import (
    parse_stage,
    render_natural,
    seal,
    split_digests,
    wrap,
)
from pectin.deploy.errors import BodyChanged, StageEnded
from pectin.deploy.model import StageId
from pectin.values.digest import Digest
from pectin.values.output import Stream
from pectin.values.site import SiteName

LARGE_BLOB_BYTES = 1 << 20
"""Blobs over this size are files of their own."""

STAGE_ID_BYTES = 32


class StageTables(BlobTables):
    """The port Stages. A stage's key is its id; what it put is below its id and a number."""

    def open_stage(self, site: SiteName, now: int) -> StageId:
        """A new stage."""
        stage = StageId(secrets.token_hex(STAGE_ID_BYTES // 2))
        key = stage.encode()
        value = seal(key, render_natural(now) + site.encode())
        self._environment.write(lambda txn: txn.put(key, value, db=self._stages))
        return stage

    def put(self, stage: StageId, blobs: Sequence[tuple[Digest, bytes | Stream]]) -> int:
        """How many of `blobs` were new. Raises StageEnded, BodyChanged."""
        small: dict[Digest, bytes] = {}
        arrivals: list[Arrival] = []
        try:
            for digest, body in blobs:
                if _measure(body) > LARGE_BLOB_BYTES:
                    arrivals.append(self._files.receive(stage, digest, body))
                else:
                    small[digest] = _load(digest, body)
            return self._environment.write(lambda txn: self._put(txn, stage, small, arrivals))
        finally:
            for arrival in arrivals:
                self._files.discard(arrival)

    def close_stage(self, stage: StageId) -> None:
        """End the stage."""
        self._environment.write(lambda txn: end_stage(txn, self._stages, stage.encode()))

    def _put(
        self, txn: Txn, stage: StageId, small: dict[Digest, bytes], arrivals: list[Arrival]
    ) -> int:
        key = stage.encode()
        if txn.get(key, db=self._stages) is None:
            raise StageEnded
        new = 0
        for digest in sorted(small):
            new += txn.put(digest, small[digest], overwrite=False, db=self._blobs)
        for arrival in arrivals:
            if txn.get(arrival.digest, db=self._large) is None:
                self._files.place(arrival)
                txn.put(arrival.digest, render_natural(arrival.size), db=self._large)
                txn.put(arrival.digest, wrap(arrival.chunks), db=self._chunks)
                new += 1
        digests = b"".join([*small, *(arrival.digest for arrival in arrivals)])
        key = next_key(txn, self._stages, key)
        txn.put(key, seal(key, digests), db=self._stages)
        return new


def end_stage(txn: Txn, table: Table, key: bytes) -> None:
    """Drop a stage and the record of what it put."""
    for name in [name for name, _ in scan(txn, table, key)]:
        txn.delete(name, db=table)


def list_put(txn: Txn, table: Table, stage: StageId | None = None) -> set[Digest]:
    """What `stage`, or every stage that is under way, has put; nothing for one that ended."""
    return {
        digest
        for key, value in scan(txn, table, stage.encode() if stage else b"")
        if len(key) > STAGE_ID_BYTES
        for digest in split_digests(parse_stage(key, value))
    }


def list_stages(txn: Txn, table: Table) -> set[StageId]:
    """The stages that are under way."""
    return {StageId(key.decode()) for key, _ in scan(txn, table) if len(key) == STAGE_ID_BYTES}


def _measure(body: bytes | Stream) -> int:
    return len(body) if isinstance(body, bytes) else body.size


def _load(digest: Digest, body: bytes | Stream) -> bytes:
    if isinstance(body, bytes):
        return body
    with body.open() as reader:
        loaded = reader.read()
    if sha256(loaded).digest() != digest:
        raise BodyChanged(digest)
    return loaded
