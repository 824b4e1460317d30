"""The filters of templates, beside Jinja's own."""

from __future__ import annotations

from collections.abc import Callable, Collection
from html import escape
from itertools import groupby
from typing import Any

from markupsafe import Markup

from pectin.build.content.markdown_source import escape_markdown
from pectin.build.content.text import plain_text
from pectin.build.dates import day_of
from pectin.build.faults import TemplateFault
from pectin.build.slugs import slugify
from pectin.build.templates.attributes import make_reader, name_kind
from pectin.build.templates.listings import make_selections
from pectin.build.templates.localization import DateFilter, NumberFilters, read_date
from pectin.build.templates.serialisation import json


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
        return day_of(read_date(written)).year if written else None

    return [{"year": key, "pages": list(members)} for key, members in groupby(values, key=year)]


def make_grouping(render: DateFilter) -> Callable[..., list[dict[str, Any]]]:
    """The filter `group_by`, which writes dates as `render` does."""

    def group_by(values: Collection[Any], key: str, format: str = "") -> list[dict[str, Any]]:  # noqa: A002 - as templates call it
        return group(values, key, format, render)

    return group_by


def group(
    values: Collection[Any], key: str, pattern: str, render: DateFilter
) -> list[dict[str, Any]]:
    """`values` by their `key`, in the order in which it comes first: `key` and `pages`.

    Where the key has a list (`terms.tags`), each is in the groups of all its items. Dates are
    written by `pattern` first (`%Y-%m`). Those without the key come last, in the group none.
    """
    read = make_reader(key)
    groups: dict[Any, list[Any]] = {}
    others: list[Any] = []
    for value in values:
        found = read(value)
        for one in found if isinstance(found, list | tuple) else [found]:
            if one is None:
                others.append(value)
                continue
            name = render(one, pattern) if pattern else one
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


def markdown_escape(value: Any) -> str:
    """`value` on one line, as Markdown that shows it as it is."""
    return escape_markdown(str(value))


def make_filters(language: str = "en") -> dict[str, Callable[..., Any]]:
    """The filters that need nothing of the site but its language, by name."""
    numbers = NumberFilters(language)
    render_date = DateFilter(language)
    plain_filters = (
        plain, slugify, truncate_words, group_by_year, json, xml_escape, markdown_escape,
        numbers.number, numbers.currency, numbers.plural, numbers.join_list,
    )  # fmt: skip
    return {
        "date": render_date,
        "group_by": make_grouping(render_date),
        "tojson": json,
        **make_selections(),
        **{named.__name__: named for named in plain_filters},
    }
