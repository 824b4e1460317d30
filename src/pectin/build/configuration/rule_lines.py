"""`_redirects` and `_headers`: rules as lines of text, in Netlify's syntax."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from pectin.build.configuration.rule_tables import tell_ignored
from pectin.build.configuration.rules import (
    BASIC_AUTH,
    check_field_name,
    check_placeholders,
    check_rewrite,
    make_conditions,
    make_own_target,
    parse_credentials,
    parse_field,
    parse_parameter,
    parse_pattern,
    parse_source,
    parse_status,
    parse_target,
)
from pectin.build.configuration.scalars import WrongValue
from pectin.build.configuration.written_rules import WrittenRedirect
from pectin.values.place import Lines, Place
from pectin.values.problem import Problem, Severity
from pectin.values.rules import EDGE_FIELDS, HeaderRule, Redirect

_WORD = re.compile(r"\S+")
_STATUS = re.compile(r"(-?[0-9]+)(!?)")
_LINE_HINT = "write `/from /to`, then perhaps a status such as `302`"
_HEADER_HINT = "write a path on a line of its own, and `Name: value` on those below it"

Given = TypeVar("Given")
Result = TypeVar("Result")
Word = tuple[int, str]
"""A word of a line, and its offset in the file."""


class _Refused(Exception):
    """A line that makes no rule, and where in it."""

    def __init__(self, message: str, hint: str, offset: int) -> None:
        super().__init__(message)
        self.problem = message, hint, offset


@dataclass(slots=True)
class _Block:
    """A path of `_headers`, and what is below it."""

    pattern: str
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)
    credentials: tuple[str, ...] = ()

    def add(self, name: str, value: str) -> None:
        """Add a field; one that is there already gets another value (RFC 9110 5.3)."""
        first, before = self.fields.get(name.lower(), (name, ""))
        self.fields[name.lower()] = first, f"{before}, {value}" if before else value

    def finish(self) -> Iterator[HeaderRule]:
        """The rule that the block is, if it says anything."""
        if self.pattern and (self.fields or self.credentials):
            yield HeaderRule(self.pattern, tuple(self.fields.values()), self.credentials)


class LineReader:
    """Reads one file; `problems` is what was wrong with it so far."""

    def __init__(self, path: str, text: str) -> None:
        self._lines = Lines(path, text)
        self._text = text
        self.problems: list[Problem] = []

    def read_redirects(self) -> Iterator[WrittenRedirect]:
        """The redirects of the lines, without those that are wrong."""
        for start, line in self._list_lines():
            words = [(start + word.start(), word[0]) for word in _WORD.finditer(line)]
            comment = next((n for n, word in enumerate(words) if word[1][0] == "#"), len(words))
            try:
                yield self._read_redirect(words[:comment])
            except _Refused as refused:
                self._report("rule-syntax", *refused.problem)

    def read_headers(self) -> Iterator[HeaderRule]:
        """The rules for headers, without what is wrong in them."""
        block = None
        for start, line in self._list_lines():
            text = line.strip()
            offset = start + line.index(text)
            try:
                if text.startswith("/"):
                    yield from block.finish() if block else ()
                    block = _Block("")  # what is below a wrong path is for nothing
                    block.pattern = _checked(parse_pattern, text, offset)
                else:
                    self._read_field(block, text, offset)
            except _Refused as refused:
                self._report("rule-syntax", *refused.problem)
        yield from block.finish() if block else ()

    def _read_redirect(self, words: Sequence[Word]) -> WrittenRedirect:
        (at, source), rest = words[0], list(words[1:])
        origin, path = _checked(parse_source, source, at)
        query: list[tuple[str, str]] = []
        while rest and not _is_target(rest[0][1]) and not _STATUS.fullmatch(rest[0][1]):
            query.append(_read_parameter(*rest.pop(0)))
        target_at, target = at, None
        if rest and _is_target(rest[0][1]):
            target_at, target = rest.pop(0)
            target = _checked(parse_target, target, target_at)
        status, is_forced = _read_status(rest.pop(0)) if rest else (301, False)
        conditions = _checked_at(
            make_conditions, _read_conditions(rest), rest[0][0] if rest else at
        )
        target = target or make_own_target(origin, path, status)
        if target is None:
            raise _Refused("this line does not say where it leads", _LINE_HINT, at)
        redirect = Redirect(path, target, status, is_forced, origin, tuple(query), conditions)
        _checked_at(check_placeholders, redirect, target_at)
        _checked_at(check_rewrite, redirect, target_at)
        return WrittenRedirect(redirect, self._place(at), self._place(target_at))

    def _read_field(self, block: _Block | None, text: str, offset: int) -> None:
        """Take the line `text` into `block`."""
        name, colon, value = (part.strip() for part in text.partition(":"))
        if not colon or not name or not value:
            raise _Refused(f"`{text}` is neither a path nor a header", _HEADER_HINT, offset)
        if block is None:
            raise _Refused("this header stands before any path", _HEADER_HINT, offset)
        if name.lower() == BASIC_AUTH:
            block.credentials += _checked(parse_credentials, value, offset)
        elif name.lower() in EDGE_FIELDS:
            self._report("ignored-header", *tell_ignored(name), offset, Severity.WARNING)
        else:
            _checked(check_field_name, name, offset)
            block.add(name, _checked_at(lambda value: parse_field(name, value), value, offset))

    def _list_lines(self) -> Iterator[tuple[int, str]]:
        """The lines that say something, each with its offset."""
        start = 0
        for line in self._text.split("\n"):
            if line.strip() and not line.lstrip().startswith("#"):
                yield start, line
            start += len(line) + 1

    def _place(self, offset: int) -> Place:
        return self._lines.place(offset)

    def _report(
        self, code: str, message: str, hint: str, offset: int, severity: Severity = Severity.ERROR
    ) -> None:
        self.problems.append(Problem(code, message, hint, self._place(offset), severity))


def _checked(check: Callable[[str], Result], word: str, offset: int) -> Result:
    """What `check` makes of `word`, which a wrong value is told of."""
    return _checked_at(check, word, offset)


def _checked_at(check: Callable[[Given], Result], value: Given, offset: int) -> Result:
    try:
        return check(value)
    except WrongValue as wrong:
        raise _refuse(wrong, offset) from None


def _refuse(wrong: WrongValue, offset: int) -> _Refused:
    """`wrong`, which may be the end of a sentence or all of it, as a line is told of."""
    message = str(wrong)
    return _Refused(f"this rule {message}" if message[0].isalpha() else message, wrong.hint, offset)


def _is_target(word: str) -> bool:
    return word.startswith(("/", "http://", "https://"))


def _read_parameter(offset: int, word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not equals:
        message = f"`{word}` is neither a path, a web address nor a parameter"
        raise _Refused(message, _LINE_HINT, offset)
    try:
        return parse_parameter(name, value)
    except WrongValue as wrong:
        raise _refuse(wrong, offset) from None


def _read_status(word: Word) -> tuple[int, bool]:
    offset, text = word
    found = _STATUS.fullmatch(text)
    if found is None:
        hint = "a status is a number, with `!` behind it where the rule goes before a file"
        raise _Refused(f"`{text}` is no status", hint, offset)
    try:
        return parse_status(int(found[1])), bool(found[2])
    except WrongValue as wrong:
        raise _Refused(f"the status {wrong}", wrong.hint, offset) from None


def _read_conditions(words: Sequence[Word]) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {}
    for offset, word in words:
        name, equals, values = word.partition("=")
        if not equals:
            hint = "a condition is written without blanks, as in `Country=de,at`"
            raise _Refused(f"`{word}` is no condition", hint, offset)
        given[name] = values.split(",")
    return given
