"""The small values that templates see: feeds, files, headings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from pectin.build.configuration.outputs import FEEDS
from pectin.build.content.document import Heading
from pectin.build.site.model import Feed, Output, Site


def mark(text: str) -> Markup:
    """`text` as it stands in HTML; minijinja would write its slashes as entities."""
    return Markup(escape(text))  # noqa: S704 - escaped here


@dataclass(frozen=True, slots=True)
class FeedView:
    """A feed of a list."""

    title: str
    url: Markup
    media_type: Markup


@dataclass(frozen=True, slots=True)
class OutputView:
    """A form of a page beside HTML. `rel` is "" where no link to it is needed."""

    name: str
    url: Markup
    media_type: Markup
    rel: str


@dataclass(frozen=True, slots=True)
class ResourceView:
    """A file of a page's bundle."""

    name: str
    url: Markup
    media_type: Markup
    source: str


@dataclass(frozen=True, slots=True)
class HeadingView:
    """A heading in a page's table of contents."""

    level: int
    id: str
    title: Markup
    url: Markup
    children: tuple[HeadingView, ...]


@dataclass(frozen=True, slots=True)
class AssetView:
    """A fingerprinted file. Written out, it is its URL."""

    url: Markup
    integrity: Markup

    def __str__(self) -> str:
        return self.url

    def __html__(self) -> str:
        return self.url


@dataclass(frozen=True, slots=True)
class LanguageView:
    """A language of the site. `label` is its own name for itself, `url` that of its home page."""

    code: str
    label: str
    direction: str
    title: str
    url: Markup
    is_default: bool


def view_outputs(outputs: Iterable[Output]) -> tuple[OutputView, ...]:
    """The forms of a page that are no feeds, as templates see them."""
    return tuple(
        OutputView(
            output.format.name,
            mark(output.url),
            mark(output.format.media_type.partition(";")[0]),
            output.format.rel,
        )
        for output in outputs
        if output.format.name not in FEEDS
    )


def view_language(site: Site) -> LanguageView:
    """The language of `site` as templates see it."""
    language = site.language
    return LanguageView(
        language.code,
        language.label,
        language.direction,
        site.config.title,
        mark(site.home.page.url),
        language.is_default,
    )


def view_headings(headings: tuple[Heading, ...]) -> tuple[HeadingView, ...]:
    """The headings as templates see them."""
    return tuple(
        HeadingView(
            heading.level,
            heading.id,
            Markup(heading.title),  # noqa: S704 - the author's own
            mark(heading.url),
            view_headings(heading.children),
        )
        for heading in headings
    )


def view_feeds(feeds: Iterable[Feed]) -> tuple[FeedView, ...]:
    """The feeds as templates see them."""
    return tuple(FeedView(feed.title, mark(feed.url), mark(feed.media_type)) for feed in feeds)
