"""A site's source as the build sees it: paths and bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from pectin.values.digest import Digest
from pectin.values.errors import Family, PectinError
from pectin.values.output import Stream

CONFIG_FILE = "pectin.toml"
NETLIFY_FILE = "netlify.toml"
"""Netlify's configuration, of which the rules are read."""
REDIRECTS_FILE = "static/_redirects"
HEADERS_FILE = "static/_headers"
RULE_FILES = frozenset({REDIRECTS_FILE, HEADERS_FILE})
"""Files of `static/` that are read, as Netlify reads them, and not published."""
COMMITS_FILE = "commits.json"
"""What git knows of the source: it is no file of the folder, but counts as one."""
FOLDERS = ("assets", "content", "data", "i18n", "static", "templates")
SOURCES = (CONFIG_FILE, NETLIFY_FILE, *FOLDERS)
"""What a site's source is made of. Whatever else lies in its folder is the author's own affair."""


def is_program(path: str) -> bool:
    """Whether `path` is a program in `data/`: no data itself, but what may load some."""
    return path.startswith("data/") and path.endswith(".py")


def is_loader(path: str) -> bool:
    """Whether `path` is a program that loads data. Those that begin with `_` are for others to import."""
    return is_program(path) and not path.rpartition("/")[2].startswith("_")


class SourceUnreadable(PectinError):
    """A file of the source is there, but its bytes cannot be had."""

    code = "source-unreadable"
    title = "A source file cannot be read"
    family = Family.OPERATOR


class SourceTree(Protocol):
    """The files of a site's folder.

    Paths are relative, with forward slashes, NFC, and never lead out of the folder. The order
    of `paths` is theirs as text, whatever the file system's.
    """

    def paths(self) -> Sequence[str]:
        """Every file's path, sorted by code point."""

    def read(self, path: str) -> bytes:
        """The bytes of the file. Raises SourceUnreadable when it cannot be read."""

    def digest(self, path: str) -> Digest:
        """The SHA-256 digest of the file's bytes. Raises SourceUnreadable."""

    def recall_digest(self, path: str) -> Digest | None:
        """As `digest`, but None where the file would have to be read first."""

    def learn(self, digests: Mapping[str, Digest]) -> None:
        """Take digests that a copy of this process has computed."""

    def stream(self, path: str) -> bytes | Stream:
        """As `read`, or a Stream where the file is too large to hold."""
