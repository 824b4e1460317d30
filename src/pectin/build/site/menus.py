"""Menus, of the entries in `pectin.toml` and of those in front matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from msgspec import Struct, field

from pectin.build.configuration.model import Config
from pectin.build.content.documents import Documents
from pectin.build.problems import Problems
from pectin.build.site.claims import FindPlace
from pectin.build.site.layout import CONTENT
from pectin.build.site.model import MenuEntry, Page
from pectin.build.site.visibility import explain_hidden
from pectin.build.suggestions import suggest

FindPage = Callable[[str], "Page | None"]
"""Takes a source file, and returns the page that is meant by it."""


class _Written(Struct, eq=False):
    """An entry as it is written, at the place that `find_place` finds for one of its keys."""

    name: str
    url: str
    source: str
    weight: int | None
    identifier: str
    parent: str
    params: Mapping[str, Any]
    find_place: FindPlace
    below: list[_Written] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What a `parent` calls it."""
        return self.identifier or self.name


def build_menus(
    config: Config,
    by_source: Mapping[str, Page],
    find_page: FindPage,
    hidden: Mapping[str, str],
    documents: Documents,
    problems: Problems,
) -> dict[str, tuple[MenuEntry, ...]]:
    """The menus by name, each with its entries at the top.

    The lightest come first, those without a weight last; then those of the configuration, as they are
    written; then those of pages, by name. `find_page` finds the page that an entry of the configuration
    names, `hidden` are the sources that were left out.
    """
    builder = _Builder(config, by_source, find_page, hidden, documents, problems)
    menus: dict[str, list[_Written]] = {name: [] for name in config.menus}
    for name, written in (*builder.list_configured(), *builder.list_of_pages()):
        menus.setdefault(name, []).append(written)
    return {name: builder.nest(name, menus[name]) for name in menus}


class _Builder:
    def __init__(
        self,
        config: Config,
        by_source: Mapping[str, Page],
        find_page: FindPage,
        hidden: Mapping[str, str],
        documents: Documents,
        problems: Problems,
    ) -> None:
        self._config = config
        self._by_source = by_source
        self._find = find_page
        self._hidden = hidden
        self._documents = documents
        self._problems = problems

    def list_configured(self) -> Iterator[tuple[str, _Written]]:
        """The entries of the configuration, each with the name of its menu."""
        for menu, items in self._config.menus.items():
            for item in items:
                place = partial(self._config.place, "menus", menu, item.position)
                page = self._find_page(item.page, partial(place, "page")) if item.page else None
                if item.page and page is None:
                    continue
                yield (
                    menu,
                    _Written(
                        item.name or (page.title if page else ""),
                        page.url if page else item.url,
                        page.source if page else "",
                        item.weight,
                        item.identifier,
                        item.parent,
                        item.params,
                        partial(place, "parent" if item.parent else "identifier"),
                    ),
                )

    def list_of_pages(self) -> Iterator[tuple[str, _Written]]:
        """The entries in front matter, each with the name of its menu, by name and source."""
        found = [
            (place, page)
            for page in self._by_source.values()
            if page.front_matter.menus
            for place in page.front_matter.menus
        ]
        found.sort(key=lambda pair: ((pair[0].name or pair[1].title).casefold(), pair[1].source))
        for place, page in found:
            assert page.head is not None
            yield (
                place.menu,
                _Written(
                    place.name or page.title,
                    page.url,
                    page.source,
                    place.weight,
                    place.identifier,
                    place.parent,
                    place.params,
                    partial(
                        self._documents.place_key,
                        page.head,
                        "menus",
                        place.parent or place.identifier,
                    ),
                ),
            )

    def nest(self, menu: str, entries: list[_Written]) -> tuple[MenuEntry, ...]:
        """The entries at the top of `menu`, with the others below them."""
        by_key: dict[str, _Written] = {}
        for entry in entries:
            other = by_key.setdefault(entry.key, entry)
            if other is not entry and entry.identifier:
                message = f"two entries of the menu `{menu}` are called `{entry.key}`"
                self._report(message, "give one of them another `identifier`", entry)
        tops: list[_Written] = []
        for entry in entries:
            parent = by_key.get(entry.parent) if entry.parent else None
            if entry.parent and parent is None:
                message = f"the menu `{menu}` has no entry `{entry.parent}` to be a parent"
                hint = suggest(entry.parent, by_key) or "write the name or `identifier` of one"
                self._report(message, hint, entry)
            elif parent is not None and _is_below(parent, entry, by_key):
                message = f"the entry `{entry.key}` of the menu `{menu}` is below itself"
                self._report(message, "give one of them another `parent`, or none", entry)
            else:
                (tops if parent is None else parent.below).append(entry)
        return _freeze(tops)

    def _find_page(self, path: str, find_place: FindPlace) -> Page | None:
        source = f"{CONTENT}{path.removeprefix('/').removeprefix(CONTENT)}"
        page = self._find(source)
        if page is None:
            hint = explain_hidden(source, self._hidden) if source in self._hidden else ""
            self._problems.report(
                "missing-page",
                f"there is no page `{path}`",
                hint or "write the path of a published file below `content/`",
                find_place(),
            )
        return page

    def _report(self, message: str, hint: str, entry: _Written) -> None:
        self._problems.report("bad-menu", message, hint, entry.find_place())


def _is_below(entry: _Written, other: _Written, by_key: Mapping[str, _Written]) -> bool:
    """Whether `entry` is `other`, or is below it."""
    seen: set[str] = set()
    while entry is not other:
        above = by_key.get(entry.parent) if entry.parent else None
        if above is None or entry.key in seen:
            return False
        seen.add(entry.key)
        entry = above
    return True


def _freeze(entries: Iterable[_Written]) -> tuple[MenuEntry, ...]:
    ordered = sorted(entries, key=lambda entry: (entry.weight is None, entry.weight or 0))
    return tuple(
        MenuEntry(
            entry.name,
            entry.url,
            entry.weight or 0,
            entry.key,
            entry.source,
            entry.params,
            _freeze(entry.below),
        )
        for entry in ordered
    )
