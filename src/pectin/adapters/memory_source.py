"""A site's source held in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pectin.values.digest import Digest, compute_digest


class MemorySource:
    """A SourceTree over `files`, bytes or text by path."""

    def __init__(self, files: Mapping[str, bytes | str]) -> None:
        self._files = {
            path: body.encode() if isinstance(body, str) else body for path, body in files.items()
        }

    def paths(self) -> Sequence[str]:
        """Every file's path, sorted by code point."""
        return sorted(self._files)

    def read(self, path: str) -> bytes:
        """The bytes of the file."""
        return self._files[path]

    def stream(self, path: str) -> bytes:
        """The bytes of the file."""
        return self._files[path]

    def learn(self, digests: Mapping[str, Digest]) -> None:
        """Nothing that is not known."""

    def recall_digest(self, path: str) -> Digest:
        """The digest of the bytes of the file."""
        return self.digest(path)

    def digest(self, path: str) -> Digest:
        """The digest of the bytes of the file."""
        return compute_digest(self._files[path])
