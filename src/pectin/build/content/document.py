"""A source file of `content/`, parsed but not yet placed in the site."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from msgspec import Struct, field

from pectin.build.configuration.model import RawHtml
from pectin.build.positions import Step
from pectin.values.place import Lines, Place, place_at

SortKey = Literal["date", "weight", "title"]

Moment = date | datetime
"""A day, or a day with a time."""


class FrontMatter(Struct, frozen=True, omit_defaults=True):
    """What the head of a source file says. None and empty mean that it does not say.

    `taxonomies` maps a taxonomy's name to its terms, as written. `params` are the author's own
    keys. The five from `sort_by` on, and `cascade`, are for a section's `_index.md`. `origins` has
    each key whose value is a default, with where that is written.

    `outputs` are the names of the formats that the page is published in.
    `paginate` is an expression whose list the page shows in slices. Where `pages_from` is given,
    an expression too, a page is made for each item of its list: `params` are all other keys,
    patterns that nobody has read. `item` is what a page was made of. `raw_html` is what at most becomes
    of HTML in the body.
    """

    title: str | None = None
    description: str | None = None
    date: Moment | None = None
    updated: Moment | None = None
    expires: Moment | None = None
    draft: bool | None = None
    slug: str | None = None
    url: str | None = None
    translation_key: str | None = None
    aliases: tuple[str, ...] = ()
    weight: int | None = None
    template: str | None = None
    taxonomies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    params: Mapping[str, Any] = field(default_factory=dict)
    sort_by: SortKey | None = None
    paginate_by: int | None = None
    page_template: str | None = None
    feed: bool | None = None
    transparent: bool | None = None
    paginate: str | None = None
    pages_from: str | None = None
    outputs: tuple[str, ...] | None = None
    raw_html: RawHtml | None = None
    item: Any = None
    menus: tuple[MenuPlace, ...] = ()
    cascade: tuple[Defaults, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)


class MenuPlace(Struct, frozen=True):
    """An entry for the page in the menu `menu`. `name` is "" where the page's title is to be it.

    `parent` is the identifier or the name of the entry that it is below.
    """

    menu: str
    name: str = ""
    weight: int | None = None
    identifier: str = ""
    parent: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)


class Origin(Struct, frozen=True):
    """Where a default is written: in the file `path`, at the key that `steps` lead to."""

    path: str
    steps: tuple[Step, ...]


class Target(Struct, frozen=True):
    """The documents that defaults are for. None and empty mean all.

    `paths` are patterns of source files: from `content/` where they begin with a slash, else from
    the folder that the defaults are for.
    """

    kinds: tuple[str, ...] | None = None
    paths: tuple[str, ...] | None = None


class Defaults(Struct, frozen=True):
    """Front matter for documents that do not say otherwise.

    They are for what is in `folder` (`content/fruit/`) or below it, and written at `origin`.
    """

    folder: str
    target: Target
    values: FrontMatter
    origin: Origin


class Head(Struct, frozen=True):
    """What is kept of a document: its front matter, and at which character its body begins.

    `path` is relative to the site's folder (`content/fruit/plum.de.md`), `location` the same without
    what names its language (`content/fruit/plum.md`). `print` is the fingerprint of the front matter
    as it is written.
    """

    path: str
    body_start: int
    front_matter: FrontMatter
    print: bytes = b""
    location: str = ""


class Document(Struct, frozen=True):
    """One file of `content/`: its front matter, and its body as the author wrote it.

    `source` is the whole text, so that every error can be placed.
    """

    head: Head
    source: str

    @property
    def path(self) -> str:
        """The path of the file, relative to the site's folder."""
        return self.head.path

    @property
    def is_html(self) -> bool:
        """Whether the body is HTML, not Markdown."""
        return self.path.endswith(".html")

    @property
    def body(self) -> str:
        """The text below the front matter."""
        return self.source[self.head.body_start :]

    def place(self, body_offset: int) -> Place:
        """The place of character `body_offset` of the body."""
        return place_at(self.path, self.source, self.head.body_start + body_offset)

    def lines(self) -> Lines:
        """The lines of the whole source, to place many offsets in it."""
        return Lines(self.path, self.source)


class Heading(Struct, frozen=True):
    """A heading of a page. `title` is HTML without links; `children` are deeper headings."""

    level: int
    id: str
    title: str
    children: tuple[Heading, ...] = ()

    @property
    def url(self) -> str:
        """The fragment that leads to it."""
        return f"#{self.id}"


class Content(Struct, frozen=True):
    """A body as HTML, and what was learnt on the way.

    `summary` is HTML; `headings` are (level, id, title) in reading order; `ids` are all
    fragment identifiers in `html`.
    """

    html: str
    summary: str
    headings: tuple[tuple[int, str, str], ...]
    ids: frozenset[str]
