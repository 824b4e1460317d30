"""The items of a list or a mapping, and where in a data file each stands."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from pectin.build.configuration.scalars import describe
from pectin.build.encoding import parse_text
from pectin.build.positions import find_key
from pectin.build.source import SourceTree
from pectin.build.templates.data_folder import Data
from pectin.values.place import Place, place_at

_ROOT = re.compile(r"\s*data((?:\.\w+|\[(?:\"[^\"]+\"|'[^']+')\])+)")
_STEP = re.compile(r"\.(\w+)|\[[\"']([^\"']+)[\"']\]")
_SPACE_OR_COMMA = re.compile(r"[\s,]*")
_DELIMITERS = {"csv": ",", "tsv": "\t"}


class Item(Struct, frozen=True):
    """One of a list or a mapping. `key` is that of a mapping, `index` counts from 1."""

    value: Any
    index: int
    key: str | None = None

    @property
    def name(self) -> str:
        """What messages call it."""
        return f"item {self.index}" if self.key is None else f"item {self.key!r}"


def list_items(value: Any) -> list[Item]:
    """The items of a list, or the values of a mapping. Raises ValueError for anything else."""
    if isinstance(value, Mapping):
        return [Item(value[key], index, str(key)) for index, key in enumerate(value, start=1)]
    if isinstance(value, list | tuple):
        return [Item(one, index) for index, one in enumerate(value, start=1)]
    raise ValueError(f"is {describe(value)}, not a list or a mapping")


class Origin:
    """Where the items of an expression come from: the file, and the way to the list in it."""

    def __init__(self, expression: str, data: Data, source: SourceTree) -> None:
        self._source = source
        self.path, self._steps = _find_file(expression, data)
        self._data = data
        self._text: str | None = None

    def place(self, item: Item) -> Place | None:
        """Where `item` is, its line where that can be found; None where no file has it."""
        if not self.path:
            return None
        text = self._load()
        offset = self._find(text, item)
        return Place(self.path) if offset is None else place_at(self.path, text, offset)

    def place_value(self, item: Item, written: str) -> Place | None:
        """Where the text `written` stands in `item`; else the place of that."""
        if not self.path:
            return None
        text = self._load()
        start = self._find(text, item) or 0
        offset = text.find(written, start) if written else -1
        return place_at(self.path, text, offset) if offset >= 0 else self.place(item)

    def _load(self) -> str:
        if self._text is None:
            self._text = parse_text(self.path, self._source.read(self.path))[0]
        return self._text

    def _find(self, text: str, item: Item) -> int | None:
        if item.key is not None:
            return find_key(text, (*self._steps, item.key))
        index = self._index_of(item)
        suffix = self.path.rpartition(".")[2].lower()
        starts = _LISTS.get(suffix, _list_nothing)(text, self._steps)
        return next((at for number, at in enumerate(starts) if number == index), None)

    def _index_of(self, item: Item) -> int:
        """The number, from 0, that the item has in the file: a filter may have moved it."""
        found: Any = self._data.root
        for name in self.names:
            found = found[name]
        listed = list(found) if isinstance(found, Sequence) else []
        return listed.index(item.value) if item.value in listed else item.index - 1

    @property
    def names(self) -> tuple[str, ...]:
        """The way from `data/` to the list."""
        folders = self.path.removeprefix("data/").partition(".")[0].split("/")
        return (*folders, *self._steps)


def _find_file(expression: str, data: Data) -> tuple[str, tuple[str, ...]]:
    """The data file that `expression` begins with, and the rest of the way; "" where it has none."""
    root = _ROOT.match(expression)
    names = [step[1] or step[2] for step in _STEP.finditer(root[1])] if root else []
    for length in range(1, len(names) + 1):
        found = data.find("/".join(names[:length]))
        if isinstance(found, str):
            return found, tuple(names[length:])
    return "", ()


def _list_rows(suffix: str) -> Callable[[str, Sequence[str]], Iterator[int]]:
    def find(text: str, _: Sequence[str]) -> Iterator[int]:
        lines = text.splitlines(keepends=True)
        reader = csv.reader(lines, delimiter=_DELIMITERS[suffix])
        line = offset = 0
        is_head = True
        for row in reader:
            if row and not is_head:
                yield offset
            is_head = is_head and not row
            offset += sum(map(len, lines[line : reader.line_num]))
            line = reader.line_num

    return find


def _list_tables(text: str, steps: Sequence[str]) -> Iterator[int]:
    name = re.escape(".".join(steps))
    for found in re.finditer(rf"^[ \t]*\[\[[ \t]*{name}[ \t]*\]\]", text, re.MULTILINE):
        yield found.start()


def _list_json(text: str, steps: Sequence[str]) -> Iterator[int]:
    at = text.find("[", find_key(text, steps) if steps else 0) + 1
    decoder = json.JSONDecoder()
    while at > 0:
        skipped = _SPACE_OR_COMMA.match(text, at)
        at = skipped.end() if skipped else at
        if text[at : at + 1] in {"]", ""}:
            return
        yield at
        try:
            at = decoder.raw_decode(text, at)[1]
        except ValueError:
            return


def _list_yaml(text: str, steps: Sequence[str]) -> Iterator[int]:
    start = find_key(text, steps) if steps else 0
    first = re.compile(r"^([ \t]*)-[ \t]", re.MULTILINE).search(text, start)
    if first:
        dash = re.compile(rf"^{re.escape(first[1])}-[ \t]", re.MULTILINE)
        for found in dash.finditer(text, first.start()):
            yield found.start() + len(first[1])


def _list_nothing(_: str, __: Sequence[str]) -> Iterator[int]:
    return iter(())


_LISTS: Mapping[str, Callable[[str, Sequence[str]], Iterator[int]]] = {
    "csv": _list_rows("csv"),
    "tsv": _list_rows("tsv"),
    "toml": _list_tables,
    "json": _list_json,
    "yaml": _list_yaml,
    "yml": _list_yaml,
}
"""By suffix: the offsets of the items of the list that some keys lead to."""
