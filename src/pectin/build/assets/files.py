"""The files of `assets/` as a compiler sees them, who notes which it looked at."""

from __future__ import annotations

from collections.abc import Collection

from pectin.build.source import SourceTree
from pectin.build.traces.model import NOTHING, Question, compute_print
from pectin.build.traces.recorder import Asked

_KIND = "file"


class AssetFiles:
    """Files by their paths in the site's folder. `asked` are those that were looked for or read."""

    def __init__(self, paths: Collection[str], source: SourceTree) -> None:
        self._paths = paths
        self._source = source
        self.asked: Asked = {}

    def has(self, path: str) -> bool:
        """Whether there is such a file."""
        self.asked[_KIND, path] = None
        return path in self._paths

    def read(self, path: str) -> str:
        """The text of a file that is there. Raises UnicodeDecodeError."""
        self.asked[_KIND, path] = None
        return self._source.read(path).decode().removeprefix("\ufeff")

    def print_of(self, question: Question) -> bytes:
        """The fingerprint of a file that was looked at, as it is now."""
        _, path = question
        return compute_print(self._source.digest(path)) if path in self._paths else NOTHING
