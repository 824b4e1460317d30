"""Who publishes what: settled for the whole site before anything is rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct

from pectin.build.configuration.model import OutputFormat
from pectin.build.configuration.outputs import FEEDS
from pectin.build.content.documents import Documents
from pectin.build.media_types import HTML
from pectin.build.site.claims import Claims
from pectin.build.site.feeds import feed_url, find_feed_formats, list_fed_lists
from pectin.build.site.files import Files
from pectin.build.site.model import LISTS, Kind, Page, Site
from pectin.build.site.pagination import Slice, cut_items, cut_slices
from pectin.build.site.sites import Sites
from pectin.build.urls import file_for
from pectin.values.place import Place

GENERATED = "Pectin"
"""Owns what every site has and may replace: `404.html`, `robots.txt`, `sitemap.xml`."""


SEARCH = "Pagefind"
"""Owns the files of the search index."""

SEARCH_FOLDER = "/pagefind/"
_SEARCH_FILES = (
    "pagefind.js", "pagefind-ui.js", "pagefind-ui.css", "pagefind-modular-ui.js",
    "pagefind-modular-ui.css", "pagefind-component-ui.js", "pagefind-component-ui.css",
    "pagefind-highlight.js",
)  # fmt: skip
"""The files that pages may link to."""

HasTemplate = Callable[[Page, OutputFormat], bool]
"""Whether the site has a template of its own for a page in a format."""


class Rendered(Struct, frozen=True):
    """A file that is a page, or a slice of one that is a list; in HTML where it has no `format`."""

    page: Page
    part: Slice | None
    format: OutputFormat | None = None

    @property
    def is_html(self) -> bool:
        """Whether browsers show it as a page."""
        return self.format is None or self.format.is_html

    @property
    def media_type(self) -> str:
        """What it is sent as."""
        return HTML if self.format is None else self.format.media_type

    @property
    def is_whole_list(self) -> bool:
        """Whether it is all of a list, in a form that has no slices."""
        return self.format is not None and self.page.kind is not Kind.PAGE


def plan_output(
    sites: Sites, files: Files, documents: Documents, claims: Claims, has_template: HasTemplate
) -> dict[str, Rendered]:
    """The pages to render, by the path of their file, in order.

    Everything else that is known beforehand is claimed too, so that a link to it is good.
    """
    planned = {
        path: rendered
        for site in sites.by_language.values()
        for path, rendered in _list_rendered(site)
        if claims.claim(
            path, owner_of(rendered.page), partial(_find_place, rendered.page, documents)
        )
    }
    for path, source in list_copies(sites, files):
        claims.claim(path, source, partial(Place, source))
    for site in sites.by_language.values():
        planned |= _claim_feeds(site, claims, has_template)
    for name in _SEARCH_FILES if sites.config.search.enabled else ():
        claims.claim(SEARCH_FOLDER + name, SEARCH)
    not_found = {site.not_found.path: site.not_found for site in sites.by_language.values()}
    for path in (*not_found, "/robots.txt", "/sitemap.xml"):
        if claims.is_free(path):
            claims.claim(path, GENERATED)
    for path, page in not_found.items():
        if claims.owner_of(path) == GENERATED:
            planned[path] = Rendered(page, None)
    return planned


def _claim_feeds(site: Site, claims: Claims, has_template: HasTemplate) -> dict[str, Rendered]:
    """The feeds of `site` that its own templates render, by path. All are claimed."""
    rendered: dict[str, Rendered] = {}
    for head, _ in list_fed_lists(site):
        for one in find_feed_formats(head, site.config):
            path = file_for(feed_url(head, one))
            if claims.claim(path, feed_owner(head)) and has_template(head, one):
                rendered[path] = Rendered(head, None, one)
    return rendered


def owner_of(page: Page) -> str:
    """What a page is called when its path is claimed."""
    if page.original:
        return f"{page.source} in `{page.language}`"
    return page.source or f"the {page.kind.value} {page.title!r}"


def feed_owner(head: Page) -> str:
    """What the feeds of a list are called when their paths are claimed."""
    return f"the feed of {owner_of(head)}"


def list_copies(sites: Sites, files: Files) -> list[tuple[str, str]]:
    """What is copied as it is: (path in the output, path in the source), in order."""
    static = [(path.removeprefix("static"), path) for path in files.static]
    resources = [(resource.path, resource.source) for resource in sites.resources.values()]
    return sorted(static + resources)


def list_pages(site: Site) -> Iterator[Page]:
    """Every page but the 404 page, in the order in which they are rendered."""
    yield from sorted(site.pages, key=lambda page: page.source)
    for section in site.sections.values():
        yield section.page
    for grouping in site.groupings:
        yield grouping.page
        for term in grouping.terms:
            yield term.page


def _list_rendered(site: Site) -> Iterator[tuple[str, Rendered]]:
    """The files of all pages but the 404 page, each with its decoded path."""
    lists = {section.page: section.pages for section in site.sections.values()}
    for grouping in site.groupings:
        lists |= {term.page: term.pages for term in grouping.terms}
    for page in list_pages(site):
        if page.outputs:
            yield from _list_outputs(page)
            if not page.has_html:
                continue
        if page.kind in LISTS:
            for part in cut_slices(page, lists[page]):
                yield file_for(part.url), Rendered(page, part)
        elif page in site.listed:
            for part in cut_items(page, site.listed[page]):
                yield file_for(part.url), Rendered(page, part)
        else:
            yield page.path, Rendered(page, None)


def _list_outputs(page: Page) -> Iterator[tuple[str, Rendered]]:
    """The forms of `page` beside HTML, without its feeds."""
    for output in page.outputs:
        if output.format.name not in FEEDS:
            yield file_for(output.url), Rendered(page, None, output.format)


def _find_place(page: Page, documents: Documents) -> Place | None:
    """Where the path of a page comes from."""
    if page.head is None:
        return None
    front_matter = page.head.front_matter
    if front_matter.url is None and front_matter.slug is None:
        return Place(page.source)
    return documents.place_key(page.head, "slug" if front_matter.url is None else "url")
