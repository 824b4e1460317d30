"""What templates see. Plain attributes are a page's own; everything else asks the Queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from pectin.build.content.headings import nest
from pectin.build.media_types import find_media_type
from pectin.build.site.model import Grouping, Kind, Page, Term
from pectin.build.templates.fixed import FixedTable, fix
from pectin.build.templates.listings import Listings, PageList
from pectin.build.templates.menus import MenuItemView, Trail, TrailItemView, view_menus
from pectin.build.templates.pieces import (
    FeedView,
    HeadingView,
    OutputView,
    ResourceView,
    mark,
    view_feeds,
    view_headings,
    view_outputs,
)
from pectin.build.templates.queries import Queries
from pectin.build.traces.recorder import Recorder
from pectin.build.urls import encode_path

WORDS_PER_MINUTE = 220


class TermView:
    """A term of a taxonomy."""

    __slots__ = ("_page", "_views", "count", "name", "slug", "url")

    def __init__(self, term: Term, views: Views) -> None:
        self.name = term.name
        self.slug = term.slug
        self.url = mark(term.page.url)
        self.count = len(term.pages)
        self._page = term.page
        self._views = views

    def __repr__(self) -> str:
        return f"term {self.name}"

    @property
    def pages(self) -> Sequence[PageView]:
        """The pages that have it, the newest first."""
        return self._views.pages_of(self._page)


@dataclass(frozen=True, slots=True)
class TaxonomyView:
    """A taxonomy with its terms, in order of name."""

    name: str
    title: str
    url: Markup
    terms: tuple[TermView, ...]


class PageView:
    """A page as templates see it; docs/templates.md has a line for each name."""

    __slots__ = (
        "_page",
        "_params",
        "_queries",
        "_views",
        "aliases",
        "date",
        "description",
        "draft",
        "expires",
        "is_home",
        "is_page",
        "is_section",
        "item",
        "kind",
        "language",
        "slug",
        "source",
        "template",
        "title",
        "updated",
        "url",
        "weight",
    )

    def __init__(self, page: Page, views: Views) -> None:
        front_matter = page.front_matter
        self._page = page
        self._queries = views.queries
        self._views = views
        self.kind: str = page.kind.value
        self.title = page.title
        self.description = front_matter.description
        self.slug = page.slug
        self.weight = front_matter.weight
        self.draft = bool(front_matter.draft)
        self.template = front_matter.template
        self.date: date | datetime | None = fix(front_matter.date)
        self.updated: date | datetime | None = fix(front_matter.updated)
        self.expires: date | datetime | None = fix(front_matter.expires)
        self.url = mark(page.url)
        self._params: Mapping[str, Any] | None = None
        self.item = fix(front_matter.item)
        self.source = page.source or None
        self.language = page.written_in
        self.aliases = front_matter.aliases
        self.is_home = page.kind is Kind.HOME
        self.is_section = page.kind is Kind.SECTION
        self.is_page = page.kind is Kind.PAGE

    def __repr__(self) -> str:
        return f"page {self._page.source or self._page.url}"

    @property
    def params(self) -> Mapping[str, Any]:
        """Every other key of the front matter."""
        if self._params is None:
            self._params = fix(self._page.front_matter.params)
        return self._params

    @property
    def original(self) -> PageView | None:
        """The page in the default language that this one shows, because it is not translated."""
        return self._views.maybe(self._page.stands_in_for)

    @property
    def lastmod(self) -> date | datetime | None:
        """When the page was changed last: `updated`, else as git knows it, else `date`."""
        return self._page.lastmod

    @property
    def translations(self) -> Sequence[PageView]:
        """The pages that say the same in other languages."""
        return self._views.each(self._queries.translations_of(self._page))

    @property
    def permalink(self) -> Markup:
        """The page's URL with the canonical origin."""
        return mark(self._queries.origin() + self._page.url)

    @property
    def content(self) -> Markup:
        """The body as HTML."""
        return Markup(self._queries.content_of(self._page).html)  # noqa: S704 - the author's own

    @property
    def summary(self) -> Markup:
        """The beginning of the body, as HTML."""
        return Markup(self._queries.outline_of(self._page).summary)  # noqa: S704 - the author's own

    @property
    def plain(self) -> str:
        """The body as text."""
        return self._queries.plain_of(self._page)

    @property
    def markdown(self) -> str:
        """The body as Markdown, with absolute links."""
        return self._queries.markdown_of(self._page)

    @property
    def toc(self) -> tuple[HeadingView, ...]:
        """The headings as a tree."""
        return view_headings(nest(self._queries.outline_of(self._page).headings))

    @property
    def word_count(self) -> int:
        """How many words the body has."""
        return self._queries.word_count_of(self._page)

    @property
    def reading_time(self) -> int:
        """How many minutes the body takes to read, at least one."""
        return max(1, -(-self.word_count // WORDS_PER_MINUTE))

    @property
    def section(self) -> PageView | None:
        """The section that the page is in."""
        return self._views.maybe(self._queries.section_of(self._page))

    @property
    def ancestors(self) -> Sequence[PageView]:
        """All sections that the page is in, home first."""
        return self._views.each(self._queries.ancestors_of(self._page))

    @property
    def breadcrumbs(self) -> Sequence[PageView]:
        """The sections that the page is in, home first, and the page itself."""
        return (*self.ancestors, self)

    @property
    def menus(self) -> Mapping[str, tuple[MenuItemView, ...]]:
        """The menus, by name, whose entries know where this page is."""
        above = [page.url for page in self._queries.ancestors_of(self._page)[1:]]
        trail = Trail(self._page.url, above)
        find_page = self._views.at_source
        menus = self._queries.menus()
        return view_menus(menus, lambda entry: TrailItemView(entry, find_page, trail))

    @property
    def pages(self) -> Sequence[PageView]:
        """The pages of a list, in order."""
        return self._views.pages_of(self._page)

    @property
    def sections(self) -> Sequence[PageView]:
        """The subsections of a section."""
        return self._views.each(self._queries.sections_of(self._page))

    @property
    def all_pages(self) -> Sequence[PageView]:
        """The pages of a section and of all below it."""
        return self._views.listings.of("all-pages", self._page.path)

    @property
    def backlinks(self) -> Sequence[PageView]:
        """The pages whose bodies link to the page, the newest first."""
        return self._views.listings.of("backlinks", self._page.path)

    @property
    def related(self) -> Sequence[PageView]:
        """The pages that have most in common with the page, the nearest first."""
        return self._views.listings.of("related", self._page.path)

    @property
    def previous(self) -> PageView | None:
        """The older neighbour in the section's order."""
        return self._views.maybe(self._queries.neighbours_of(self._page)[0])

    @property
    def next(self) -> PageView | None:
        """The newer neighbour in the section's order."""
        return self._views.maybe(self._queries.neighbours_of(self._page)[1])

    @property
    def terms(self) -> Mapping[str, Sequence[TermView]]:
        """The page's terms, by taxonomy."""
        return self._views.terms_of(self._page)

    @property
    def taxonomy(self) -> TaxonomyView | None:
        """The taxonomy of a taxonomy's page and of its terms."""
        if self._page.kind not in {Kind.TAXONOMY, Kind.TERM}:
            return None
        return self._views.taxonomies()[self._page.folder]

    @property
    def resources(self) -> Sequence[ResourceView]:
        """The files of the page's bundle."""
        return tuple(
            ResourceView(
                resource.name,
                mark(encode_path(resource.path)),
                mark(find_media_type(resource.path)),
                resource.source,
            )
            for resource in self._page.resources
        )

    @property
    def outputs(self) -> Sequence[OutputView]:
        """The forms in which the page is published beside HTML, without feeds."""
        return view_outputs(self._page.outputs)

    @property
    def feeds(self) -> Sequence[FeedView]:
        """The feeds of a list."""
        return view_feeds(self._queries.feeds_of(self._page))


def page_of(view: PageView) -> Page:
    """The page that `view` shows."""
    return view._page  # noqa: SLF001 - of this module


class Views:
    """One view for each page, made when it is first asked for.

    `peers` are the views of all languages: a page asks those of its own about the rest of the site.
    """

    def __init__(self, queries: Queries, recorder: Recorder, peers: Mapping[str, Views]) -> None:
        self.queries = queries
        self.listings = Listings(queries, recorder, self.of, lambda view: view._page)  # noqa: SLF001 - of this module
        self._peers = peers
        self._by_page: dict[Page, PageView] = {}
        self._taxonomies: dict[str, TaxonomyView] = {}
        self._terms: dict[Term, TermView] = {}

    def of(self, page: Page) -> PageView:
        """The view of `page`."""
        view = self._by_page.get(page)
        return view or self._by_page.setdefault(page, PageView(page, self._peers[page.language]))

    def at_source(self, source: str) -> PageView | None:
        """The view of the page of the source file `source`, or None."""
        return self.maybe(self.queries.page_at(source))

    def maybe(self, page: Page | None) -> PageView | None:
        """The view of `page`, or None for None."""
        return self.of(page) if page else None

    def each(self, pages: Iterable[Page]) -> tuple[PageView, ...]:
        """The views of `pages`."""
        return tuple(map(self.of, pages))

    def pages_of(self, page: Page) -> PageList:
        """The views of the pages that `page` lists."""
        return self.listings.of("pages", page.path)

    def all_pages(self) -> PageList:
        """The views of every page, the newest first."""
        return self.listings.of("site-pages", "")

    def term(self, taxonomy: str, slug: str) -> TermView | None:
        """The term of `taxonomy` with the slug `slug`, or None."""
        term = self.queries.term_at(taxonomy, slug)
        return self._view_term(term) if term else None

    def terms_of(self, page: Page) -> dict[str, tuple[TermView, ...]]:
        """The terms that `page` has, by taxonomy."""
        terms = self.queries.terms_of(page)
        return FixedTable({name: tuple(map(self._view_term, own)) for name, own in terms.items()})

    def taxonomies(self) -> dict[str, TaxonomyView]:
        """Every taxonomy, by name."""
        groupings = self.queries.taxonomies()
        if not self._taxonomies:
            self._taxonomies = FixedTable(
                {grouping.taxonomy.name: self._view_grouping(grouping) for grouping in groupings}
            )
        return self._taxonomies

    def _view_term(self, term: Term) -> TermView:
        view = self._terms.get(term)
        return view or self._terms.setdefault(term, TermView(term, self))

    def _view_grouping(self, grouping: Grouping) -> TaxonomyView:
        return TaxonomyView(
            grouping.taxonomy.name,
            grouping.taxonomy.title,
            mark(grouping.page.url),
            tuple(map(self._view_term, grouping.terms)),
        )
