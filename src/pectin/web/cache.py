"""Memory with a bound, in two generations.

What is asked for again moves to the young generation; when that has half of the bytes, it becomes
the old one and what was old is let go. So a hit is a dict lookup, without a list to keep in order.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Cache(Generic[Value]):
    """Values by key, of `capacity` bytes together at most."""

    __slots__ = ("_half", "_old", "_young", "_young_size")

    def __init__(self, capacity: int) -> None:
        self._half = capacity // 2
        self._young: dict[Hashable, tuple[Value, int]] = {}
        self._old: dict[Hashable, tuple[Value, int]] = {}
        self._young_size = 0

    def get(self, key: Hashable) -> Value | None:
        """The value of `key`, or None where there is none, or no longer."""
        held = self._young.get(key)
        if held is None:
            held = self._old.pop(key, None)
            if held is None:
                return None
            self.put(key, *held)
        return held[0]

    def put(self, key: Hashable, value: Value, size: int) -> None:
        """Keep `value`, of `size` bytes, unless it alone would take half of the room."""
        if size >= self._half:
            return
        if self._young_size + size > self._half:
            self._old, self._young, self._young_size = self._young, {}, 0
        replaced = self._young.get(key)
        self._young_size += size - (replaced[1] if replaced else 0)
        self._young[key] = (value, size)

    def __len__(self) -> int:
        return len(self._young) + len(self._old)
