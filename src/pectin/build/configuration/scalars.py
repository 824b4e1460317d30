"""Values of one kind, as an author writes them in YAML, TOML or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

_SHORT = 40


class WrongValue(ValueError):
    """A value that its key cannot hold. `hint` says what to write instead."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def parse_string(value: Any) -> str:
    """Text; whole numbers are taken as they are written. Raises WrongValue."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise WrongValue(f"must be text, not {describe(value)}", "put the value in quotes")


def parse_boolean(value: Any) -> bool:
    """True or false. Raises WrongValue; YAML 1.2 reads `yes` and `no` as text."""
    if isinstance(value, bool):
        return value
    raise WrongValue(f"must be true or false, not {describe(value)}", "write `true` or `false`")


def parse_raw_html(value: Any) -> bool | str:
    """What becomes of HTML that writers write: true, false or "sanitize". Raises WrongValue."""
    if isinstance(value, bool) or value == "sanitize":
        return value if isinstance(value, bool) else "sanitize"
    raise WrongValue(
        f"must be true, false or sanitize, not {describe(value)}",
        'write `true`, `false` or `"sanitize"`',
    )


def parse_integer(value: Any) -> int:
    """A whole number. Raises WrongValue."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise WrongValue(f"must be a whole number, not {describe(value)}", "write it as `10`")


def parse_count(value: Any) -> int:
    """A whole number from 1. Raises WrongValue."""
    number = parse_integer(value)
    if number < 1:
        raise WrongValue(
            f"must be 1 or more, not {number}", "write a number from 1, or leave it out"
        )
    return number


def describe(value: Any) -> str:
    """What kind of thing `value` is, as an author would say it, with the value when it is short."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the text {value!r}" if len(value) <= _SHORT else "text"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    return next((name for kind, name in _KINDS.items() if isinstance(value, kind)), "that")


_KINDS: Mapping[type, str] = {list: "a list", dict: "a table of keys", date: "a date"}
