"""What is in a site's feeds."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from pectin.build.configuration.model import Config, OutputFormat
from pectin.build.output.feeds import Category, Item, escape_body, render_atom, render_rss
from pectin.build.output.json_feed import render_json_feed
from pectin.build.site.feeds import feed_url, find_feed_formats, list_fed_lists
from pectin.build.site.model import Page, Site, Term
from pectin.build.templates.queries import Queries
from pectin.build.urls import file_for

_AUTHORS = ("authors", "author")
"""The names by which sites tell who wrote a page: of a taxonomy, or of a key of front matter."""

_RENDERERS: Mapping[str, Callable[[Page, Sequence[Item], Config, str, OutputFormat], bytes]] = {
    "rss": render_rss,
    "atom": render_atom,
    "jsonfeed": render_json_feed,
}


class FeedFile(Struct, frozen=True):
    """A rendered feed. `head` is the list that it is of."""

    head: Page
    path: str
    body: bytes
    media_type: str


def render_feeds(
    site: Site,
    queries: Queries,
    origin: str,
    templated: Container[str],
    changed: Container[str] | None = None,
) -> Iterator[FeedFile]:
    """Every feed of the site but those at the paths `templated`, which its templates render.

    With `changed`, only those that have a page of these sources.
    """
    items: dict[Page, Item] = {}
    schemes = {it.taxonomy.name: origin + it.page.url for it in site.groupings}
    for head, pages in list_fed_lists(site):
        if changed is not None and not any(page.source in changed for page in pages):
            continue
        forms = {file_for(feed_url(head, one)): one for one in find_feed_formats(head, site.config)}
        due = {path: one for path, one in forms.items() if path not in templated}
        shown = []
        for page in pages if due else ():
            if page not in items:
                items[page] = _make_item(page, site.config, queries, origin, schemes)
            shown.append(items[page])
        for path, one in due.items():
            body = _RENDERERS[one.name](head, shown, site.config, origin, one)
            yield FeedFile(head, path, body, one.media_type)


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
        page.front_matter.updated or page.committed,
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
