"""The whole published site as data."""

from __future__ import annotations

from dataclasses import dataclass

from pectin.values.digest import Digest
from pectin.values.rules import Rules


@dataclass(frozen=True, slots=True)
class Entry:
    """What a snapshot says of one path. `size` is in bytes, of the identity coding."""

    blob: Digest
    size: int
    media_type: str
    immutable: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The root of a manifest: the digests of its shards, and the rules.

    A path belongs to shard `compute_digest(path)[:4] as a big-endian int % len(shards)`;
    the number of shards is a power of two. `files` and `size` (bytes) are the sums over all
    entries. The snapshot's id is the digest of its canonical form.
    """

    shards: tuple[Digest, ...]
    rules: Rules
    files: int
    size: int
