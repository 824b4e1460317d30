"""Encoded images in this process."""

from __future__ import annotations


class MemoryImages:
    """ImageResults that live as long as this object."""

    def __init__(self) -> None:
        self._bodies: dict[bytes, bytes] = {}

    def load(self, key: bytes) -> bytes | None:
        """The bytes of `key`, or None."""
        return self._bodies.get(key)

    def store(self, key: bytes, body: bytes) -> None:
        """Keep `body`."""
        self._bodies[key] = body
