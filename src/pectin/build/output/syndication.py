"""What is in a site's feeds."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from pectin.build.configuration.model import Config
from pectin.build.output.feeds import RENDERERS, Category, Item, escape_body
from pectin.build.site.feeds import MEDIA_TYPES, feed_url, list_fed_lists
from pectin.build.site.model import Page, Site, Term
from pectin.build.templates.queries import Queries
from pectin.build.urls import file_for

_AUTHORS = ("authors", "author")
"""The names by which sites tell who wrote a page: of a taxonomy, or of a key of front matter."""


class FeedFile(Struct, frozen=True):
    """A rendered feed. `head` is the list that it is of."""

    head: Page
    path: str
    body: bytes
    media_type: str


def render_feeds(
    site: Site, queries: Queries, origin: str, changed: Container[str] | None = None
) -> Iterator[FeedFile]:
    """Every feed of the site; with `changed`, only those that have a page of these sources."""
    items: dict[Page, Item] = {}
    schemes = {it.taxonomy.name: origin + it.page.url for it in site.groupings}
    for head, pages in list_fed_lists(site):
        if changed is not None and not any(page.source in changed for page in pages):
            continue
        shown = []
        for page in pages:
            if page not in items:
                items[page] = _make_item(page, site.config, queries, origin, schemes)
            shown.append(items[page])
        for kind in site.config.feeds.formats:
            body = RENDERERS[kind](head, shown, site.config, origin)
            yield FeedFile(head, file_for(feed_url(head, kind)), body, MEDIA_TYPES[kind])


def _make_item(
    page: Page, config: Config, queries: Queries, origin: str, schemes: Mapping[str, str]
) -> Item:
    url = origin + page.url
    full = config.feeds.full_content
    terms = queries.terms_of(page)
    html = queries.content_of(page).html if full else queries.outline_of(page).summary
    return Item(
        page.title,
        url,
        page.front_matter.date,
        page.front_matter.updated,
        escape_body(html, url),
        _list_authors(page, terms),
        tuple(
            Category(term.name, schemes[name])
            for name, some in terms.items()
            if name not in _AUTHORS
            for term in some
        ),
    )


def _list_authors(page: Page, terms: Mapping[str, Sequence[Term]]) -> tuple[str, ...]:
    """Who wrote `page`, by a taxonomy of that name, else by its front matter."""
    for name in _AUTHORS:
        if names := [term.name for term in terms.get(name, ())]:
            return tuple(names)
    for name in _AUTHORS:
        written: Any = page.front_matter.params.get(name)
        texts = written if isinstance(written, list) else [written]
        if authors := [text for text in texts if isinstance(text, str) and text.strip()]:
            return tuple(authors)
    return ()
