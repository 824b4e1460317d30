"""Menus as templates see them, apart from any page or from one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pectin.build.site.model import MenuEntry
from pectin.build.templates.fixed import FixedTable, fix
from pectin.build.templates.pieces import mark

_INDEX = "index.html"


class MenuItemView:
    """An entry of a menu. `find_page` makes what templates see of a source file."""

    __slots__ = (
        "_find_page",
        "_params",
        "_source",
        "children",
        "identifier",
        "name",
        "url",
        "weight",
    )

    def __init__(self, entry: MenuEntry, find_page: Callable[[str], Any]) -> None:
        self.name = entry.name
        self.url = mark(entry.url)
        self.weight = entry.weight
        self.identifier = entry.identifier
        self._params = entry.params
        self.children = self._view_children(entry, find_page)
        self._source = entry.source
        self._find_page = find_page

    def __repr__(self) -> str:
        return f"menu item {self.name}"

    @property
    def page(self) -> Any:
        """The page that it leads to, when it was named or names itself; else None."""
        return self._find_page(self._source) if self._source else None

    @property
    def params(self) -> Mapping[str, Any]:
        """The author's own keys."""
        params: Mapping[str, Any] = fix(self._params)
        return params

    def _view_children(
        self, entry: MenuEntry, find_page: Callable[[str], Any]
    ) -> Sequence[MenuItemView]:
        return tuple(MenuItemView(child, find_page) for child in entry.children)


class Trail:
    """The way from the top of the site to a page: its own URL, and those of its sections."""

    def __init__(self, own: str, above: Sequence[str]) -> None:
        self._own = _fold(own)
        self._above = {_fold(url) for url in above}

    def ends_at(self, url: str) -> bool:
        """Whether `url` is the page."""
        return _fold(url) == self._own

    def passes(self, url: str) -> bool:
        """Whether `url` is a section of the page, but for the home page."""
        return _fold(url) in self._above


class TrailItemView(MenuItemView):
    """An entry of a menu, as the page at the end of `trail` has it."""

    __slots__ = ("_trail", "has_current", "is_current")

    def __init__(self, entry: MenuEntry, find_page: Callable[[str], Any], trail: Trail) -> None:
        self._trail = trail
        super().__init__(entry, find_page)
        self.is_current: bool = trail.ends_at(entry.url)
        self.has_current: bool = False
        below = any(
            isinstance(child, TrailItemView) and (child.is_current or child.has_current)
            for child in self.children
        )
        self.has_current = not self.is_current and (below or trail.passes(entry.url))

    def _view_children(
        self, entry: MenuEntry, find_page: Callable[[str], Any]
    ) -> Sequence[MenuItemView]:
        return tuple(TrailItemView(child, find_page, self._trail) for child in entry.children)


def view_menus(
    menus: Mapping[str, Sequence[MenuEntry]], view: Callable[[MenuEntry], MenuItemView]
) -> dict[str, tuple[MenuItemView, ...]]:
    """The menus by name, each entry at the top as `view` makes it."""
    return FixedTable({name: tuple(map(view, entries)) for name, entries in menus.items()})


def _fold(url: str) -> str:
    return url.removesuffix(_INDEX).rstrip("/")
