"""The files of a site's folder as texts, for pages that show them."""

from __future__ import annotations

from posixpath import dirname, join, normpath

from pectin.build.encoding import parse_text
from pectin.build.problems import Problems
from pectin.build.source import SourceTree
from pectin.build.suggestions import suggest
from pectin.build.traces.model import NOTHING, compute_print


class SourceTexts:
    """Reads the files of one source tree by their paths in it."""

    def __init__(self, source: SourceTree, problems: Problems) -> None:
        self._source = source
        self._problems = problems
        self._paths: frozenset[str] = frozenset()

    def find(self, path: str) -> str | None:
        """The text of the file at `path`, or None where there is none."""
        if not self._has(path):
            return None
        text, problems = parse_text(path, self._source.read(path))
        self._problems.add(problems)
        return text

    def print(self, path: str) -> bytes:
        """The fingerprint of the file at `path`."""
        return compute_print(self._source.digest(path)) if self._has(path) else NOTHING

    def suggest(self, path: str) -> str:
        """What to do about the file at `path`, which is not there."""
        hint = "write a path from the folder of this file, or with a slash from the site's"
        return suggest(path, self._source.paths()) or hint

    def _has(self, path: str) -> bool:
        if not self._paths:
            self._paths = frozenset(self._source.paths())
        return path in self._paths


def path_of_file(written: str, base: str) -> str:
    """The path of the file that the source file `base` means by `written`."""
    folder = "" if written.startswith("/") else dirname(base)
    return normpath(join(folder, written.lstrip("/")))
