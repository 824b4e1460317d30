"""A long list as several pages: `/blog/`, `/blog/page/2/`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from pectin.build.site.model import Page
from pectin.build.urls import folder_url


class Slice(Struct, frozen=True):
    """One of the pages that a list is shown on. `number` counts from 1; page 1 is canonical.

    `items` are those of a list that is not of pages.
    """

    number: int
    url: str
    pages: tuple[Page, ...] = ()
    items: tuple[Any, ...] = ()


def slice_url(url: str, number: int) -> str:
    """The URL of page `number` of the list at `url`, below the folder that it is in."""
    return url if number == 1 else f"{folder_url(url)}page/{number}/"


def cut_slices(page: Page, pages: tuple[Page, ...]) -> Iterator[Slice]:
    """`pages` of the list `page` in slices; at least one, empty where the list is."""
    size = page.paginate_by or len(pages) or 1
    for number, first in enumerate(range(0, max(len(pages), 1), size), start=1):
        yield Slice(number, slice_url(page.url, number), pages[first : first + size])


def cut_items(page: Page, items: tuple[Any, ...]) -> Iterator[Slice]:
    """`items`, which `page` shows, in slices; at least one. Pages among them are told apart."""
    size = page.paginate_by or len(items) or 1
    for number, first in enumerate(range(0, max(len(items), 1), size), start=1):
        shown = items[first : first + size]
        pages = tuple(one for one in shown if isinstance(one, Page))
        yield Slice(number, slice_url(page.url, number), pages, shown)
