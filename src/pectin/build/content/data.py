"""Data files: YAML, JSON, TOML, CSV and TSV as plain values."""

from __future__ import annotations

import csv
from typing import Any

from pectin.build.configuration.syntax import Block, parse_json, parse_toml, parse_yaml
from pectin.build.encoding import parse_text
from pectin.values.place import Place
from pectin.values.problem import Problem, Severity

_PARSERS = {"yaml": parse_yaml, "yml": parse_yaml, "toml": parse_toml, "json": parse_json}
_DELIMITERS = {"csv": ",", "tsv": "\t"}

DATA_SUFFIXES = frozenset({*_PARSERS, *_DELIMITERS})
"""The suffixes, without the dot, of files that `parse_data` reads."""


def parse_data(path: str, source: bytes) -> tuple[Any, tuple[Problem, ...]]:
    """The value of the data file `path`, and what is wrong with it.

    A table of CSV (RFC 4180) is a list of mappings from its first row's names to text. The value
    is None when the file cannot be read, and when its suffix is not one of DATA_SUFFIXES.
    """
    suffix = path.rpartition(".")[2].lower()
    if suffix not in DATA_SUFFIXES:
        return None, (_tell_suffix(path, suffix),)
    text, problems = parse_text(path, source)
    if problems:
        return None, problems
    if suffix in _DELIMITERS:
        return _parse_table(path, text, _DELIMITERS[suffix])
    return _PARSERS[suffix](Block(path, text, 0, len(text), "data-syntax"))


def _tell_suffix(path: str, suffix: str) -> Problem:
    message = f"no data is written in .{suffix}, so that `site.data` has nothing of it"
    hint = f"use {', '.join(sorted(DATA_SUFFIXES))}; a file to publish goes into static/"
    return Problem("data-suffix", message, hint, Place(path), Severity.WARNING)


def _parse_table(
    path: str, text: str, delimiter: str
) -> tuple[list[dict[str, str]] | None, tuple[Problem, ...]]:
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    block = Block(path, text, 0, len(text), "data-syntax")
    rows: list[dict[str, str]] = []
    problems: list[Problem] = []
    starts = _line_starts(text)
    line = 0
    names: list[str] | None = None
    try:
        for row in reader:
            offset, line = starts[line], reader.line_num
            if not row:
                continue
            if names is None:
                names = row
                problems.extend(_check_names(block, names, offset))
                continue
            if len(row) != len(names):
                problems.append(_tell_length(block, row, names, offset))
            rows.append(dict(zip(names, row, strict=False)))
    except csv.Error as error:
        return None, (block.problem(f"this table cannot be read: {error}", starts[line]),)
    return rows, tuple(problems)


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def _check_names(block: Block, names: list[str], offset: int) -> list[Problem]:
    return [
        block.problem(f"two columns have the name {name!r}", offset, "rename one of them")
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]


def _tell_length(block: Block, row: list[str], names: list[str], offset: int) -> Problem:
    message = f"this row has {len(row)} cells, and the first has {len(names)}"
    hint = "put quotes around a cell that contains the separator"
    return block.problem(message, offset, hint, Severity.WARNING)
