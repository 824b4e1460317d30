"""Records of renders by name, each name's newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

import msgspec

from pectin.build.traces.cache import Cache
from pectin.build.traces.model import compute_print

VARIANTS = 3
"""How many records a name keeps: its own branch's, and those of others that may come back."""

_LONGEST_NAME = 400

Record = TypeVar("Record", bound=msgspec.Struct)


class Ledger(Generic[Record]):
    """The records of one kind in a cache."""

    def __init__(self, cache: Cache, kind: bytes, record: type[Record]) -> None:
        self._cache = cache
        self._kind = kind
        self._decoder = msgspec.msgpack.Decoder(tuple[record, ...])  # type: ignore[valid-type]
        self._encoder = msgspec.msgpack.Encoder()

    def load(self, name: str) -> tuple[Record, ...]:
        """The records of `name`, the newest first; none when there are none."""
        value = self._cache.load(self._key(name))
        if value is None:
            return ()
        try:
            return self._decoder.decode(value)
        except msgspec.DecodeError:
            return ()

    def render(self, name: str, record: Record, older: Sequence[Record]) -> tuple[bytes, bytes]:
        """The key of `name`, and the value that it has when `record` is newer than `older`."""
        others = (other for other in older if other != record)
        return self._key(name), self._encoder.encode([record, *others][:VARIANTS])

    def _key(self, name: str) -> bytes:
        raw = name.encode("utf-8", "surrogatepass")
        return self._kind + (raw if len(raw) <= _LONGEST_NAME else b"\0" + compute_print(raw))
