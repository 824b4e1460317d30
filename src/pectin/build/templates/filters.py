"""The filters of templates, beside Jinja's own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from html import escape
from itertools import groupby
from typing import Any

from markupsafe import Markup

from pectin.build.content.text import plain_text
from pectin.build.dates import DateFormat, day_of, render_rfc822, render_rfc3339
from pectin.build.faults import TemplateFault
from pectin.build.slugs import slugify
from pectin.build.templates.attributes import make_reader, name_kind
from pectin.build.templates.listings import make_selections
from pectin.build.templates.serialisation import json

Render = Callable[[date | datetime], str]


class DateFilter:
    """The filter `date`. It remembers days, because lists of pages repeat them."""

    def __init__(self) -> None:
        self._formats: dict[str, Render] = {"rfc822": render_rfc822, "rfc3339": render_rfc3339}
        self._days: dict[tuple[date, str], str] = {}

    def __call__(self, value: Any, pattern: str = "%-d %B %Y") -> str:
        """`value` by a strftime pattern, or by the name `rfc822` or `rfc3339`."""
        if type(value) is not date:
            return self._find_format(pattern)(_read_date(value))
        text = self._days.get((value, pattern))
        if text is None:
            text = self._days[value, pattern] = self._find_format(pattern)(value)
        return text

    def _find_format(self, pattern: str) -> Render:
        if pattern not in self._formats:
            try:
                self._formats[pattern] = DateFormat(pattern).render
            except ValueError as error:
                hint = "docs/templates.md tells what it takes"
                raise TemplateFault("bad-date-format", str(error), hint) from None
        return self._formats[pattern]


def plain(value: Any) -> str:
    """`value` without tags."""
    return plain_text(str(value)).strip()


def truncate_words(value: Any, count: int) -> str:
    """The first `count` words of the text of `value`, with an ellipsis where it was longer."""
    words = plain(value).split()
    return " ".join(words[:count]) + ("…" if len(words) > count else "")


def group_by_year(values: Collection[Any]) -> list[dict[str, Any]]:
    """`values` by the year of their date, in the order they have: `year` and `pages`.

    Those without a date come last, in the year none.
    """
    read = make_reader("date")

    def year(value: Any) -> int | None:
        written = read(value)
        return day_of(_read_date(written)).year if written else None

    return [{"year": key, "pages": list(group)} for key, group in groupby(values, key=year)]


def group_by(values: Collection[Any], key: str, format: str = "") -> list[dict[str, Any]]:  # noqa: A002 - as templates call it
    """`values` by their `key`, in the order in which it comes first: `key` and `pages`.

    Where the key has a list (`terms.tags`), each is in the groups of all its items. Dates are
    written by `format` first (`%Y-%m`). Those without the key come last, in the group none.
    """
    read = make_reader(key)
    render = DateFilter()
    groups: dict[Any, list[Any]] = {}
    others: list[Any] = []
    for value in values:
        found = read(value)
        for one in found if isinstance(found, list | tuple) else [found]:
            if one is None:
                others.append(value)
                continue
            name = render(one, format) if format else one
            try:
                groups.setdefault(name, []).append(value)
            except TypeError:
                message = f"`{key}` is {name_kind(one)}, and cannot name a group"
                raise TemplateFault(
                    "bad-sort", message, "group by text, numbers or dates"
                ) from None
    listed = [{"key": name, "pages": pages} for name, pages in groups.items()]
    return [*listed, {"key": None, "pages": others}] if others else listed


def xml_escape(value: Any) -> Markup:
    """`value` with XML's five special characters as references, even where it is safe HTML."""
    return Markup(escape(str(value)))  # noqa: S704 - escaped here


def number(value: float) -> str:
    """`value` with commas between its thousands."""
    return f"{value:,}"


def plural(count: int | Collection[Any] | Mapping[str, Any], one: str, many: str) -> str:
    """`1 apple`, `2 apples`."""
    amount = count if isinstance(count, int) else len(count)
    return f"{amount:,} {one if amount == 1 else many}"


def make_filters() -> dict[str, Callable[..., Any]]:
    """The filters that need nothing of the site, by name."""
    plain_filters = (
        plain, slugify, truncate_words, group_by, group_by_year, json, xml_escape, number, plural,
    )  # fmt: skip
    return {
        "date": DateFilter(),
        "tojson": json,
        **make_selections(),
        **{named.__name__: named for named in plain_filters},
    }


def _read_date(value: Any) -> date | datetime:
    if isinstance(value, date | datetime):
        return value
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise TemplateFault(
            "not-a-date", f"{name_kind(value)} is not a date", "write it as in 2026-08-01"
        ) from None
