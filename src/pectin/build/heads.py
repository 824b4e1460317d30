"""The heads of a site's documents: remembered where the file is as it was, else read."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from functools import partial
from zlib import crc32

import msgspec

from pectin.build.content.document import Head
from pectin.build.content.documents import Documents
from pectin.build.content.front_matter import parse_document
from pectin.build.content.packing import Known, can_pack, pack_heads, unpack_heads
from pectin.build.pages import cut
from pectin.build.problems import Problems
from pectin.build.site.layout import Layout
from pectin.build.site.sections import take_date
from pectin.build.source import SourceTree
from pectin.build.traces.cache import Cache
from pectin.build.traces.model import compute_print
from pectin.build.workers import Workers
from pectin.values.digest import Digest
from pectin.values.problem import Problem

_BATCH = 100
"""How many heads are read by one worker at a stretch."""

_BUCKET = 512
"""About how many heads are remembered under one key, to be written anew when one of them changes."""


class _Heads(msgspec.Struct, frozen=True):
    """The heads of some documents, what is wrong with them, and the digests of the files.

    `flawed` are those with which something is wrong.
    """

    heads: list[Head]
    problems: list[Problem]
    flawed: list[str]
    digests: dict[str, Digest]


class Reading(msgspec.Struct, frozen=True):
    """What heads are read from, and what the reading of each depends on."""

    source: SourceTree
    documents: Documents
    taxonomies: frozenset[str]
    layout: Layout


def read_heads(
    reading: Reading,
    paths: Sequence[str],
    problems: Problems,
    workers: Workers,
    cache: Cache,
) -> dict[str, Head]:
    """What stands above the bodies of the documents at `paths`, by these; `workers` read it.

    A head without a problem is kept in `cache`, and is not read again.
    """
    memory = _Memory(reading, cache, paths)
    heads = memory.recall()
    unknown = [path for path in paths if path not in heads]
    flawed: set[str] = set()
    work = partial(_read_some, reading)
    for found in workers.map(work, cut(unknown, _BATCH)):
        reading.source.learn(found.digests)
        problems.add(found.problems)
        flawed.update(found.flawed)
        heads.update({head.path: head for head in found.heads})
    memory.store(heads, [path for path in unknown if path not in flawed], flawed)
    return {path: heads[path] for path in paths}


def _read_some(reading: Reading, paths: Sequence[str]) -> _Heads:
    """What stands above the bodies of the documents at `paths`."""
    heads: list[Head] = []
    problems: list[Problem] = []
    flawed: list[str] = []
    for path in paths:
        head, told = read_head(reading, path)
        if told:
            problems += told
            flawed.append(path)
        heads.append(head)
    return _Heads(heads, problems, flawed, {path: reading.source.digest(path) for path in paths})


def read_head(reading: Reading, path: str) -> tuple[Head, tuple[Problem, ...]]:
    """What stands above the body of the document at `path`, and what is wrong with that."""
    text, told = reading.documents.read(path)
    document, faults = parse_document(path, text, reading.taxonomies)
    return take_date(_locate(document.head, reading.layout)), (*told, *faults)


def _locate(head: Head, layout: Layout) -> Head:
    location = layout.strip(head.path)
    return head if location == head.path else msgspec.structs.replace(head, location=location)


class _Memory:
    """The heads that earlier builds read, in buckets: one that changes moves few others.

    What a head says depends on which taxonomies there are, and on how its name is read.
    """

    def __init__(self, reading: Reading, cache: Cache, paths: Sequence[str]) -> None:
        self._source = reading.source
        self._layout = reading.layout
        self._cache = cache
        self._paths = frozenset(paths)
        self._buckets: list[list[str]] = [
            [] for _ in range(1 << (len(paths) // _BUCKET).bit_length())
        ]
        self._prefix = compute_print(
            *sorted(reading.taxonomies), repr(reading.layout), str(len(self._buckets))
        )
        for path in paths:
            self._buckets[self._number_of(path)].append(path)

    def recall(self) -> dict[str, Head]:
        """The heads of the files that are as they were when these were kept."""
        if self._cache.is_new:
            return {}
        return {
            head.path: _locate(head, self._layout)
            for number in range(len(self._buckets))
            for known in (self._load(number),)
            for digest, head in zip(known.digests, known.heads, strict=True)
            if head.path in self._paths and self._source.recall_digest(head.path) == digest
        }

    def store(self, heads: Mapping[str, Head], new: Sequence[str], flawed: Container[str]) -> None:
        """Keep the heads of the files `new`, and with them the others of their buckets.

        Those of `flawed` files are not kept: what is wrong with them must be told each time.
        """
        if not self._cache.is_kept:
            return
        values = {}
        for number in sorted({self._number_of(path) for path in new}):
            paths = [
                path
                for path in self._buckets[number]
                if path not in flawed and can_pack(heads[path])
            ]
            digests: list[bytes] = [self._source.digest(path) for path in paths]
            value = pack_heads(Known(digests, [heads[path] for path in paths]))
            if value is not None:
                values[self._key(number)] = value
        self._cache.store(values)

    def _load(self, number: int) -> Known:
        value = self._cache.load(self._key(number))
        try:
            return unpack_heads(value) if value else Known([], [])
        except msgspec.DecodeError:
            return Known([], [])

    def _key(self, number: int) -> bytes:
        return b"H" + self._prefix + number.to_bytes(4)

    def _number_of(self, path: str) -> int:
        return crc32(path.encode()) & (len(self._buckets) - 1)
