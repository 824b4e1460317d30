"""Which feeds a site has, and what is in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pectin.build.config import Config
from pectin.build.feeds import (
    MEDIA_TYPES,
    RENDERERS,
    Item,
    escape_body,
    feed_url,
    list_feeds,
)
from pectin.build.ordering import order_pages
from pectin.build.queries import Queries
from pectin.build.site import Page, Site
from pectin.build.urls import file_for


@dataclass(frozen=True, slots=True)
class FeedFile:
    """A rendered feed. `head` is the list that it is of."""

    head: Page
    path: str
    body: bytes
    media_type: str


def list_fed_lists(site: Site) -> Iterator[tuple[Page, tuple[Page, ...]]]:
    """Every list that has a feed, with its newest pages; those without a date are no news."""
    lists = [(site.home.page, site.pages)]
    lists += [
        (section.page, order_pages(section.pages, "date"))
        for path, section in site.sections.items()
        if path and section.page.feed
    ]
    lists += [(term.page, term.pages) for grouping in site.groupings for term in grouping.terms]
    for head, pages in lists:
        if list_feeds(head, site.config):
            dated = (page for page in pages if page.front_matter.date)
            yield head, tuple(islice(dated, site.config.feeds.limit))


def list_feed_paths(head: Page, config: Config) -> list[str]:
    """The decoded paths of the feeds of the list `head`."""
    return [file_for(feed_url(head, kind)) for kind in config.feeds.formats]


def render_feeds(site: Site, queries: Queries, origin: str) -> Iterator[FeedFile]:
    """Every feed of the site."""
    items: dict[Page, Item] = {}
    for head, pages in list_fed_lists(site):
        shown = []
        for page in pages:
            if page not in items:
                items[page] = _make_item(page, site.config, queries, origin)
            shown.append(items[page])
        for kind in site.config.feeds.formats:
            body = RENDERERS[kind](head, shown, site.config, origin)
            yield FeedFile(head, file_for(feed_url(head, kind)), body, MEDIA_TYPES[kind])


def _make_item(page: Page, config: Config, queries: Queries, origin: str) -> Item:
    url = origin + page.url
    full = config.feeds.full_content
    html = queries.content_of(page).html if full else queries.outline_of(page).summary
    return Item(
        page.title,
        url,
        page.front_matter.date,
        page.front_matter.updated,
        escape_body(html, url),
        tuple(term.name for terms in queries.terms_of(page).values() for term in terms),
    )
