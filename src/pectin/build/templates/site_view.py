"""The site as templates see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from pectin.build.templates.fixed import FixedTable, fix
from pectin.build.templates.menus import MenuItemView, view_menus
from pectin.build.templates.pieces import FeedView, LanguageView, mark, view_feeds, view_language
from pectin.build.templates.views import PageView, TaxonomyView, Views

GENERATOR = "Pectin"


class SiteView:
    """The site as templates see it."""

    __slots__ = ("_menus", "_params", "_queries", "_views")

    def __init__(self, views: Views) -> None:
        self._views = views
        self._queries = views.queries
        self._params: Mapping[str, Any] | None = None
        self._menus: Mapping[str, tuple[MenuItemView, ...]] | None = None

    @property
    def title(self) -> str:
        """The name that visitors see."""
        return str(self._queries.setting("title"))

    @property
    def description(self) -> str:
        """What the site is about."""
        return str(self._queries.setting("description"))

    @property
    def language(self) -> str:
        """The language that the site is in, as a BCP 47 tag."""
        return str(self._queries.setting("language"))

    @property
    def direction(self) -> str:
        """How the language is written: `ltr` or `rtl`."""
        direction: str = self._queries.setting("spoken").direction
        return direction

    @property
    def languages(self) -> Mapping[str, LanguageView]:
        """All languages of the site, by their tags."""
        languages = self._queries.languages()
        return FixedTable({code: view_language(site) for code, site in languages.items()})

    @property
    def author(self) -> str:
        """Who writes the site."""
        return str(self._queries.setting("author"))

    @property
    def url(self) -> Markup:
        """The canonical origin."""
        return mark(self._queries.origin())

    @property
    def search(self) -> bool:
        """Whether the site has a search index."""
        return bool(self._queries.setting("search").enabled)

    @property
    def params(self) -> Mapping[str, Any]:
        """The author's own keys."""
        params = self._queries.setting("params")
        if self._params is None:
            self._params = fix(params)
        return self._params

    @property
    def menus(self) -> Mapping[str, tuple[MenuItemView, ...]]:
        """The menus, by name."""
        menus = self._queries.menus()
        if self._menus is None:
            find_page = self._views.at_source
            self._menus = view_menus(menus, lambda entry: MenuItemView(entry, find_page))
        return self._menus

    @property
    def generator(self) -> str:
        """What made the site."""
        return GENERATOR

    def __repr__(self) -> str:
        return f"site {self.title}"

    @property
    def home(self) -> PageView:
        """The home page."""
        return self._views.of(self._views.queries.home().page)

    @property
    def pages(self) -> Sequence[PageView]:
        """Every page, the newest first."""
        return self._views.all_pages()

    @property
    def sections(self) -> Sequence[PageView]:
        """The sections at the top."""
        return self._views.each(section.page for section in self._views.queries.home().sections)

    @property
    def taxonomies(self) -> Mapping[str, TaxonomyView]:
        """The taxonomies, by name."""
        return self._views.taxonomies()

    @property
    def data(self) -> Mapping[str, Any]:
        """The files in `data/`."""
        return self._views.queries.data()

    @property
    def feeds(self) -> Sequence[FeedView]:
        """The site's own feeds."""
        return view_feeds(self._views.queries.feeds_of(self._views.queries.home().page))
