"""The canonical form of a snapshot: equal content gives equal bytes, on any machine.

A manifest is a root and its shards, all of them blobs. Both are MessagePack arrays whose first
element names the format and its version; map keys, field names and insertion order play no part.
A shard is stored by column, with its paths sorted by code point, so that reading one entry of a
thousand makes one object.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Annotated, Literal

import msgspec

from pectin.deploy.errors import BadManifest
from pectin.values.digest import DIGEST_SIZE, Digest, compute_digest
from pectin.values.rules import Conditions, HeaderRule, Redirect, Rules
from pectin.values.snapshot import Entry, Snapshot

SHARD_ENTRIES = 1000
"""How many entries a shard has at most on the average."""

_Natural = Annotated[int, msgspec.Meta(ge=0)]


class Shard(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A part of a manifest, by column: the n-th of `paths` has the n-th of the rest.

    `kinds` are the (media type, immutable) pairs that occur, sorted; `kind_of` are indexes into
    it. `blobs` are digests, one after the other. `paths` are sorted and unique.
    """

    format: Literal["pectin.shard.1"]
    kinds: tuple[tuple[str, bool], ...]
    paths: tuple[str, ...]
    blobs: bytes
    sizes: tuple[_Natural, ...]
    kind_of: tuple[_Natural, ...]

    def find(self, path: str) -> Entry | None:
        """The entry of `path`, or None."""
        index = bisect_left(self.paths, path)
        if index == len(self.paths) or self.paths[index] != path:
            return None
        return self._entry(index)

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Every path with its entry, in order of path."""
        for index, path in enumerate(self.paths):
            yield path, self._entry(index)

    def digests(self) -> Iterator[Digest]:
        """The blob of every entry, in order of path."""
        return (self._digest(index) for index in range(len(self.paths)))

    def _entry(self, index: int) -> Entry:
        media_type, immutable = self.kinds[self.kind_of[index]]
        return Entry(self._digest(index), self.sizes[index], media_type, immutable)

    def _digest(self, index: int) -> Digest:
        return Digest(self.blobs[index * DIGEST_SIZE : (index + 1) * DIGEST_SIZE])


_Field = tuple[str, str]


class _Plain(
    msgspec.Struct,
    frozen=True,
    array_like=True,
    forbid_unknown_fields=True,
    tag="pectin.snapshot.1",
):
    """A root whose rules say nothing that this form has no place for."""

    shards: bytes
    files: _Natural
    size: _Natural
    redirects: tuple[tuple[str, str, int], ...]
    headers: tuple[tuple[str, tuple[_Field, ...]], ...]

    def rules(self) -> Rules:
        return Rules(
            redirects=tuple(Redirect(*rule) for rule in self.redirects),
            headers=tuple(HeaderRule(*rule) for rule in self.headers),
        )


class _Redirect(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    source: str
    target: str
    status: int
    force: bool
    origin: str
    query: tuple[_Field, ...]
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    cookies: tuple[str, ...]


class _Full(
    msgspec.Struct,
    frozen=True,
    array_like=True,
    forbid_unknown_fields=True,
    tag="pectin.snapshot.2",
):
    """A root with rules of every kind."""

    shards: bytes
    files: _Natural
    size: _Natural
    redirects: tuple[_Redirect, ...]
    headers: tuple[tuple[str, tuple[_Field, ...], tuple[str, ...]], ...]

    def rules(self) -> Rules:
        return Rules(
            redirects=tuple(_parse_redirect(rule) for rule in self.redirects),
            headers=tuple(HeaderRule(*rule) for rule in self.headers),
        )


_ROOT = msgspec.msgpack.Decoder(_Plain | _Full)


def count_shards(files: int) -> int:
    """How many shards a manifest of `files` paths has: a power of two, by the count alone."""
    return 1 << max(0, -(-files // SHARD_ENTRIES) - 1).bit_length()


def find_shard(path: str, shards: int) -> int:
    """The index of the shard, of `shards` (a power of two), that `path` belongs to."""
    if shards == 1:
        return 0
    # A request may ask for anything, a lone surrogate too: it is in no manifest, but not an error.
    hashed = compute_digest(path.encode("utf-8", "surrogatepass"))
    return int.from_bytes(hashed[:4], "big") % shards


def render_shard(entries: Mapping[str, Entry]) -> bytes:
    """The canonical form of the shard that has `entries` by path, in whatever order."""
    paths = sorted(entries)
    rows = [entries[path] for path in paths]
    kinds = sorted({(row.media_type, row.immutable) for row in rows})
    indexes = {kind: index for index, kind in enumerate(kinds)}
    shard = Shard(
        format="pectin.shard.1",
        kinds=tuple(kinds),
        paths=tuple(paths),
        blobs=b"".join([row.blob for row in rows]),
        sizes=tuple([row.size for row in rows]),
        kind_of=tuple([indexes[row.media_type, row.immutable] for row in rows]),
    )
    return msgspec.msgpack.encode(shard)


def parse_shard(body: bytes) -> Shard:
    """The shard whose canonical form is `body`. Raises BadManifest for anything else."""
    try:
        shard = msgspec.msgpack.decode(body, type=Shard)
    except msgspec.MsgspecError as error:
        raise BadManifest(str(error)) from error
    count = len(shard.paths)
    if not (len(shard.sizes) == len(shard.kind_of) == count):
        raise BadManifest("the columns of a shard differ in length")
    if len(shard.blobs) != count * DIGEST_SIZE:
        raise BadManifest("a shard has digests of a wrong size")
    if any(a >= b for a, b in pairwise(shard.paths)):
        raise BadManifest("the paths of a shard are not sorted")
    if any(a >= b for a, b in pairwise(shard.kinds)) or set(shard.kind_of) != set(
        range(len(shard.kinds))
    ):
        raise BadManifest("the kinds of a shard are not those of its entries")
    return shard


def render_snapshot(snapshot: Snapshot) -> bytes:
    """The canonical form of the root `snapshot`; its digest is the snapshot's id."""
    rules = snapshot.rules
    head = (b"".join(snapshot.shards), snapshot.files, snapshot.size)
    root: _Plain | _Full
    if _is_plain(rules):
        root = _Plain(
            *head,
            redirects=tuple((rule.source, rule.target, rule.status) for rule in rules.redirects),
            headers=tuple((rule.pattern, rule.headers) for rule in rules.headers),
        )
    else:
        root = _Full(
            *head,
            redirects=tuple(map(_describe_redirect, rules.redirects)),
            headers=tuple((rule.pattern, rule.headers, rule.credentials) for rule in rules.headers),
        )
    return msgspec.msgpack.encode(root)


def parse_snapshot(body: bytes) -> Snapshot:
    """The snapshot whose canonical form is `body`. Raises BadManifest for anything else."""
    try:
        root = _ROOT.decode(body)
    except msgspec.MsgspecError as error:
        raise BadManifest(str(error)) from error
    count, rest = divmod(len(root.shards), DIGEST_SIZE)
    if rest or count != count_shards(root.files):
        raise BadManifest("a root has a wrong number of shards")
    starts = range(0, len(root.shards), DIGEST_SIZE)
    rules = root.rules()
    if isinstance(root, _Full) and _is_plain(rules):
        raise BadManifest("a root is not in the form that its rules have")
    return Snapshot(
        shards=tuple(Digest(root.shards[start : start + DIGEST_SIZE]) for start in starts),
        rules=rules,
        files=root.files,
        size=root.size,
    )


def _is_plain(rules: Rules) -> bool:
    """Whether the first form has a place for all that `rules` say. One that it has keeps its id."""
    return not any(rule.credentials for rule in rules.headers) and all(
        rule == Redirect(rule.source, rule.target, rule.status) for rule in rules.redirects
    )


def _describe_redirect(rule: Redirect) -> _Redirect:
    asked = rule.conditions
    return _Redirect(
        rule.source,
        rule.target,
        rule.status,
        rule.force,
        rule.origin,
        rule.query,
        asked.countries,
        asked.languages,
        asked.cookies,
    )


def _parse_redirect(rule: _Redirect) -> Redirect:
    conditions = Conditions(rule.countries, rule.languages, rule.cookies)
    return Redirect(
        rule.source, rule.target, rule.status, rule.force, rule.origin, rule.query, conditions
    )
