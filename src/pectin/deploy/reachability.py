"""Which blobs a snapshot needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pectin.deploy.codec import parse_shard, parse_snapshot
from pectin.deploy.errors import BlobMissing, CorruptBlob
from pectin.deploy.ports import BlobReader
from pectin.values.digest import Digest
from pectin.values.snapshot import Entry


def reach(blobs: BlobReader, snapshots: Iterable[Digest]) -> set[Digest]:
    """Every blob that one of `snapshots` needs: roots, shards, and what is in them.

    Raises BlobMissing, CorruptBlob or BadManifest where a root or a shard cannot be read.
    """
    reached: set[Digest] = set()
    # Not `reached`: a page may have the very bytes of a shard, which then is still to be read.
    shards: set[Digest] = set()
    for snapshot in snapshots:
        reached.add(snapshot)
        for shard in parse_snapshot(blobs.get(snapshot)).shards:
            if shard not in shards:
                shards.add(shard)
                reached.add(shard)
                reached.update(parse_shard(blobs.get(shard)).digests())
    return reached


def reach_since(blobs: BlobReader, before: Digest | None, after: Digest) -> Iterator[Digest]:
    """The blobs that the snapshot `after` needs, without its own root and shards, which are read,
    and without what is below the shards that it has from `before`.

    Raises as `reach`, for `after`: a damaged `before` must not be in the way of what replaces it.
    """
    known = _read_shards(blobs, before) if before else frozenset()
    for shard in parse_snapshot(blobs.get(after)).shards:
        if shard not in known:
            yield from parse_shard(blobs.get(shard)).digests()


def _read_shards(blobs: BlobReader, snapshot: Digest) -> frozenset[Digest]:
    try:
        return frozenset(parse_snapshot(blobs.get(snapshot)).shards)
    except (BlobMissing, CorruptBlob):
        return frozenset()


def find_immutable(blobs: BlobReader, snapshot: Digest) -> Iterator[tuple[str, Entry]]:
    """The entries of `snapshot` whose body never changes, by path."""
    for digest in parse_snapshot(blobs.get(snapshot)).shards:
        shard = parse_shard(blobs.get(digest))
        if any(immutable for _, immutable in shard.kinds):
            yield from ((path, entry) for path, entry in shard.entries() if entry.immutable)
