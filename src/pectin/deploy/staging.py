"""The way of a build's output into the store, a batch at a time."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256

from pectin.deploy.codec import count_shards, find_shard, parse_shard, render_shard, render_snapshot
from pectin.deploy.errors import BadOutputPath
from pectin.deploy.model import Ref, StageId
from pectin.deploy.ports import Store
from pectin.values.digest import Digest, compute_digest
from pectin.values.output import OutputFile, Stream
from pectin.values.rules import Rules
from pectin.values.site import PRODUCTION, RefName, SiteName
from pectin.values.snapshot import Entry, Snapshot

BATCH_BYTES = 8 << 20
"""How much of the output is held before it is stored."""

_PLAIN_PATH = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[^/\\\x00-\x1f\x7f-\x9f\ud800-\udfff]+)+")

_CHUNK_BYTES = 1 << 20
_ITEM_BYTES = 256  # what holding a blob costs beside its body, so that a batch of empty ones ends


@dataclass(frozen=True, slots=True)
class Sealed:
    """A snapshot whose blobs are all in the store, ready to go live.

    `expected` is what `ref` pointed at when the staging began; `stage` is None when the store
    had every blob. `new_blobs` and `new_bytes` count what was put, shards and root included.
    """

    site: SiteName
    ref: RefName
    expected: Ref | None
    stage: StageId | None
    snapshot_id: Digest
    snapshot: Snapshot
    new_blobs: int
    new_bytes: int


class Staging:
    """Takes a site's files and puts those that the store does not have.

    Memory grows with the number of paths, not with the output. Nothing is written, not even a
    stage, before a blob is found missing. `now` is in epoch seconds.
    """

    def __init__(
        self,
        store: Store,
        site: SiteName,
        now: int,
        *,
        ref: RefName = PRODUCTION,
        batch_bytes: int = BATCH_BYTES,
    ) -> None:
        self._store = store
        self._site = site
        self._ref = ref
        self._now = now
        self._expected = store.read(site, ref)
        self._batch_bytes = batch_bytes
        self._batch: dict[Digest, bytes | Stream] = {}
        self._held_bytes = 0
        self._entries: dict[str, Entry] = {}
        self._folded: dict[str, str] = {}
        self._stage: StageId | None = None
        self._new_blobs = 0
        self._new_bytes = 0

    def add(self, file: OutputFile) -> None:
        """Take one file; this is a Sink.

        Raises BadOutputPath for a path that is not plain, or that differs from one before only
        in case or in Unicode normalisation: some file systems and caches hold them for one.
        """
        _check_path(file.path)
        self._check_collision(file.path)
        digest, size = (file.digest, _measure(file.body)) if file.digest else _hash_body(file.body)
        self._entries[file.path] = Entry(digest, size, file.media_type, file.immutable)
        self._hold(digest, file.body)

    def seal(self, rules: Rules, base: Snapshot | None = None) -> Sealed:
        """The snapshot of all files that were added, with `rules`. Ends the staging.

        With a `base`, whose shards are in the store, those were added which differ from it: the paths are
        the base's. Raises BlobMissing, CorruptBlob and BadManifest when a shard cannot be had.
        """
        snapshot = self._revise(base, rules) if base else self._complete(rules)
        snapshot_id = self._hold_manifest(render_snapshot(snapshot))
        self._flush()
        return Sealed(
            site=self._site,
            ref=self._ref,
            expected=self._expected,
            stage=self._stage,
            snapshot_id=snapshot_id,
            snapshot=snapshot,
            new_blobs=self._new_blobs,
            new_bytes=self._new_bytes,
        )

    def abandon(self) -> None:
        """Give up: what was put is garbage from now on."""
        self._batch.clear()
        if self._stage is not None:
            self._store.close_stage(self._stage)
            self._stage = None

    def _check_collision(self, path: str) -> None:
        folded = unicodedata.normalize("NFC", path.casefold())
        other = self._folded.get(folded)
        if other is None and folded in self._entries:
            other = folded
        if other is None and path in self._entries:
            other = path
        if other is not None:
            raise BadOutputPath(
                f"{path} and {other} are one file where case or normalisation is ignored"
                if path != other
                else f"{path} is published twice",
                hint="give one of the two another name or permalink",
            )
        if folded != path:
            self._folded[folded] = path

    def _complete(self, rules: Rules) -> Snapshot:
        shards = tuple(map(self._put_shard, self._cut(count_shards(len(self._entries)))))
        size = sum(entry.size for entry in self._entries.values())
        return Snapshot(shards, rules, len(self._entries), size)

    def _revise(self, base: Snapshot, rules: Rules) -> Snapshot:
        shards, size = list(base.shards), base.size
        for number, entries in enumerate(self._cut(len(shards))):
            if entries:
                before = dict(parse_shard(self._store.get(shards[number])).entries())
                size += sum(entry.size - before[path].size for path, entry in entries.items())
                shards[number] = self._put_shard(before | entries)
        return Snapshot(tuple(shards), rules, base.files, size)

    def _cut(self, count: int) -> list[dict[str, Entry]]:
        cut: list[dict[str, Entry]] = [{} for _ in range(count)]
        for path, entry in self._entries.items():
            cut[find_shard(path, count)][path] = entry
        return cut

    def _put_shard(self, entries: dict[str, Entry]) -> Digest:
        return self._hold_manifest(render_shard(entries))

    def _hold_manifest(self, body: bytes) -> Digest:
        digest = compute_digest(body)
        self._hold(digest, body)
        return digest

    def _hold(self, digest: Digest, body: bytes | Stream) -> None:
        if digest in self._batch:
            return
        self._batch[digest] = body
        self._held_bytes += _ITEM_BYTES + (len(body) if isinstance(body, bytes) else 0)
        if self._held_bytes >= self._batch_bytes:
            self._flush()

    def _flush(self) -> None:
        missing = self._store.missing(self._batch)
        if missing:
            if self._stage is None:
                self._stage = self._store.open_stage(self._site, self._now)
            blobs = [(digest, body) for digest, body in self._batch.items() if digest in missing]
            self._new_blobs += self._store.put(self._stage, blobs)
            self._new_bytes += sum(_measure(body) for _, body in blobs)
        self._batch.clear()
        self._held_bytes = 0


def _check_path(path: str) -> None:
    if not _PLAIN_PATH.fullmatch(path) or not unicodedata.is_normalized("NFC", path):
        raise BadOutputPath(
            f"{path!r} is not a path that can be published",
            hint="use / between plain names, without `.`, `..`, `\\` or control characters, in NFC",
        )


def _hash_body(body: bytes | Stream) -> tuple[Digest, int]:
    if isinstance(body, bytes):
        return compute_digest(body), len(body)
    hashed, size = sha256(), 0
    with body.open() as reader:
        while chunk := reader.read(_CHUNK_BYTES):
            hashed.update(chunk)
            size += len(chunk)
    return Digest(hashed.digest()), size


def _measure(body: bytes | Stream) -> int:
    return len(body) if isinstance(body, bytes) else body.size
