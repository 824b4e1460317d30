"""Which feeds a site has, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from pectin.build.configuration.model import Config, OutputFormat
from pectin.build.configuration.outputs import BUILT_IN, FEEDS
from pectin.build.site.model import LISTS, Feed, Kind, Page, Site
from pectin.build.site.ordering import order_pages
from pectin.build.urls import folder_url


def list_feeds(page: Page, config: Config) -> Sequence[Feed]:
    """The feeds of the list `page`, in the configured order; none for other kinds."""
    title = config.title if page.kind is Kind.HOME else f"{page.title} - {config.title}"
    return tuple(
        Feed(title, feed_url(page, one), one.media_type.partition(";")[0])
        for one in find_feed_formats(page, config)
    )


def find_feed_formats(page: Page, config: Config) -> Sequence[OutputFormat]:
    """The formats of the feeds of the list `page`: those of all feeds, and those that it names."""
    if page.kind not in LISTS or not (page.feed or page.outputs):
        return ()
    names: list[str] = list(config.feeds.formats) if page.feed else []
    named = [output.format.name for output in page.outputs]
    names += [name for name in named if name in FEEDS and name not in names]
    return [config.output_formats.get(name, BUILT_IN[name]) for name in names]


def feed_url(page: Page, feed: OutputFormat) -> str:
    """The path of the feed of `page` in the format `feed`."""
    return folder_url(page.url) + feed.file_name


def list_fed_lists(site: Site) -> Iterator[tuple[Page, tuple[Page, ...]]]:
    """Every list that has a feed, with its newest pages.

    Those without a date are no news, nor are those that stand in for a translation.
    """
    lists = [(site.home.page, site.pages)]
    lists += [
        (section.page, section.pages if section.is_by_date else order_pages(section.pages, "date"))
        for path, section in site.sections.items()
        if path and find_feed_formats(section.page, site.config)
    ]
    lists += [(term.page, term.pages) for grouping in site.groupings for term in grouping.terms]
    for head, pages in lists:
        if find_feed_formats(head, site.config):
            dated = (page for page in pages if page.front_matter.date and not page.original)
            yield head, tuple(islice(dated, site.config.feeds.limit))


def list_fed_pages(sites: Iterable[Site]) -> frozenset[Page]:
    """The pages whose bodies the feeds of `sites` have."""
    return frozenset(
        page
        for site in sites
        if site.config.feeds.full_content
        for _, pages in list_fed_lists(site)
        for page in pages
    )
