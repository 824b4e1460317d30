"""YAML, TOML and JSON as plain values, whose errors have a place in the file they stand in."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any, NoReturn

import yaml_rs
from msgspec import Struct

from pectin.values.place import place_at
from pectin.values.problem import Problem, Severity

# What YAML 1.1 has as numbers, and the core schema of 1.2 as text: 1_000, 0b11, +0x1f.
_NO_NUMBER = re.compile(
    r"(?<![^\s,\[\]{}:])(?=[-+.\w]*[0-9])"
    r"(?:[-+]?0[bBXO]|[-+]0[xo]|[-+.0-9]*_)[-+.\w]*(?![^\s,\]}:])"
)
_MARKS = "\ue000\ue001\ue002"
_YAML_POSITION = re.compile(r"line (\d+), column (\d+).*?\^\s*\n?(.*)", re.DOTALL)
_YAML_DUPLICATE = re.compile(r"duplicate mapping key: '(.*)'", re.DOTALL)
_YAML_TAG = re.compile(r"Invalid (?:tag: |value '(.*)' for )'(!.*?)'", re.DOTALL)
_TOML_POSITION = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_TOML_TWICE = re.compile(r"Cannot declare \((.*)\) twice", re.DOTALL)
_TOML_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|"(?!"")(?:[^"\\\n]|\\.)*"'
    r"|'''.*?'''|'(?!'')[^'\n]*'|#[^\n]*|(?P<open>[\"'])",
    re.DOTALL,
)
_QUOTED = re.compile(r"'([^']*)'")
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(?P<lone>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
    re.DOTALL,
)
_QUOTE_IT = 'put the value in quotes, as in `title: "Plum: a love story"`'
_CLOSE_QUOTE = "close the quotation mark"
_CLOSE_BRACKET = "close the bracket"
_KEEP_ONE = "this key has a value already: keep one of them"
_UNCLOSED = "this quotation mark is not closed"
_LAST_COMMA = "there is a comma after the last value"
_BACKSLASH = "write two backslashes for one, or put the text in single quotes"
_NO_TAG = "take the tag away, or put the whole value in quotes; `!` begins a tag"
_UNCLOSED_QUOTE = "invalid indentation in multiline quoted scalar"
_TAB = "found a tab"
_OPENING_QUOTE = re.compile(r"""(?:^|[:,\[{-][ \t])[ \t]*(?P<quote>["'])""", re.MULTILINE)
_YAML_HINTS = {
    "mapping values are not allowed": _QUOTE_IT,
    "unexpected character": _QUOTE_IT,
    "misplaced bracket": _QUOTE_IT,
    "anchor or alias": _QUOTE_IT,
    "block scalar": _QUOTE_IT,
    "trailing content": "put the whole value in one pair of quotes",
    "unknown escape": _BACKSLASH,
    "tabs disallowed": "indent with spaces; YAML allows no tabs there",
    _TAB: "indent with spaces; YAML allows no tabs there",
    "unclosed quote": _CLOSE_QUOTE,
    _UNCLOSED_QUOTE: _CLOSE_QUOTE,
    "unclosed bracket": _CLOSE_BRACKET,
    "illegal placement of ':'": "close the bracket or quotation mark that was opened before",
    "unknown anchor": "put the value in quotes; `*` begins an alias",
    "expected '-'": "keys and a list cannot be mixed: indent one of them below the other",
    "": "write `key: value` on each line; text with signs in it goes in quotes",
}
_TOML_HINTS = {
    "Invalid value": "text is written in quotes",
    "Cannot": _KEEP_ONE,
    "Unclosed array": _CLOSE_BRACKET,
    "Unclosed inline": "close the bracket, on the line where it opens",
    "Unterminated string": _CLOSE_QUOTE,
    "at the end of a table": _CLOSE_BRACKET,
    "Illegal character '\\n'": _CLOSE_QUOTE,
    'Expected "\'"': _CLOSE_QUOTE,
    "Expected newline": "write one `key = value` on each line, text in quotes",
    "Unescaped": _BACKSLASH,
    "Illegal character": "close the quotation mark, or write text of many lines in triple quotes",
    "": 'write `key = "value"`, or begin a table with `[name]`',
}
_JSON_HINTS = {
    "Expecting property name": "write keys in double quotes, and no comma after the last one",
    "Expecting ',' delimiter": "put a comma between values, or close the bracket",
    "Expecting ':' delimiter": 'write `"key": value`',
    "Unterminated string": _CLOSE_QUOTE,
    "Invalid control character": "write a line break in text as `\\n`, or close the quotation mark",
    "escape": "write two backslashes for one",
    "": "a value is text in double quotes, a number, `true`, `false`, `null`, a list or an object",
}


class Block(Struct, frozen=True):
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
        if _NO_NUMBER.search(text):
            return _load_with_texts(text), ()
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
        message = "there is more text after the end of the JSON"
        return None, (block.problem(message, offset, "put all values in one list or object"),)
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
        return None, block.end, (_explain_json(block, text, error),)
    except (ValueError, RecursionError) as error:
        return None, block.end, (block.problem(f"this JSON cannot be read: {error}", begin),)
    if (surrogate := _find_lone_surrogate(text[begin:end])) is not None:
        message = "this JSON has half of a surrogate pair, which is no character"
        hint = "write both halves, or the character itself"
        return None, block.end, (block.problem(message, begin + surrogate, hint),)
    return value, block.start + end, tuple(_tell_twice(block, text, key) for key in twice)


def _load_with_texts(text: str) -> Any:
    """The value of a YAML document in which there may be text that the parser takes for a number.

    Such words get a mark, which makes them text wherever they stand, and which is taken away after.
    """
    mark = next((mark for mark in _MARKS if mark not in text), "")
    marked = _NO_NUMBER.sub(lambda word: word[0] + mark, text)
    try:
        return _take_away(mark, yaml_rs.loads(marked, parse_datetime=False))
    except ValueError:
        return yaml_rs.loads(text, parse_datetime=False)  # for what it says of the text itself


def _take_away(mark: str, value: Any) -> Any:
    """`value` without `mark` in its texts."""
    if isinstance(value, str):
        return value.replace(mark, "")
    if isinstance(value, list):
        return [_take_away(mark, item) for item in value]
    if isinstance(value, dict):
        return {_take_away(mark, key): _take_away(mark, item) for key, item in value.items()}
    return value


def _find_lone_surrogate(json_text: str) -> int | None:
    """The offset of an escape of half a pair (RFC 8259, section 8.2) in `json_text`, or None."""
    if "\\u" not in json_text:
        return None
    return next((found.start() for found in _ESCAPE.finditer(json_text) if found["lone"]), None)


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
    if tag := _YAML_TAG.match(message):
        offset = _find_tag(text, tag[2], tag[1] or "")
        return block.problem(_lower(message), offset, _NO_TAG)
    placed = _YAML_POSITION.search(message)
    if not placed:
        return block.problem(f"this YAML cannot be read: {_lower(message)}", 0)
    reason = placed[3].strip() or "this is not YAML"
    offset = offset_of(text, int(placed[1]), int(placed[2]))
    hint = _find_hint(reason, _YAML_HINTS)
    if reason == _UNCLOSED_QUOTE and (opening := _find_open_quote(text, offset)) is not None:
        return block.problem(_UNCLOSED, opening, hint)
    if reason.endswith(_TAB):
        offset = max(text.find("\t", offset), offset)
    return block.problem(reason, offset, hint)


def _find_tag(text: str, tag: str, value: str) -> int:
    """The offset of a tag of YAML, before `value` if it is before that somewhere."""
    written = rf"(?:^|[:\[{{,-])\s*(?P<tag>{re.escape(tag)})(?![^\s,\]}}])"
    found = re.search(rf"{written}\s*[\"']?{re.escape(value)}", text) or re.search(written, text)
    return found.start("tag") if found else 0


def _find_open_quote(text: str, end: int) -> int | None:
    """The offset of the last quotation mark before `end` that its line does not close."""
    found = None
    for opening in _OPENING_QUOTE.finditer(text, 0, end):
        start = opening.start("quote")
        line_end = text.find("\n", start)
        if opening["quote"] not in text[start + 1 : line_end]:
            found = start
    return found


def _explain_toml(block: Block, text: str, message: str) -> Problem:
    placed = _TOML_POSITION.fullmatch(message)
    if not placed:
        return block.problem(_lower(message), 0, _TOML_HINTS[""])
    reason, line, column = placed[1], placed[2], placed[3]
    hint = _find_hint(reason, _TOML_HINTS)
    offset = offset_of(text, int(line), int(column)) if line else len(text.rstrip())
    start = text.rfind("\n", 0, offset) + 1
    if hint == _CLOSE_QUOTE and (opening := _find_unclosed(text)) is not None:
        return block.problem(_UNCLOSED, opening, hint)
    if hint == _KEEP_ONE:  # told at the end of the statement
        twice = _TOML_TWICE.fullmatch(reason)
        names = ".".join(_QUOTED.findall(twice[1])) if twice else ""
        reason = f"the table `{names}` is begun twice" if names else "this key is given twice"
        return block.problem(reason, start + _count_indent(text[start:]), "keep one of them")
    return block.problem(_lower(reason), offset, hint)


def _explain_json(block: Block, text: str, error: json.JSONDecodeError) -> Problem:
    """The problem of a JSON text; one that ends too early is told at its last character."""
    offset = min(error.pos, len(text.rstrip()))
    before = text[:offset].rstrip()
    if text[offset : offset + 1] in {"}", "]"} and before.endswith(","):
        return block.problem(_LAST_COMMA, len(before) - 1, "take it away: JSON allows none there")
    if text.startswith(("//", "/*", "#"), offset):
        return block.problem("JSON has no comments", offset, "take it away, or use YAML or TOML")
    return block.problem(_lower(error.msg), offset, _find_hint(error.msg, _JSON_HINTS))


def _find_unclosed(text: str) -> int | None:
    """The offset of the first quotation mark of the TOML `text` that is not closed, or None."""
    found = (token.start() for token in _TOML_TOKEN.finditer(text) if token["open"])
    return next(found, None)


def _count_indent(text: str) -> int:
    return len(text) - len(text.lstrip(" \t"))


def _find_hint(message: str, hints: Mapping[str, str]) -> str:
    return next(hint for part, hint in hints.items() if part in message)


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
