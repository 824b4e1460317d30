"""The texts of documents: read again when they are needed, because a site's do not all fit."""

from __future__ import annotations

from pectin.build.content.document import Document, Head, Origin
from pectin.build.encoding import parse_text
from pectin.build.positions import find_value
from pectin.build.source import SourceTree
from pectin.values.place import Place, place_at
from pectin.values.problem import Problem

_MOST_HELD = 8 << 20


class Documents:
    """The documents of one source tree.

    The first texts that are read, as many as `most_held` characters, stay until they are needed.
    """

    def __init__(self, source: SourceTree, most_held: int = _MOST_HELD) -> None:
        self._source = source
        self._room = most_held
        self._held: dict[str, str] = {}

    def read(self, path: str) -> tuple[str, tuple[Problem, ...]]:
        """The text of the document at `path`, and what is wrong with its encoding."""
        text, problems = parse_text(path, self._source.read(path))
        if len(text) <= self._room:
            self._room -= len(text)
            self._held[path] = text
        return text, problems

    def load(self, head: Head) -> Document:
        """The document that `head` is of. Raises SourceUnreadable."""
        text = self._held.get(head.path)
        if text is None:
            text, _ = parse_text(head.path, self._source.read(head.path))
        return Document(head, text)

    def read_from(self, source: SourceTree) -> None:
        """Read from `source` from now on, which has all that the one before has, and more."""
        self._source = source

    def let_go(self, path: str) -> None:
        """Do not hold the text at `path` any longer."""
        self._held.pop(path, None)

    def place_key(self, head: Head, key: str, item: str = "") -> Place:
        """Where the value of `key`, or `item` in it, is written; else the file."""
        if key in head.front_matter.origins:
            return self.place_default(head.front_matter.origins[key], item)
        text = self.load(head).source
        offset = find_value(text[: head.body_start], (key,), -1, item)
        return Place(head.path) if offset < 0 else place_at(head.path, text, offset)

    def place_default(self, origin: Origin, item: str = "") -> Place:
        """Where the value of a default, or `item` in it, is written."""
        text, _ = parse_text(origin.path, self._source.read(origin.path))
        return place_at(origin.path, text, find_value(text, origin.steps, 0, item))
