"""A document that stands for others: its patterns, and what they make of one item."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from pectin.build.content.document import Document
from pectin.build.generation.expressions import BadExpression, Expressions
from pectin.build.positions import find_value
from pectin.values.place import Place, place_at

KEY = "pages_from"
ITEM = "item"
"""The key under which a made document has its item."""

_FIRST_KEY = 2
"""The line of the first key in a document that is made."""

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_BLOCK = re.compile(r"[ \t]*\{[%#]")
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")


class Blueprint:
    """The document whose pages come from a list."""

    def __init__(self, document: Document, expressions: Expressions) -> None:
        values: Mapping[str, Any] = document.head.front_matter.params
        self.path = document.path
        self.location = document.head.location
        self.expression = document.head.front_matter.pages_from or ""
        self._source = document.source
        self._body_start = document.head.body_start
        self.patterns = dict(values)
        self._expressions = expressions
        self._render: Callable[[Mapping[str, Any]], str] | None = None

    @property
    def suffix(self) -> str:
        """What ends the name of each page's file, its language too: `.md`, `.de.md`."""
        stem = self.location.rpartition("/")[2].rpartition(".")[0]
        return self.path.rpartition("/")[2].removeprefix(stem)

    def compose(self, key: str, variables: Mapping[str, Any]) -> Any:
        """The value of `key` for an item; None where there is no such key. Raises BadExpression."""
        return self._expressions.compose(self.patterns.get(key), variables)

    def check_body(self) -> None:
        """Raise BadExpression where the body cannot be read."""
        if self._render is None:
            self._render = self._expressions.compile_body(self.path, self._body)

    def write(self, variables: Mapping[str, Any]) -> tuple[str, list[BadExpression]]:
        """The document of one item: JSON with a key on each line, then the body.

        What cannot be evaluated is empty in it, and told.
        """
        failures: list[BadExpression] = []
        written: dict[str, str] = {}
        for key in (*self.patterns, ITEM):
            try:
                value = variables[ITEM] if key == ITEM else self.compose(key, variables)
                written[key] = _write_json(value)
            except BadExpression as bad:
                failures.append(BadPattern(key, bad))
                written[key] = "null"
        body = ""
        try:
            self.check_body()
            assert self._render is not None
            body = self._render(variables)
        except BadExpression as bad:
            failures.append(bad)
        lines = (f"{json.dumps(key)}: {value}" for key, value in written.items())
        return "{\n" + ",\n".join(lines) + "\n}\n" + body, failures

    def place_key(self, key: str) -> Place:
        """Where the pattern of `key` stands, else the key that names the list."""
        head = self._source[: self._body_start]
        offset = find_value(head, (key,), -1)
        return self._place(offset if offset >= 0 else find_value(head, (KEY,)))

    def place_body(self, line: int) -> Place:
        """The place of the `line` of the body, from 1."""
        offset = self._body_start
        for _ in range(line - 1):
            offset = self._source.find("\n", offset) + 1
        return Place(self.path, self._place(offset).line, None, self._place(offset).text)

    def find_key(self, line: int) -> str | None:
        """The key on the `line` of a made document, or None where that is of its body."""
        keys = dict(enumerate((*self.patterns, ITEM), start=_FIRST_KEY))
        return keys.get(line)

    def find_line(self, line: int, variables: Mapping[str, Any]) -> int:
        """The line of this body, from 1, that became the `line` of the document of an item."""
        marked = self._expressions.compile_body(f"{self.path} marked", _mark_lines(self._body))
        last = 1
        first = _FIRST_KEY + len(self.patterns) + len(("item", "}"))
        for text in marked(variables).split("\n")[: line - first + 1]:
            marks = _MARK.findall(text)
            last = int(marks[0]) if marks else last
        return last

    @property
    def _body(self) -> str:
        return self._source[self._body_start :]

    def _place(self, offset: int) -> Place:
        return place_at(self.path, self._source, offset)


class BadPattern(BadExpression):
    """The pattern of `key` cannot be evaluated."""

    def __init__(self, key: str, bad: BadExpression) -> None:
        super().__init__(bad.code, str(bad), bad.hint, bad.line)
        self.key = key


def _write_json(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, default=str)
    except (ValueError, TypeError, RecursionError):
        hint = "a number that is none, a key that is no text and a value within itself are no data"
        raise BadExpression("template-error", "this cannot be written as JSON", hint, 1) from None


def _mark_lines(body: str) -> str:
    """`body`, a template, with a mark before each line of its text."""
    inside = [(tag.start(), tag.end()) for tag in _TAG.finditer(body)]
    out: list[str] = []
    offset = 0
    for number, line in enumerate(body.split("\n"), start=1):
        is_text = not any(start < offset < end for start, end in inside)
        marks = is_text and not _BLOCK.match(line)
        out.append(f"{_OPEN}{number}{_CLOSE}{line}" if marks else line)
        offset += len(line) + 1
    return "\n".join(out)
