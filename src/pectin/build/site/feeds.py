"""Which feeds a site has, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from pectin.build.configuration.model import Config, FeedFormat
from pectin.build.media_types import ATOM, RSS
from pectin.build.site.model import LISTS, Feed, Kind, Page, Site
from pectin.build.site.ordering import order_pages
from pectin.build.urls import file_for, folder_url

FILES: dict[FeedFormat, str] = {"rss": "rss.xml", "atom": "atom.xml"}
MEDIA_TYPES: dict[FeedFormat, str] = {"rss": RSS, "atom": ATOM}


def list_feeds(page: Page, config: Config) -> Sequence[Feed]:
    """The feeds of the list `page`, in the configured order; none for other kinds."""
    if page.kind not in LISTS or not page.feed:
        return ()
    title = config.title if page.kind is Kind.HOME else f"{page.title} - {config.title}"
    return tuple(
        Feed(title, feed_url(page, kind), MEDIA_TYPES[kind].partition(";")[0])
        for kind in config.feeds.formats
    )


def feed_url(page: Page, kind: FeedFormat) -> str:
    """The path of the feed of `page`."""
    return folder_url(page.url) + FILES[kind]


def list_fed_lists(site: Site) -> Iterator[tuple[Page, tuple[Page, ...]]]:
    """Every list that has a feed, with its newest pages.

    Those without a date are no news, nor are those that stand in for a translation.
    """
    lists = [(site.home.page, site.pages)]
    lists += [
        (section.page, section.pages if section.is_by_date else order_pages(section.pages, "date"))
        for path, section in site.sections.items()
        if path and section.page.feed
    ]
    lists += [(term.page, term.pages) for grouping in site.groupings for term in grouping.terms]
    for head, pages in lists:
        if list_feeds(head, site.config):
            dated = (page for page in pages if page.front_matter.date and not page.original)
            yield head, tuple(islice(dated, site.config.feeds.limit))


def list_feed_paths(head: Page, config: Config) -> list[str]:
    """The decoded paths of the feeds of the list `head`."""
    return [file_for(feed_url(head, kind)) for kind in config.feeds.formats]


def list_fed_pages(sites: Iterable[Site]) -> frozenset[Page]:
    """The pages whose bodies the feeds of `sites` have."""
    return frozenset(
        page
        for site in sites
        if site.config.feeds.full_content
        for _, pages in list_fed_lists(site)
        for page in pages
    )
