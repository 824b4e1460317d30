"""In which order a list has its pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from pectin.build.content.document import SortKey
from pectin.build.dates import moment_of
from pectin.build.site.model import Page

_NO_DATE = datetime(1, 1, 1, tzinfo=UTC)


def order_pages(pages: Iterable[Page], key: SortKey) -> tuple[Page, ...]:
    """`pages` by `key`: the newest first, the lightest first, or by title.

    Pages without a date or a weight come last. Ties are broken by title, then by path, so that
    there is one order.
    """
    ordered = sorted(pages, key=lambda page: (page.title.casefold(), page.title, page.source))
    if key == "date":
        ordered.sort(key=_moment, reverse=True)
    elif key == "weight":
        ordered.sort(key=_weight)
    return tuple(ordered)


def _moment(page: Page) -> datetime:
    written = page.front_matter.date
    return moment_of(written) if written else _NO_DATE


def _weight(page: Page) -> tuple[bool, int]:
    weight = page.front_matter.weight
    return (weight is None, weight or 0)
