"""Where in the author's source something is."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

_LONGEST_TEXT = 4_000


@dataclass(frozen=True, slots=True)
class Place:
    """A file of the site, and as much of the position in it as is known.

    `file` is relative to the site's folder, with forward slashes; never an absolute path.
    `line` and `column` count from 1, `column` in characters. `text` is the line itself,
    without its end; None when it is longer than anyone reads.
    """

    file: str
    line: int | None = None
    column: int | None = None
    text: str | None = None

    def __str__(self) -> str:
        """`file:line:column`, as far as each is known."""
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n is not None)]
        return ":".join(parts)


def place_at(file: str, source: str, offset: int) -> Place:
    """The place of character `offset` of `source`, the text of `file`.

    An offset past the end is the end.
    """
    offset = min(max(offset, 0), len(source))
    start = source.rfind("\n", 0, offset) + 1
    end = source.find("\n", offset)
    text = source[start:] if end < 0 else source[start:end]
    line = source.count("\n", 0, offset) + 1
    return Place(file, line, offset - start + 1, _shown(text))


class Lines:
    """The lines of one text, for those who look many places up in it."""

    def __init__(self, file: str, source: str) -> None:
        self._file = file
        self._length = len(source)
        self._lines = source.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]

    def place(self, offset: int) -> Place:
        """The place of character `offset`, as `place_at` has it."""
        offset = min(max(offset, 0), self._length)
        line = bisect_right(self._starts, offset)
        column = offset - self._starts[line - 1] + 1
        return Place(self._file, line, column, _shown(self._lines[line - 1]))


def _shown(line: str) -> str | None:
    return line.rstrip("\r") if len(line) <= _LONGEST_TEXT else None
