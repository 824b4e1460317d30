"""Filters that write dates, numbers and lists as the language of the page does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any

from pectin.build.dates import DateFormat, render_rfc822, render_rfc3339
from pectin.build.faults import TemplateFault
from pectin.build.locales import (
    DATE_STYLES,
    LIST_STYLES,
    find_date_names,
    render_currency,
    render_date,
    render_list,
    render_number,
)
from pectin.build.templates.attributes import name_kind
from pectin.build.templates.fixed import FixedDay

_DAYS = frozenset({date, FixedDay})

Render = Callable[[date | datetime], str]


class DateFilter:
    """The filter `date`. It remembers days, because lists of pages repeat them."""

    def __init__(self, language: str = "en") -> None:
        self._language = language
        self._formats: dict[str, Render] = {"rfc822": render_rfc822, "rfc3339": render_rfc3339}
        self._days: dict[tuple[date, str], str] = {}

    def __call__(self, value: Any, pattern: str = "%-d %B %Y") -> str:
        """`value` by a strftime pattern, a style or a skeleton, or by `rfc822` or `rfc3339`."""
        if type(value) not in _DAYS:
            return self._render(read_date(value), pattern)
        text = self._days.get((value, pattern))
        if text is None:
            text = self._days[value, pattern] = self._render(value, pattern)
        return text

    def _render(self, value: date | datetime, pattern: str) -> str:
        try:
            if pattern not in self._formats:
                self._formats[pattern] = self._make_format(pattern)
            return self._formats[pattern](value)
        except ValueError as error:
            hint = "see the filter `date` under Templates in Pectin's documentation"
            raise TemplateFault("bad-date-format", str(error), hint) from None

    def _make_format(self, pattern: str) -> Render:
        if pattern in DATE_STYLES or (pattern.isalpha() and pattern.isascii()):
            return lambda value: render_date(self._language, value, pattern)
        return DateFormat(pattern, find_date_names(self._language)).render


class NumberFilters:
    """The filters that write numbers and lists."""

    def __init__(self, language: str) -> None:
        self._language = language

    def number(self, value: float) -> str:
        """`value` with signs between its thousands."""
        return render_number(self._language, value)

    def currency(self, value: float, code: str) -> str:
        """`value` as an amount of the currency `code` (ISO 4217)."""
        try:
            return render_currency(self._language, value, code)
        except ValueError as error:
            hint = "write a code of ISO 4217, as in `EUR`"
            raise TemplateFault("template-error", str(error), hint) from None

    def plural(self, count: int | Collection[Any] | Mapping[str, Any], one: str, many: str) -> str:
        """`1 apple`, `2 apples`."""
        amount = count if isinstance(count, int) else len(count)
        return f"{render_number(self._language, amount)} {one if amount == 1 else many}"

    def join_list(self, values: Collection[Any], style: str = "and") -> str:
        """`values` as a sentence lists them: `a, b and c`."""
        try:
            return render_list(self._language, [str(value) for value in values], style)
        except ValueError as error:
            hint = f"there are {', '.join(LIST_STYLES)}"
            raise TemplateFault("template-error", str(error), hint) from None


def read_date(value: Any) -> date | datetime:
    """`value` as a date. Raises TemplateFault."""
    if isinstance(value, date | datetime):
        return value
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise TemplateFault(
            "not-a-date", f"{name_kind(value)} is not a date", "write it as in 2026-08-01"
        ) from None
