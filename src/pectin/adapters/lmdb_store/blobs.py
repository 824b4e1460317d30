"""Blobs and their variants in the tables, and large blobs by way of them."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from pectin.adapters.lmdb_store.environment import Txn
from pectin.adapters.lmdb_store.records import parse_natural, unwrap, wrap
from pectin.adapters.lmdb_store.tables import Tables
from pectin.deploy.errors import BlobMissing, CorruptBlob, StoreError
from pectin.values.digest import DIGEST_SIZE, Digest
from pectin.values.output import Stream


@dataclass(frozen=True, slots=True)
class LargeFile:
    """A Stream over a stored file."""

    store: BlobTables
    digest: Digest
    size: int

    def open(self) -> BinaryIO:
        """A reader at the first byte. Raises BlobMissing, CorruptBlob."""
        return self.store.open_file(self.digest)


class BlobTables(Tables):
    """The port Blobs, and the list of all blobs."""

    def missing(self, digests: Iterable[Digest]) -> set[Digest]:
        """Those of `digests` that the store does not have."""
        asked = list(digests)  # to find them may take reads of this very store
        with self._environment.read() as txn:
            return set(self._list_missing(txn, asked))

    def get(self, digest: Digest) -> bytes:
        """The blob, re-hashed. Raises BlobMissing, CorruptBlob."""
        body = self._environment.get(self._blobs, digest)
        if body is not None:
            return _check(digest, body)
        with self._telling_missing(digest):
            return self._files.load(digest)

    def get_within(self, txn: Txn, digest: Digest) -> bytes:
        """The blob as `get`, as the transaction `txn` sees it."""
        body = txn.get(digest, db=self._blobs)
        if body is not None:
            return _check(digest, body)
        if txn.get(digest, db=self._large) is None:
            raise BlobMissing(digest)
        return self._files.load(digest)

    def open(self, digest: Digest) -> bytes | Stream:
        """The blob as `get`, or a Stream over its file. Raises BlobMissing, CorruptBlob.

        Only the stream's own `open`, which may take long, opens the file, and raises the same.
        """
        size = self._environment.get(self._large, digest)
        if size is None:
            return self.get(digest)
        return LargeFile(self, digest, parse_natural(size))

    def open_file(self, digest: Digest) -> BinaryIO:
        """A reader of a large blob, at its first byte. Raises BlobMissing, CorruptBlob."""
        size = self._environment.get(self._large, digest)
        if size is None:
            raise BlobMissing(digest)
        with self._telling_missing(digest):
            return self._open_file(digest, parse_natural(size))

    def check_within(self, txn: Txn, digest: Digest) -> None:
        """Hash the blob again, as `txn` sees it. Raises BlobMissing, CorruptBlob."""
        size = txn.get(digest, db=self._large)
        if size is None:
            self.get_within(txn, digest)
        else:
            self._files.compute_chunks(digest, parse_natural(size))

    def _open_file(self, digest: Digest, size: int) -> BinaryIO:
        chunks = unwrap(self._environment.get(self._chunks, digest))
        if chunks is None:  # in a store from before there were any, or damaged
            chunks = made = self._files.compute_chunks(digest, size)
            with suppress(StoreError):  # then another time
                self._environment.write(lambda txn: self._keep_chunks(txn, digest, made))
        return self._files.open(digest, size, chunks)

    def _keep_chunks(self, txn: Txn, digest: Digest, chunks: bytes) -> None:
        if txn.get(digest, db=self._large) is not None:
            txn.put(digest, wrap(chunks), db=self._chunks)

    @contextmanager
    def _telling_missing(self, digest: Digest) -> Iterator[None]:
        """What is damaged in a large blob that is not there, or no longer, is nothing."""
        try:
            yield
        except CorruptBlob:
            if self._environment.get(self._large, digest) is None:
                raise BlobMissing(digest) from None
            raise

    def get_variant(self, digest: Digest, coding: str) -> bytes | None:
        """The blob in content coding `coding`, or None."""
        value = self._environment.get(self._variants, digest + coding.encode())
        return unwrap(value)

    def put_variant(self, digest: Digest, coding: str, body: bytes) -> None:
        """Keep the blob's form in `coding`, unless there is a sound one."""
        key = digest + coding.encode()

        def put(txn: Txn) -> None:
            there = not any(self._list_missing(txn, [digest]))
            if there and unwrap(txn.get(key, db=self._variants)) is None:
                txn.put(key, wrap(body), db=self._variants)

        self._environment.write(put)

    def list_variants(self) -> Iterator[tuple[Digest, str]]:
        """The digest and coding of every variant, in order."""
        for key in self._environment.scan_keys(self._variants):
            yield Digest(key[:DIGEST_SIZE]), key[DIGEST_SIZE:].decode()

    def _list_missing(self, txn: Txn, digests: Iterable[Digest]) -> Iterator[Digest]:
        with txn.cursor(self._blobs) as small, txn.cursor(self._large) as large:
            for digest in digests:
                if not small.set_key(digest) and not large.set_key(digest):
                    yield digest

    def digests(self) -> Iterator[Digest]:
        """Every blob that the store has, in order."""
        keys = map(self._environment.scan_keys, (self._blobs, self._large))
        return map(Digest, heapq.merge(*keys))


class BlobsWithin:
    """Blobs as a write transaction sees them."""

    def __init__(self, store: BlobTables, txn: Txn) -> None:
        self._store = store
        self._txn = txn

    def get(self, digest: Digest) -> bytes:
        """The blob, re-hashed. Raises BlobMissing, CorruptBlob."""
        return self._store.get_within(self._txn, digest)


def _check(digest: Digest, body: bytes) -> bytes:
    if sha256(body).digest() != digest:
        raise CorruptBlob(digest)
    return body
