"""What a build needs to index pages: someone who does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from pectin.build.configuration.model import SearchOptions


class SearchFailed(Exception):
    """Pages that cannot be indexed. The text says why."""


class SearchIndexer(Protocol):
    """Makes an index of pages. The same bytes come of the same pages each time."""

    @property
    def version(self) -> str:
        """Another text whenever the bytes that it makes may be others."""

    def index(
        self, pages: Iterable[tuple[str, str]], options: SearchOptions
    ) -> list[tuple[str, bytes]]:
        """The files of the index, each with its path below `/pagefind/`. Raises SearchFailed.

        `pages` are HTML, each with the decoded path of its file, in the order of these.
        """
