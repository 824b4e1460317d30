"""What was learnt of images and made of them, by this build and by earlier ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from pectin.build.images.plan import Planned
from pectin.build.images.ports import ImageResults
from pectin.build.traces.cache import Cache
from pectin.values.digest import Digest, compute_digest
from pectin.values.output import OutputFile, Stream

Fact = TypeVar("Fact", bound=msgspec.Struct)
Kept = TypeVar("Kept")

_encode = msgspec.msgpack.Encoder().encode


class ImageMemory:
    """Facts and files by key: the cache is asked first, and then the results, which outlive it."""

    def __init__(self, cache: Cache, results: ImageResults) -> None:
        self._cache = cache
        self._results = results
        self._facts: dict[bytes, msgspec.Struct] = {}
        self._new: dict[bytes, bytes] = {}

    def load(self, key: bytes, kind: type[Fact]) -> Fact | None:
        """The fact that is kept under `key`, or None."""
        known = self._facts.get(key)
        if isinstance(known, kind):
            return known
        value = self._cache.load(_fact_key(key))
        if value is None:
            value = self._results.load(key)
            if value is not None:
                self._new[key] = value
        found = _decode(value, kind)
        if found is not None:
            self._facts[key] = found
        return found

    def learn(self, key: bytes, fact: msgspec.Struct) -> None:
        """Know `fact` by `key` from now on."""
        self._facts[key] = fact
        self._new[key] = _encode(fact)

    def drain(self) -> dict[bytes, bytes]:
        """The facts that are new since this was asked last."""
        new, self._new = self._new, {}
        return new

    def keep(self, facts: Mapping[bytes, bytes]) -> None:
        """Keep what this or another drained."""
        if facts:
            self._cache.store({_fact_key(key): value for key, value in facts.items()})
        for key, value in facts.items():
            self._results.store(key, value)

    def find_file(self, planned: Planned) -> OutputFile | None:
        """The file that is `planned`, if it was made before."""
        record = _decode(self._cache.load(_file_key(planned.key)), tuple[bytes, int])
        if record is not None:
            digest, size = Digest(record[0]), record[1]
            stream = self._cache.find_output(digest, size)
            if stream is not None:
                return _make_file(planned, stream, digest)
        body = self._results.load(planned.key)
        return None if body is None else self._remember(planned, body)

    def keep_file(self, planned: Planned, body: bytes) -> OutputFile:
        """The file that is `planned`, now that it is made."""
        self._results.store(planned.key, body)
        return self._remember(planned, body)

    def _remember(self, planned: Planned, body: bytes) -> OutputFile:
        digest = compute_digest(body)
        if self._cache.is_kept:
            self._cache.store({_file_key(planned.key): _encode((digest, len(body)))})
        return _make_file(planned, body, digest)


def _make_file(planned: Planned, body: bytes | Stream, digest: Digest) -> OutputFile:
    media_type = planned.variant.format.media_type
    return OutputFile(planned.path, body, media_type, immutable=True, digest=digest)


def _decode(value: bytes | None, kind: type[Kept]) -> Kept | None:
    try:
        return None if value is None else msgspec.msgpack.decode(value, type=kind)
    except msgspec.DecodeError:
        return None


def _fact_key(key: bytes) -> bytes:
    return b"i" + key


def _file_key(key: bytes) -> bytes:
    return b"v" + key
