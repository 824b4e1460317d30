"""A snapshot's files by path, read from the store as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from pectin.deploy.codec import Shard, find_shard, parse_shard, parse_snapshot
from pectin.deploy.ports import BlobReader, Blobs, Deploys
from pectin.values.digest import Digest
from pectin.values.rules import Rules
from pectin.values.site import SiteName
from pectin.values.snapshot import Entry, Snapshot

HELD_SHARDS = 256
"""How many shards a manifest holds in memory: about 40 MB at most."""


class Manifest:
    """The paths of the snapshot `snapshot_id`, whose shards are read when they are needed.

    At most `held_shards` of them are in memory. Raises BlobMissing, CorruptBlob or BadManifest
    where the store is damaged.
    """

    def __init__(
        self, blobs: BlobReader, snapshot_id: Digest, *, held_shards: int = HELD_SHARDS
    ) -> None:
        self.snapshot: Snapshot = parse_snapshot(blobs.get(snapshot_id))
        self._blobs = blobs
        self._held: dict[int, Shard] = {}
        self._held_shards = held_shards

    def find(self, path: str) -> Entry | None:
        """The entry of `path`, or None."""
        index = find_shard(path, len(self.snapshot.shards))
        shard = self._held.get(index)
        return (shard or self._hold(index)).find(path)

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Every path with its entry, shard by shard."""
        for digest in self.snapshot.shards:
            yield from parse_shard(self._blobs.get(digest)).entries()

    def _hold(self, index: int) -> Shard:
        shard = parse_shard(self._blobs.get(self.snapshot.shards[index]))
        if len(self._held) >= self._held_shards:
            self._held.clear()
        self._held[index] = shard
        return shard


class _Store(Blobs, Deploys, Protocol):
    """What `SnapshotFiles` reads from."""


class SnapshotFiles:
    """The files of one snapshot of `site`, and those that its retained deploys keep.

    Made once for a snapshot and asked for every request; safe to share between threads.
    """

    def __init__(self, store: _Store, site: SiteName, snapshot_id: Digest) -> None:
        self._manifest = Manifest(store, snapshot_id)
        self._store = store
        self._site = site

    @property
    def snapshot(self) -> Snapshot:
        """The root."""
        return self._manifest.snapshot

    @property
    def rules(self) -> Rules:
        """The snapshot's redirects and header rules."""
        return self._manifest.snapshot.rules

    def find(self, path: str) -> Entry | None:
        """The snapshot's entry for `path`, or None."""
        return self._manifest.find(path)

    def find_retained(self, path: str) -> Entry | None:
        """The immutable entry that a retained deploy of the site has for `path`, or None."""
        return self._store.find_retained(self._site, path)


@dataclass(frozen=True, slots=True)
class Diff:
    """The paths in which two snapshots differ, each sorted."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def diff(blobs: BlobReader, before: Digest | None, after: Digest) -> Diff:
    """How the paths of `after` differ from those of `before` (None: nothing was there).

    Reads only shards that differ.
    """
    new = parse_snapshot(blobs.get(after)).shards
    old = parse_snapshot(blobs.get(before)).shards if before else ()
    # Counts are powers of two and a path's shard is its hash modulo the count, so what is in
    # shard i of the fewer is in shards i, i + step, i + 2 step, ... of the more.
    step = min(len(old), len(new)) or 1
    added: list[str] = []
    changed: list[str] = []
    removed: list[str] = []
    for start in range(step):
        if old[start::step] == new[start::step]:
            continue
        was = _read_shards(blobs, old[start::step])
        now = _read_shards(blobs, new[start::step])
        added += now.keys() - was.keys()
        removed += was.keys() - now.keys()
        changed += [path for path in now.keys() & was.keys() if now[path] != was[path]]
    return Diff(*(tuple(sorted(paths)) for paths in (added, changed, removed)))


def _read_shards(blobs: BlobReader, shards: tuple[Digest, ...]) -> dict[str, Entry]:
    return {
        path: entry for digest in shards for path, entry in parse_shard(blobs.get(digest)).entries()
    }
