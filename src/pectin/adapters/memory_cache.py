"""A cache of a build's memory in this process."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pectin.values.digest import Digest
from pectin.values.output import Stream

FindOutput = Callable[[Digest, int], "Stream | None"]
"""Takes the digest and the size of a file and returns it, or None where it is not."""


class MemoryCache:
    """A Cache that lives as long as this object. `find_output` knows the files."""

    is_kept = True
    is_new = False

    def __init__(self, find_output: FindOutput) -> None:
        self._values: dict[bytes, bytes] = {}
        self.find_output = find_output

    def load(self, key: bytes) -> bytes | None:
        """The value of `key`, or None."""
        return self._values.get(key)

    def store(self, values: Mapping[bytes, bytes]) -> None:
        """Keep `values`."""
        self._values.update(values)
