"""YAML, TOML and JSON as plain values, whose errors have a place in the file they stand in."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml_rs

from pectin.values.place import place_at
from pectin.values.problem import Problem, Severity

_YAML_POSITION = re.compile(r"line (\d+), column (\d+).*?\^\s*\n?(.*)", re.DOTALL)
_YAML_DUPLICATE = re.compile(r"duplicate mapping key: '(.*)'", re.DOTALL)
_TOML_POSITION = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_QUOTE_IT = 'put the value in quotes, as in `title: "Plum: a love story"`'
_YAML_HINTS = {
    "mapping values are not allowed": _QUOTE_IT,
    "unexpected character": _QUOTE_IT,
    "tabs disallowed": "indent with spaces; YAML allows no tabs there",
    "unclosed quote": "close the quotation mark",
    "unclosed bracket": "close the bracket",
    "illegal placement of ':'": "close the bracket or quotation mark that was opened before",
    "unknown anchor": "put the value in quotes; `*` begins an alias",
}


@dataclass(frozen=True, slots=True)
class Block:
    """The stretch of a file from character `start` to `end`; problems in it get `code`."""

    path: str
    source: str
    start: int
    end: int
    code: str

    @property
    def text(self) -> str:
        """The stretch itself."""
        return self.source[self.start : self.end]

    def problem(
        self, message: str, offset: int, hint: str = "", severity: Severity = Severity.ERROR
    ) -> Problem:
        """A problem at character `offset` of the stretch."""
        place = place_at(self.path, self.source, self.start + offset)
        return Problem(self.code, message, hint, place, severity)


def parse_yaml(block: Block) -> tuple[Any, tuple[Problem, ...]]:
    """The value of a YAML 1.2 document by the core schema, or None with a problem.

    That schema has no dates: `2024-05-01` is a string, as it is in JSON.
    """
    text = block.text
    try:
        return yaml_rs.loads(text, parse_datetime=False), ()
    except (ValueError, RecursionError) as error:
        return None, (_explain_yaml(block, text, str(error)),)


def parse_toml(block: Block) -> tuple[dict[str, Any] | None, tuple[Problem, ...]]:
    """The table of a TOML 1.0 document, or None with a problem."""
    text = block.text
    try:
        return tomllib.loads(text), ()
    except tomllib.TOMLDecodeError as error:
        return None, (_explain_toml(block, text, str(error)),)
    except (ValueError, RecursionError) as error:
        return None, (block.problem(f"this TOML cannot be read: {error}", 0),)


def parse_json(block: Block) -> tuple[Any, tuple[Problem, ...]]:
    """The value of a JSON text (RFC 8259), or None with a problem. Keys given twice are told."""
    value, end, problems = parse_json_prefix(block)
    rest = block.source[end : block.end]
    if not problems and rest.strip():
        offset = end - block.start + len(rest) - len(rest.lstrip())
        return None, (block.problem("there is more text after the end of the JSON", offset),)
    return value, problems


def parse_json_prefix(block: Block) -> tuple[Any, int, tuple[Problem, ...]]:
    """As `parse_json`, of the value the stretch begins with; also the offset where it ends."""
    text = block.text
    twice: list[str] = []

    def gather(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        table = dict(pairs)
        if len(table) < len(pairs):
            keys = [key for key, _ in pairs]
            twice.extend(key for key in table if keys.count(key) > 1)
        return table

    decoder = json.JSONDecoder(object_pairs_hook=gather, parse_constant=_refuse_constant)
    begin = len(text) - len(text.lstrip(" \t\r\n"))
    try:
        value, end = decoder.raw_decode(text, begin)
    except json.JSONDecodeError as error:
        return None, block.end, (block.problem(_lower(error.msg), error.pos),)
    except (ValueError, RecursionError) as error:
        return None, block.end, (block.problem(f"this JSON cannot be read: {error}", begin),)
    return value, block.start + end, tuple(_tell_twice(block, text, key) for key in twice)


def offset_of(text: str, line: int, column: int) -> int:
    """The offset of `line` and `column`, both from 1, in `text`; its end when it is shorter."""
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
        if start == 0:
            return len(text)
    return min(start + column - 1, len(text))


def _explain_yaml(block: Block, text: str, message: str) -> Problem:
    if duplicate := _YAML_DUPLICATE.search(message):
        return _tell_twice(block, text, duplicate[1], Severity.ERROR)
    placed = _YAML_POSITION.search(message)
    if not placed:
        return block.problem(f"this YAML cannot be read: {_lower(message)}", 0)
    reason = placed[3].strip() or "this is not YAML"
    hint = next((hint for part, hint in _YAML_HINTS.items() if part in reason), "")
    return block.problem(reason, offset_of(text, int(placed[1]), int(placed[2])), hint)


def _explain_toml(block: Block, text: str, message: str) -> Problem:
    placed = _TOML_POSITION.fullmatch(message)
    if not placed:
        return block.problem(_lower(message), 0)
    line, column = placed[2], placed[3]
    offset = offset_of(text, int(line), int(column)) if line else len(text.rstrip())
    hint = "text is written in quotes" if "Invalid value" in placed[1] else ""
    if "Cannot overwrite" in placed[1]:
        hint = "this key has a value already: keep one of them"
    return block.problem(_lower(placed[1]), offset, hint)


def _tell_twice(
    block: Block, text: str, key: str, severity: Severity = Severity.WARNING
) -> Problem:
    """The problem of a key given twice, at the second."""
    pattern = re.compile(rf"(?:^|(?<=[\s{{,]))[\"']?(?P<key>{re.escape(key)})[\"']?\s*:")
    starts = [match.start("key") for match in pattern.finditer(text)]
    offset = starts[1] if len(starts) > 1 else max(text.find(key), 0)
    return block.problem(f"the key `{key}` is given twice", offset, "keep one of them", severity)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _lower(message: str) -> str:
    """`message` as the middle of a sentence, on one line."""
    line = " ".join(message.split())
    return line[:1].lower() + line[1:]
