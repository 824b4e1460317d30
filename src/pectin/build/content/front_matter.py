"""The head of a source file: YAML between `---`, TOML between `+++`, or a JSON object."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from pectin.build.configuration.scalars import WrongValue, describe
from pectin.build.configuration.syntax import Block, parse_json_prefix, parse_toml, parse_yaml
from pectin.build.content.document import Document, FrontMatter, Head
from pectin.build.content.fields import (
    FIELDS,
    LISTS,
    find_meant_key,
    parse_term,
)
from pectin.build.positions import Step, find_key, find_value
from pectin.build.traces.model import compute_print
from pectin.values.place import place_at
from pectin.values.problem import Problem, Severity

_PARSERS = {"---": parse_yaml, "+++": parse_toml}
_FENCES = {mark: re.compile(rf"^{re.escape(mark)}[ \t]*\r?$\n?", re.MULTILINE) for mark in _PARSERS}
_JSON = re.compile(r"\{\s*[\"}]")
_DATE_PREFIX = re.compile(r"(\d{4}-\d\d-\d\d)[-_](?=.)")


@dataclass(frozen=True, slots=True)
class _Found:
    """Front matter as found: `start` and `body_start` are offsets in the source."""

    values: Any
    start: int
    body_start: int
    problems: tuple[Problem, ...] = ()


def parse_document(
    path: str, source: str, taxonomies: Collection[str]
) -> tuple[Document, tuple[Problem, ...]]:
    """The document in `source`, the text of the file `path`, and what is wrong with its head.

    `taxonomies` are the names under which terms may stand in the front matter. A value that is
    wrong is told and left out, so that there is always a document to go on with.
    """
    source = source.removeprefix("\ufeff")
    found = _split_head(path, source)
    reader = _Reader(path, source, found.start, taxonomies)
    front_matter = reader.read(found.values)
    document = Document(
        Head(path, found.body_start, front_matter, compute_print(source[: found.body_start])),
        source,
    )
    return document, (*found.problems, *reader.problems)


def split_date_prefix(stem: str) -> tuple[date | None, str]:
    """The date and the rest of a file's name without suffix: `2024-05-01-plum`.

    A name that does not begin with a day of the calendar has no date and is its own rest.
    """
    match = _DATE_PREFIX.match(stem)
    if match is None:
        return None, stem
    try:
        return date.fromisoformat(match[1]), stem[match.end() :]
    except ValueError:
        return None, stem


def _split_head(path: str, source: str) -> _Found:
    mark = source[:3]
    if mark in _PARSERS and (opening := _FENCES[mark].match(source)):
        return _split_fenced(path, source, mark, opening.end())
    if _JSON.match(source):
        block = Block(path, source, 0, len(source), "front-matter-syntax")
        values, end, problems = parse_json_prefix(block)
        return _Found(values, 0, _skip_line_end(source, end), problems)
    return _Found(None, 0, 0)


def _split_fenced(path: str, source: str, mark: str, start: int) -> _Found:
    closing = _FENCES[mark].search(source, start)
    if closing is None:
        problem = Problem(
            "front-matter-syntax",
            f"the front matter that begins with `{mark}` has no end",
            f"put a line `{mark}` below the last key",
            place_at(path, source, 0),
        )
        return _Found(None, start, len(source), (problem,))
    block = Block(path, source, start, closing.start(), "front-matter-syntax")
    values, problems = _PARSERS[mark](block)
    return _Found(values, start, closing.end(), problems)


def _skip_line_end(source: str, offset: int) -> int:
    for end in ("\r\n", "\n"):
        if source.startswith(end, offset):
            return offset + len(end)
    return offset


class _Reader:
    """Takes the typed keys out of one file's front matter."""

    def __init__(self, path: str, source: str, start: int, taxonomies: Collection[str]) -> None:
        self._path = path
        self._source = source
        self._start = start
        self._taxonomies = taxonomies
        self.problems: list[Problem] = []

    def read(self, values: Any) -> FrontMatter:
        """The front matter that the parsed `values` make."""
        if values is None:
            return FrontMatter()
        if not isinstance(values, dict):
            message = f"front matter is {describe(values)}, not keys with values"
            self._report("front-matter-syntax", message, "write `title: Plum jam`", ())
            return FrontMatter()
        fields: dict[str, Any] = {}
        terms: dict[str, tuple[str, ...]] = {}
        params: dict[str, Any] = {}
        for key, value in values.items():
            if key in FIELDS:
                self._read_field(fields, key, value)
            elif key in LISTS:
                fields[key] = tuple(self._read_items(value, LISTS[key], (key,), ""))
            elif key in self._taxonomies:
                self._read_terms(terms, (key,), value)
            elif key == "taxonomies":
                self._read_taxonomies(terms, value)
            elif key == "params" and isinstance(value, dict):
                params.update((str(name), param) for name, param in value.items())
            else:
                self._check_name(str(key))
                params.setdefault(str(key), value)
        return FrontMatter(taxonomies=terms, params=params, **fields)

    def _read_field(self, fields: dict[str, Any], key: str, value: Any) -> None:
        if value is None:
            return
        try:
            fields[key] = FIELDS[key](value)
        except WrongValue as wrong:
            self._report("front-matter-value", f"`{key}` {wrong}", wrong.hint, (key,))

    def _read_items(
        self, value: Any, parse: Callable[[Any], Any], steps: tuple[str, ...], what: str
    ) -> Iterator[Any]:
        """The items of a list, or the one that stands for a list; `what` begins a complaint."""
        for item in value if isinstance(value, list) else [value]:
            if item is None:
                continue
            try:
                yield parse(item)
            except WrongValue as wrong:
                message = f"`{steps[-1]}` {what}{wrong}"
                written = item if isinstance(item, str) else json.dumps(item, default=str)
                self._report("front-matter-value", message, wrong.hint, steps, item=written)

    def _read_terms(
        self, terms: dict[str, tuple[str, ...]], steps: tuple[str, ...], value: Any
    ) -> None:
        found = self._read_items(value, parse_term, steps, "has a term that ")
        if value is not None:
            terms[steps[-1]] = tuple(dict.fromkeys(filter(None, found)))

    def _read_taxonomies(self, terms: dict[str, tuple[str, ...]], value: Any) -> None:
        if not isinstance(value, dict):
            message = f"`taxonomies` must be a table of keys, not {describe(value)}"
            hint = "write `taxonomies: {tags: [plum, jam]}`"
            self._report("front-matter-value", message, hint, ("taxonomies",))
            return
        for name, listed in value.items():
            steps = ("taxonomies", str(name))
            if name in self._taxonomies:
                self._read_terms(terms, steps, listed)
            else:
                self._report(
                    "unknown-taxonomy",
                    f"`{name}` is not a taxonomy of this site",
                    f'add it in pectin.toml: `taxonomies = ["{name}"]`',
                    steps,
                    Severity.WARNING,
                )

    def _check_name(self, key: str) -> None:
        if meant := find_meant_key(key):
            self._report(
                "front-matter-key",
                f"`{key}` is not a key that Pectin knows",
                f"did you mean `{meant}`? A key of your own by this name goes under `params`",
                (key,),
                Severity.WARNING,
            )

    def _report(
        self,
        code: str,
        message: str,
        hint: str,
        steps: tuple[Step, ...],
        severity: Severity = Severity.ERROR,
        item: str = "",
    ) -> None:
        find = find_key if severity is Severity.WARNING else partial(find_value, item=item)
        place = place_at(self._path, self._source, find(self._source, steps, self._start))
        self.problems.append(Problem(code, message, hint, place, severity))
