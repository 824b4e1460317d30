"""A whole site as values: every page with its URL, and how pages belong together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct, field

from pectin.build.configuration.model import Config, Language, OutputFormat, Taxonomy
from pectin.build.content.document import FrontMatter, Head, SortKey


class Kind(StrEnum):
    """What sort of page a page is; templates are chosen by it."""

    HOME = "home"
    SECTION = "section"
    PAGE = "page"
    TAXONOMY = "taxonomy"
    TERM = "term"
    NOT_FOUND = "404"


BY_DATE: SortKey = "date"
"""How sections order their pages that do not say."""

LISTS = frozenset({Kind.HOME, Kind.SECTION, Kind.TERM})
"""The kinds that list pages, and so may be paginated and have feeds."""


class Resource(Struct, frozen=True):
    """A file that is published beside its page. `name` is its path below the bundle.

    `source` is its path in the site's folder, `path` its decoded path in the output.
    """

    name: str
    source: str
    path: str


class Output(Struct, frozen=True):
    """A form of a page beside HTML. `url` is its path as it is written in HTML."""

    format: OutputFormat
    url: str


class Page(Struct, frozen=True, eq=False):
    """Anything with a URL and a template of its own. Compared by identity.

    `url` is the path as it is written in HTML (percent-encoded), `path` the decoded path of the
    file that is published. `source` is the source file, or "" where a page has none.
    `section` is the path of the section it is in (`fruit/stone`, "" for the home page), or None
    for the home page itself. `folder` is where its template is looked for: the path of its
    section, a section's own path, or the taxonomy's name. `paginate_by` is None where a list is not paginated.
    `language` is the code of the language whose site it is part of; the pages that say the same in
    other languages have the same `key`. `original` is the page of the default language whose text
    this one shows because it is not translated. `outputs` are its forms beside HTML; where it has no
    HTML, `url` is that of the first. `committed` is when git saw its source change last.
    """

    kind: Kind
    title: str
    url: str
    path: str
    slug: str
    source: str = ""
    section: str | None = ""
    folder: str = ""
    head: Head | None = None
    front_matter: FrontMatter = field(default_factory=FrontMatter)
    resources: tuple[Resource, ...] = ()
    paginate_by: int | None = None
    feed: bool = False
    language: str = ""
    key: str = ""
    original: Page | None = None
    outputs: tuple[Output, ...] = ()
    committed: datetime | None = None

    @property
    def lastmod(self) -> date | datetime | None:
        """When it was changed last: as it says itself, else as git does, else when it was written."""
        return self.front_matter.updated or self.committed or self.front_matter.date

    @property
    def has_html(self) -> bool:
        """Whether it is published in HTML too."""
        return not self.outputs or self.url != self.outputs[0].url

    @property
    def location(self) -> str:
        """The path of its source without what names its language; "" where a page has none."""
        return self.head.location if self.head else self.source

    @property
    def stands_in_for(self) -> Page | None:
        """The page that it only repeats. A list does not: it has pages of its own language."""
        return self.original if self.kind is Kind.PAGE else None

    @property
    def written_in(self) -> str:
        """The code of the language that it is written in."""
        return (self.stands_in_for or self).language


class Feed(Struct, frozen=True):
    """A feed of a list. `url` is its path; `media_type` without parameters."""

    title: str
    url: str
    media_type: str


class Section(Struct, frozen=True, eq=False):
    """A folder of pages. `path` is below `content/`; "" is the home page.

    `pages` are in the section's order, with those of transparent sections below it.
    """

    path: str
    page: Page
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]

    @property
    def is_by_date(self) -> bool:
        """Whether the newest of its pages come first."""
        return (self.page.front_matter.sort_by or BY_DATE) == BY_DATE


class Term(Struct, frozen=True, eq=False):
    """One value of a taxonomy, with its pages, the newest first."""

    name: str
    slug: str
    page: Page
    pages: tuple[Page, ...]


class Grouping(Struct, frozen=True, eq=False):
    """A taxonomy with the terms that the pages use, in order of name."""

    taxonomy: Taxonomy
    page: Page
    terms: tuple[Term, ...]


class MenuEntry(Struct, frozen=True, eq=False):
    """An entry of a menu, with those below it. `source` is of the page that it leads to, or ""."""

    name: str
    url: str
    weight: int
    identifier: str
    source: str
    params: Mapping[str, Any]
    children: tuple[MenuEntry, ...]


class Site(Struct, frozen=True):
    """The site in one language. `pages` are the pages of kind `page`, the newest first.

    `config` is the configuration as the language has it. `sections` is by path and has the home page
    as "". `by_source` has every page that has a source file. `hidden` maps the sources that were
    left out to the reason (`a draft`). `menus` has the entries at the top of each menu. `listed` are the
    lists that pages show in slices, by page.
    """

    config: Config
    pages: tuple[Page, ...]
    sections: Mapping[str, Section]
    groupings: tuple[Grouping, ...]
    not_found: Page
    by_source: Mapping[str, Page]
    hidden: Mapping[str, str]
    menus: Mapping[str, tuple[MenuEntry, ...]]
    listed: Mapping[Page, tuple[Any, ...]] = field(default_factory=dict)

    @property
    def home(self) -> Section:
        """The section at the top."""
        return self.sections[""]

    @property
    def language(self) -> Language:
        """The language that it is in."""
        return self.config.spoken
