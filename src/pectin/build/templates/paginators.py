"""Where a slice of a list stands among the others, as templates see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pectin.build.site.model import Kind, Page
from pectin.build.site.pagination import Slice, slice_url
from pectin.build.templates.fixed import fix
from pectin.build.templates.pieces import mark
from pectin.build.templates.views import PageView, Views


@dataclass(frozen=True, slots=True)
class PaginatorView:
    """Where a slice of a list stands among the others."""

    pages: Sequence[PageView]
    items: Sequence[Any]
    number: int
    count: int
    total: int
    previous_url: Markup | None
    next_url: Markup | None
    first_url: Markup
    last_url: Markup
    urls: tuple[Markup, ...]


class Paginators:
    """Makes those of the pages that `views` show."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self._urls: dict[Page, tuple[Markup, ...]] = {}

    def of(self, page: Page, part: Slice) -> PaginatorView | None:
        """Where `part` of the list `page` stands, or None where the list is not paginated."""
        if not page.paginate_by:
            return None
        items: Sequence[Any]
        if page.kind is Kind.PAGE:
            found, total = self._views.queries.items_of(page, part)
            items = tuple(
                self._views.of(one) if isinstance(one, Page) else fix(one) for one in found
            )
            pages = self._views.each(part.pages)
        else:
            listed, total = self._views.queries.slice_of(page, part)
            items = pages = self._views.each(listed)
        count = max(1, -(-total // page.paginate_by))
        urls = self._urls_of(page, count)
        return PaginatorView(
            pages,
            items,
            part.number,
            count,
            total,
            urls[part.number - 2] if part.number > 1 else None,
            urls[part.number] if part.number < count else None,
            urls[0],
            urls[-1],
            urls,
        )

    def _urls_of(self, page: Page, count: int) -> tuple[Markup, ...]:
        """The URLs of the slices of `page`, made once for all of them."""
        known = self._urls.get(page)
        if known is None:
            urls = (mark(slice_url(page.url, number)) for number in range(1, count + 1))
            known = self._urls[page] = tuple(urls)
        return known
