"""The texts of documents: read again when they are needed, because a site's do not all fit."""

from __future__ import annotations

from pectin.build.content.document import Document, Head
from pectin.build.encoding import parse_text
from pectin.build.positions import find_value
from pectin.build.source import SourceTree
from pectin.values.place import Place, place_at


class Documents:
    """The documents of one source tree."""

    def __init__(self, source: SourceTree) -> None:
        self._source = source

    def load(self, head: Head) -> Document:
        """The document that `head` is of. Raises SourceUnreadable."""
        text, _ = parse_text(head.path, self._source.read(head.path))
        return Document(head, text)

    def place_key(self, head: Head, key: str, item: str = "") -> Place:
        """Where the front matter has the value of `key`, or `item` in it; else the file."""
        text = self.load(head).source
        offset = find_value(text[: head.body_start], (key,), -1, item)
        return Place(head.path) if offset < 0 else place_at(head.path, text, offset)
