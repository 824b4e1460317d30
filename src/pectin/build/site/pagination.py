"""A long list as several pages: `/blog/`, `/blog/page/2/`."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from typing import Any, TypeVar

from msgspec import Struct

from pectin.build.site.model import Page
from pectin.build.urls import folder_url

Listed = TypeVar("Listed")


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
    for number in _number_slices(page, pages):
        yield Slice(number, slice_url(page.url, number), take_slice(page, pages, number))


def cut_items(page: Page, items: tuple[Any, ...]) -> Iterator[Slice]:
    """`items`, which `page` shows, in slices; at least one. Pages among them are told apart."""
    for number in _number_slices(page, items):
        shown = take_slice(page, items, number)
        pages = tuple(one for one in shown if isinstance(one, Page))
        yield Slice(number, slice_url(page.url, number), pages, shown)


def take_slice(page: Page, listed: tuple[Listed, ...], number: int) -> tuple[Listed, ...]:
    """What slice `number` of `listed` has, as `page` shows it; nothing where there is no such slice."""
    size = slice_size(page, listed)
    return listed[(number - 1) * size : number * size]


def slice_size(page: Page, listed: Sized) -> int:
    """How many of `listed` are on each slice but the last."""
    return page.paginate_by or len(listed) or 1


def _number_slices(page: Page, listed: Sized) -> range:
    return range(1, max(-(-len(listed) // slice_size(page, listed)), 1) + 1)
