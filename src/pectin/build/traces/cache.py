"""What a build needs of a place that outlives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from pectin.values.digest import Digest
from pectin.values.output import Stream


class Cache(Protocol):
    """Bytes by key, which may be gone at any time: nothing is wrong without them, only slower.

    What is loaded is what was stored under that key, whole, or None. A key has 1 to 440 bytes.
    """

    @property
    def is_kept(self) -> bool:
        """Whether anything that is stored can ever be loaded."""

    @property
    def is_new(self) -> bool:
        """Whether there was nothing in it when it was opened."""

    def load(self, key: bytes) -> bytes | None:
        """The value of `key`, or None."""

    def store(self, values: Mapping[bytes, bytes]) -> None:
        """Keep `values`."""

    def find_output(self, digest: Digest, size: int) -> Stream | None:
        """The file of `size` bytes that an earlier build made, or None. Nothing is read yet."""


class NoCache:
    """A cache that keeps nothing."""

    is_kept = False
    is_new = True

    def load(self, key: bytes) -> bytes | None:  # noqa: ARG002  # as the port has it
        """None."""
        return None

    def store(self, values: Mapping[bytes, bytes]) -> None:
        """Keep nothing."""

    def find_output(self, digest: Digest, size: int) -> Stream | None:  # noqa: ARG002  # as the port has it
        """None."""
        return None
