"""What the attributes behind a fence ask for: numbers, marked lines, a title, a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from pectin.build.content.attributes import Attributes

_RANGES = re.compile(r"\d{1,9}(?:-(?:\d{1,9})?)?(?:[\s,]+\d{1,9}(?:-(?:\d{1,9})?)?)*")
_RANGE = re.compile(r"(\d+)(-?)(\d*)")
_FLAGS = {"": True, "true": True, "false": False}
_LAST = 10**9

Range = tuple[int, int]
"""The first and the last of some lines, from 1."""


class WrongOption(ValueError):
    """An option that cannot be what it is, and what to write."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class CodeOptions(Struct, frozen=True):
    """How a block of code is shown. `first` is the number of its first line, None without numbers.

    `file` is the file whose code it is, of which `lines` and `region` choose a part.
    """

    first: int | None = None
    marked: tuple[Range, ...] = ()
    is_diff: bool = False
    title: str = ""
    file: str = ""
    lines: tuple[Range, ...] = ()
    region: str = ""

    @property
    def has_lines(self) -> bool:
        """Whether lines have to be told apart."""
        return self.first is not None or bool(self.marked) or self.is_diff


def parse_options(attributes: Attributes) -> tuple[CodeOptions, dict[str, str], list[WrongOption]]:
    """The options among `attributes`, all other attributes, and what is wrong with the options."""
    rest: dict[str, str] = {}
    read: dict[str, Any] = {}
    wrong: list[WrongOption] = []
    for name, value in attributes.items():
        if name not in _READERS:
            rest[name] = value
            continue
        try:
            read[name] = _READERS[name](name, value)
        except WrongOption as error:
            wrong.append(error)
    if "file" not in read:
        wrong += [
            WrongOption(
                f"`{name}` is of a `file`, and there is none", f'write file="..." {name}="..."'
            )
            for name in ("lines", "region")
            if read.pop(name, None)
        ]
    lines = read.get("lines")
    start = read.pop("linenostart", lines[0][0] if lines and "region" not in read else 1)
    if read.pop("linenos", False):
        read["first"] = start
    options = {_FIELDS.get(name, name): value for name, value in read.items()}
    return CodeOptions(**options), rest, wrong


def parse_ranges(name: str, value: str) -> tuple[Range, ...]:
    """The lines that `value` names: `2 4-6 9-`. Raises WrongOption."""
    if not _RANGES.fullmatch(value.strip()):
        raise WrongOption(f"`{name}` cannot be `{value}`", f'write lines as in {name}="2 4-6"')
    ranges = tuple(
        (int(first), int(last or _LAST) if dash else int(first))
        for first, dash, last in _RANGE.findall(value)
    )
    for first, last in ranges:
        if not 0 < first <= last:
            raise WrongOption(f"`{name}` has no lines {first}-{last}", "lines are counted from 1")
    return ranges


def _parse_flag(name: str, value: str) -> bool:
    if value not in _FLAGS:
        raise WrongOption(f"`{name}` cannot be `{value}`", f"write {name}=true, or nothing")
    return _FLAGS[value]


def _parse_number(name: str, value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value):
        raise WrongOption(f"`{name}` cannot be `{value}`", f"write a number, as in {name}=20")
    return int(value)


def _parse_text(name: str, value: str) -> str:
    if not value:
        raise WrongOption(f"`{name}` is empty", f'write {name}="..."')
    return value


_READERS: dict[str, Callable[[str, str], Any]] = {
    "linenos": _parse_flag,
    "linenostart": _parse_number,
    "hl_lines": parse_ranges,
    "diff": _parse_flag,
    "title": _parse_text,
    "file": _parse_text,
    "lines": parse_ranges,
    "region": _parse_text,
}
_FIELDS = {"hl_lines": "marked", "diff": "is_diff"}
