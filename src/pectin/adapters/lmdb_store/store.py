"""The Store of deploy, on one machine: durable, atomic, for any number of processes."""

from __future__ import annotations

import heapq
import secrets
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from pectin.adapters.lmdb_store.collection import (
    STAGE_ID_BYTES,
    Collection,
    end_stage,
    list_stages,
)
from pectin.adapters.lmdb_store.disk import Disk
from pectin.adapters.lmdb_store.environment import Environment, Txn, next_key, scan
from pectin.adapters.lmdb_store.large_files import Arrival, LargeFile, LargeFiles
from pectin.adapters.lmdb_store.records import (
    is_key,
    parse_deploy,
    parse_entry,
    parse_move,
    parse_natural,
    parse_ref,
    parse_ref_key,
    ref_key,
    render_natural,
    render_record,
    render_ref,
    retained_key,
    site_key,
)
from pectin.deploy.errors import (
    BlobMissing,
    BodyChanged,
    CorruptBlob,
    DomainTaken,
    RefMoved,
    StageEnded,
    StoreError,
)
from pectin.deploy.model import Collected, Deploy, Move, Ref, StageId
from pectin.deploy.reachability import reach_since
from pectin.values.digest import DIGEST_SIZE, Digest
from pectin.values.output import Stream
from pectin.values.site import RefName, SiteName
from pectin.values.snapshot import Entry

SCHEMA = 1
"""The version of the tables that this code reads and writes."""

LARGE_BLOB_BYTES = 1 << 20
"""Blobs over this size are files of their own."""

_TABLES = (
    "blobs",
    "deploys",
    "domains",
    "history",
    "large",
    "meta",
    "refs",
    "retained",
    "stages",
    "variants",
)


class LmdbStore:
    """The store in `folder`, which is made when it is not there.

    Open it once per process, after any fork, and share it between threads. Raises StoreError
    when the folder cannot be used, is open in this process already, or was written by a newer
    Pectin.
    """

    def __init__(self, folder: Path, *, disk: Disk | None = None) -> None:
        disk = disk or Disk()
        self._environment = Environment(folder / "lmdb", _TABLES, disk)
        try:
            self._check_schema()
            self._files = LargeFiles(folder / "large", disk)
        except BaseException:
            self._environment.close()
            raise
        tables = self._environment.tables
        self._blobs = tables["blobs"]
        self._large = tables["large"]
        self._variants = tables["variants"]
        self._refs = tables["refs"]
        self._domains = tables["domains"]
        self._deploys = tables["deploys"]
        self._history = tables["history"]
        self._retained = tables["retained"]
        self._stages = tables["stages"]

    def close(self) -> None:
        """Let go of files and memory."""
        self._environment.close()
        self._files.close()

    # Blobs

    def missing(self, digests: Iterable[Digest]) -> set[Digest]:
        """Those of `digests` that the store does not have."""
        with self._environment.read() as txn:
            return {digest for digest in digests if not self._has(txn, digest)}

    def get(self, digest: Digest) -> bytes:
        """The blob, re-hashed. Raises BlobMissing, CorruptBlob."""
        body = self._environment.get(self._blobs, digest)
        if body is None:
            return self._load_large(digest, self._environment.get(self._large, digest))
        return _check(digest, body)

    def get_within(self, txn: Txn, digest: Digest) -> bytes:
        """The blob as `get`, as the transaction `txn` sees it."""
        body = txn.get(digest, db=self._blobs)
        if body is None:
            return self._load_large(digest, txn.get(digest, db=self._large))
        return _check(digest, body)

    def open(self, digest: Digest) -> bytes | Stream:
        """The blob as `get`, or a Stream over its file. Raises BlobMissing, CorruptBlob."""
        size = self._environment.get(self._large, digest)
        if size is None:
            return self.get(digest)
        self._files.open(digest).close()
        return LargeFile(self._files, digest, parse_natural(size))

    def get_variant(self, digest: Digest, coding: str) -> bytes | None:
        """The blob in content coding `coding`, or None."""
        value = self._environment.get(self._variants, digest + coding.encode())
        return _unwrap(value)

    def put_variant(self, digest: Digest, coding: str, body: bytes) -> None:
        """Keep the blob's form in `coding`, unless there is a sound one."""
        key = digest + coding.encode()

        def put(txn: Txn) -> None:
            if self._has(txn, digest) and _unwrap(txn.get(key, db=self._variants)) is None:
                txn.put(key, sha256(body).digest() + body, db=self._variants)

        self._environment.write(put)

    def list_variants(self) -> Iterator[tuple[Digest, str]]:
        """The digest and coding of every variant, in order."""
        for key in self._environment.scan_keys(self._variants):
            yield Digest(key[:DIGEST_SIZE]), key[DIGEST_SIZE:].decode()

    def _load_large(self, digest: Digest, indexed: bytes | None) -> bytes:
        if indexed is None:
            raise BlobMissing(digest)
        return self._files.load(digest)

    def _has(self, txn: Txn, digest: Digest) -> bool:
        with txn.cursor(self._blobs) as cursor:
            if cursor.set_key(digest):
                return True
        return txn.get(digest, db=self._large) is not None

    # Stages

    def open_stage(self, site: SiteName, now: int) -> StageId:
        """A new stage."""
        stage = StageId(secrets.token_hex(STAGE_ID_BYTES // 2))
        value = render_natural(now) + site.encode()
        self._environment.write(lambda txn: txn.put(stage.encode(), value, db=self._stages))
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
                new += 1
        digests = b"".join([*small, *(arrival.digest for arrival in arrivals)])
        txn.put(next_key(txn, self._stages, key), digests, db=self._stages)
        return new

    # Refs

    def read(self, site: SiteName, ref: RefName) -> Ref | None:
        """What `ref` of `site` points at now, or None."""
        value = self._environment.get(self._refs, ref_key(site, ref))
        return None if value is None else parse_ref(value)

    def read_domain(self, host: str) -> SiteName | None:
        """The site that has the domain `host`, or None."""
        key = host.encode("utf-8", "surrogatepass")
        owner = self._environment.get(self._domains, key) if is_key(key) else None
        return None if owner is None else SiteName(owner.decode())

    def list_domains(self, site: SiteName) -> Sequence[str]:
        """The domains of `site`, sorted."""
        with self._environment.read() as txn:
            return self._list_domains(txn, site)

    def list_refs(self) -> Iterator[tuple[SiteName, RefName, Ref]]:
        """Every ref of every site, in order of name."""
        with self._environment.read() as txn:
            found = list(scan(txn, self._refs))
        return ((*parse_ref_key(key), parse_ref(value)) for key, value in found)

    def move(
        self,
        move: Move,
        deploy: Deploy,
        *,
        retained: Iterable[tuple[str, Entry]] = (),
        domains: Sequence[str] | None = None,
        stage: StageId | None = None,
    ) -> Ref:
        """Point `move.ref` at `move.after` by compare-and-swap; see the port."""
        site = deploy.site
        ref = Ref(move.after, move.moved_at)
        kept = [(retained_key(site, path), render_record(entry)) for path, entry in retained]

        def act(txn: Txn) -> None:
            self._check_move(txn, move, site)
            txn.put(ref_key(site, move.ref), render_ref(ref), db=self._refs)
            key = site_key(site, deploy.snapshot)
            txn.put(key, render_record(deploy), db=self._deploys)
            key = next_key(txn, self._history, site_key(site))
            txn.put(key, render_record(move), db=self._history)
            for key, value in kept:
                if txn.get(key, db=self._retained) != value:
                    txn.put(key, value, db=self._retained)
            if domains is not None:
                self._claim(txn, site, domains)
            if stage is not None:
                end_stage(txn, self._stages, stage.encode())

        self._environment.write(act)
        return ref

    def _check_move(self, txn: Txn, move: Move, site: SiteName) -> None:
        value = txn.get(ref_key(site, move.ref), db=self._refs)
        found = None if value is None else parse_ref(value)
        if (found.snapshot if found else None) != move.before:
            raise RefMoved(site, move.ref, found)
        for digest in reach_since(_TxnBlobs(self, txn), move.before, move.after):
            if not self._has(txn, digest):
                raise BlobMissing(digest)

    def _claim(self, txn: Txn, site: SiteName, domains: Sequence[str]) -> None:
        for host in self._list_domains(txn, site):
            if host not in domains:
                txn.delete(host.encode(), db=self._domains)
        for host in domains:
            owner = txn.get(host.encode(), db=self._domains)
            if owner is None:
                txn.put(host.encode(), site.encode(), db=self._domains)
            elif owner != site.encode():
                raise DomainTaken(host, SiteName(owner.decode()))

    def _list_domains(self, txn: Txn, site: SiteName) -> list[str]:
        owner = site.encode()
        return [host.decode() for host, value in scan(txn, self._domains) if value == owner]

    # Deploys

    def find_deploy(self, site: SiteName, prefix: str) -> Deploy | None:
        """The one deploy of `site` whose id begins with `prefix`; None for none or several."""
        start = site_key(site)
        whole = prefix[: len(prefix) & ~1]
        try:
            start += bytes.fromhex(whole)
        except ValueError:
            return None
        if not is_key(start):
            return None
        with self._environment.read() as txn:
            found = [
                value
                for key, value in scan(txn, self._deploys, start)
                if key[-DIGEST_SIZE:].hex().startswith(prefix)
            ]
        return parse_deploy(found[0]) if len(found) == 1 else None

    def list_deploys(self, site: SiteName) -> Sequence[Deploy]:
        """The deploys of `site`, the newest first."""
        with self._environment.read() as txn:
            found = [value for _, value in scan(txn, self._deploys, site_key(site))]
        deploys = map(parse_deploy, found)
        return sorted(deploys, key=lambda deploy: (-deploy.created_at, deploy.snapshot))

    def list_moves(self, site: SiteName) -> Sequence[Move]:
        """The history of `site`, the newest first."""
        with self._environment.read() as txn:
            found = [value for _, value in scan(txn, self._history, site_key(site))]
        return [parse_move(value) for value in reversed(found)]

    def find_retained(self, site: SiteName, path: str) -> Entry | None:
        """The immutable entry that some retained deploy of `site` has for `path`, or None."""
        value = self._environment.get(self._retained, retained_key(site, path))
        return None if value is None else parse_entry(value)

    # Garbage

    def collect(self, forget: Sequence[Deploy], *, stale_before: int) -> Collected:
        """What was dropped; see the port."""
        tables = self._environment.tables
        collected = self._environment.write(
            lambda txn: Collection(txn, tables, _TxnBlobs(self, txn)).run(forget, stale_before)
        )
        # A second transaction, so that no file goes before its entry is durably gone, and none
        # that a put has indexed again between the two.
        self._environment.write(self._sweep_files)
        return collected

    def digests(self) -> Iterator[Digest]:
        """Every blob that the store has, in order."""
        keys = map(self._environment.scan_keys, (self._blobs, self._large))
        return map(Digest, heapq.merge(*keys))

    def _sweep_files(self, txn: Txn) -> None:
        indexed = {Digest(key) for key, _ in scan(txn, self._large)}
        self._files.sweep(indexed, list_stages(txn, self._stages))

    def _check_schema(self) -> None:
        meta = self._environment.tables["meta"]
        found = self._environment.get(meta, b"schema")
        if found is None:
            value = render_natural(SCHEMA)
            self._environment.write(lambda txn: txn.put(b"schema", value, db=meta))
        elif parse_natural(found) != SCHEMA:
            raise StoreError(
                f"the store has schema {parse_natural(found)}, this Pectin reads {SCHEMA}",
                hint="upgrade Pectin: a newer one has used this store",
            )


class _TxnBlobs:
    """Blobs as a write transaction sees them."""

    def __init__(self, store: LmdbStore, txn: Txn) -> None:
        self._store = store
        self._txn = txn

    def get(self, digest: Digest) -> bytes:
        """The blob, re-hashed. Raises BlobMissing, CorruptBlob."""
        return self._store.get_within(self._txn, digest)


def _check(digest: Digest, body: bytes) -> bytes:
    if sha256(body).digest() != digest:
        raise CorruptBlob(digest)
    return body


def _unwrap(value: bytes | None) -> bytes | None:
    if value is None:
        return None
    body = value[DIGEST_SIZE:]
    return body if sha256(body).digest() == value[:DIGEST_SIZE] else None


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
