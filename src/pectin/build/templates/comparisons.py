"""How the values of pages and of data compare, in `where` and `sort_by`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from pectin.build.content.fields import parse_date
from pectin.build.dates import day_of, moment_of
from pectin.build.faults import TemplateFault
from pectin.build.suggestions import suggest
from pectin.build.templates.attributes import name_kind

Matches = Callable[[Any, Any], bool]
"""Takes a value that was found, which may be none, and the one that is wanted."""


def find_operator(name: str) -> Matches:
    """What compares as `name` says. Raises TemplateFault for a name that there is not."""
    found = OPERATORS.get(name)
    if found is None:
        listed = ", ".join(f"`{other}`" for other in OPERATORS)
        raise TemplateFault(
            "template-error",
            f"`where` has no operator `{name}`",
            suggest(name, OPERATORS) or f"write one of {listed}",
        )
    return found


def is_same(found: Any, wanted: Any) -> bool:
    """Whether both are one value. A date is also the text of it, and a term its name or slug."""
    if found is None or isinstance(found, bool) or isinstance(wanted, bool):
        return found is wanted
    if isinstance(wanted, str) and hasattr(found, "slug"):
        return wanted in {getattr(found, "name", found.slug), found.slug}
    if isinstance(found, str) and isinstance(wanted, date):
        return found == wanted.isoformat()
    if isinstance(found, date) and isinstance(wanted, date | str):
        day = _as_date(wanted)
        return isinstance(day, date) and compare(found, day) == 0
    return bool(found == wanted)


def compare(one: Any, other: Any) -> int:
    """Less than 0 where `one` is before `other`, more where it is behind, 0 where neither is.

    A day and a moment are compared as days, texts without regard to case. Raises TemplateFault for
    values of different kinds.
    """
    if isinstance(one, date) and isinstance(other, str):
        other = _as_date(other)
    elif isinstance(one, str) and isinstance(other, date):
        other = other.isoformat()
    try:
        left, right = _comparable(one, other), _comparable(other, one)
        return int(left > right) - int(left < right)
    except TypeError:
        raise TemplateFault(
            "bad-comparison",
            f"{name_kind(one)} cannot be compared with {name_kind(other)}",
            "compare numbers with numbers, dates with dates, text with text",
        ) from None


def sort_key(value: Any) -> Any:
    """What `value` is sorted by: dates by the moment, texts without regard to case."""
    if isinstance(value, date):
        return moment_of(value)
    return value.casefold() if isinstance(value, str) else value


def _comparable(value: Any, other: Any) -> Any:
    if isinstance(value, date):
        is_day = not (isinstance(value, datetime) and isinstance(other, datetime))
        return day_of(value) if is_day else moment_of(value)
    if isinstance(value, bool) != isinstance(other, bool):
        raise TypeError
    return value.casefold() if isinstance(value, str) else value


def _as_date(value: Any) -> Any:
    """`value` as a date where it is the text of one, else as it is."""
    try:
        return parse_date(value)
    except ValueError:
        return value


def _is_among(found: Any, wanted: Any) -> bool:
    return any(is_same(found, one) for one in _list(wanted, "in"))


def _contains(found: Any, wanted: Any) -> bool:
    if isinstance(found, str):
        return isinstance(wanted, str) and wanted in found
    if isinstance(found, Mapping):
        return wanted in found
    return isinstance(found, list | tuple) and any(is_same(one, wanted) for one in found)


def _intersects(found: Any, wanted: Any) -> bool:
    return any(_contains(found, one) for one in _list(wanted, "intersects"))


def _is_between(found: Any, wanted: Any) -> bool:
    ends = _list(wanted, "between")
    if len(ends) != 2:  # noqa: PLR2004 - a pair
        message = f"`between` takes a list of two values, not of {len(ends)}"
        raise TemplateFault("template-error", message, "write the first and the last, `[1, 5]`")
    return found is not None and compare(found, ends[0]) >= 0 and compare(found, ends[1]) <= 0


def _matches(found: Any, wanted: Any) -> bool:
    if not isinstance(wanted, str):
        message = f"`matches` takes a regular expression, not {name_kind(wanted)}"
        raise TemplateFault("template-error", message, 'write it as text, `"^Plum"`')
    try:
        return isinstance(found, str) and re.search(wanted, found) is not None
    except re.error as error:
        message = f"`{wanted}` is not a regular expression: {error}"
        raise TemplateFault(
            "template-error", message, "Python's `re` tells what it takes"
        ) from None


def _list(wanted: Any, operator: str) -> list[Any]:
    if isinstance(wanted, str | Mapping) or not hasattr(wanted, "__iter__"):
        message = f"`{operator}` takes a list, not {name_kind(wanted)}"
        raise TemplateFault("template-error", message, f'write `"{operator}", ["a", "b"]`')
    return list(wanted)


OPERATORS: Mapping[str, Matches] = {
    "==": is_same,
    "!=": lambda found, wanted: not is_same(found, wanted),
    "<": lambda found, wanted: found is not None and compare(found, wanted) < 0,
    "<=": lambda found, wanted: found is not None and compare(found, wanted) <= 0,
    ">": lambda found, wanted: found is not None and compare(found, wanted) > 0,
    ">=": lambda found, wanted: found is not None and compare(found, wanted) >= 0,
    "between": _is_between,
    "in": _is_among,
    "not in": lambda found, wanted: not _is_among(found, wanted),
    "contains": _contains,
    "intersects": _intersects,
    "exists": lambda found, wanted: (found is not None) == bool(wanted),
    "matches": _matches,
}
"""How `where` compares, by the name that templates have for it."""
