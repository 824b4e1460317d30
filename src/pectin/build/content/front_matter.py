"""The head of a source file: YAML between `---`, TOML between `+++`, or a JSON object."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from pectin.build.configuration.syntax import Block, parse_json_prefix, parse_toml, parse_yaml
from pectin.build.content.document import Document, Head
from pectin.build.content.keys import KeyReader
from pectin.build.traces.model import compute_print
from pectin.values.place import place_at
from pectin.values.problem import Problem

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
    reader = KeyReader(path, source, found.start, taxonomies)
    front_matter = reader.read(found.values)
    document = Document(
        Head(
            path,
            found.body_start,
            front_matter,
            # Which taxonomies there are decides which keys are an author's own.
            compute_print(source[: found.body_start], *sorted(taxonomies)),
            path,
        ),
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
