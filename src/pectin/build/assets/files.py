"""The files of `assets/` and of packages as a compiler sees them, with a note of which it looked at."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from pectin.build.source import SourceTree
from pectin.build.traces.model import NOTHING, Question, compute_print
from pectin.build.traces.recorder import Asked
from pectin.values.digest import compute_digest

PACKAGES = "node_modules"

_KIND = "file"


class Packages(Protocol):
    """The files of packages, which are no source: only what a script imports of them is read.

    Paths begin with `node_modules/`, and never lead out of there.
    """

    def has(self, path: str) -> bool:
        """Whether there is such a file."""

    def read(self, path: str) -> bytes:
        """The bytes of a file that is there."""


class NoPackages:
    """No packages at all."""

    def has(self, path: str) -> bool:  # noqa: ARG002  # as the port has it
        """False."""
        return False

    def read(self, path: str) -> bytes:
        """Nothing: there is no such file."""
        raise KeyError(path)


class AssetFiles:
    """Files by their paths in the site's folder. `asked` are those that were looked for or read."""

    def __init__(
        self, paths: Collection[str], source: SourceTree, packages: Packages | None = None
    ) -> None:
        self._paths = paths
        self._source = source
        self._packages = packages or NoPackages()
        self.asked: Asked = {}

    def has(self, path: str) -> bool:
        """Whether there is such a file."""
        self.asked[_KIND, path] = None
        return self._packages.has(path) if is_of_package(path) else path in self._paths

    def read(self, path: str) -> str:
        """The text of a file that is there. Raises UnicodeDecodeError."""
        self.asked[_KIND, path] = None
        read = self._packages.read if is_of_package(path) else self._source.read
        return read(path).decode().removeprefix("\ufeff")

    def print_of(self, question: Question) -> bytes:
        """The fingerprint of a file that was looked at, as it is now."""
        _, path = question
        if is_of_package(path):
            there = self._packages.has(path)
            return compute_print(compute_digest(self._packages.read(path))) if there else NOTHING
        return compute_print(self._source.digest(path)) if path in self._paths else NOTHING


def is_of_package(path: str) -> bool:
    """Whether `path` is that of a file of a package, be it there or not."""
    return path.startswith(f"{PACKAGES}/")
