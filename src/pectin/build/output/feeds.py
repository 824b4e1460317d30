"""RSS 2.0 and Atom 1.0."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from html import escape

from msgspec import Struct

from pectin.build.configuration.model import Config, OutputFormat
from pectin.build.content.references import resolve_references
from pectin.build.dates import moment_of, render_rfc822, render_rfc3339
from pectin.build.site.feeds import feed_url, list_feeds
from pectin.build.site.model import Page

_XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
# Its `creator` is a name; the `author` of RSS is a mail address.
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_START = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


class Category(Struct, frozen=True):
    """A term of a page. `scheme` is the absolute URL of its taxonomy, which tells it apart."""

    term: str
    scheme: str


class Item(Struct, frozen=True):
    """A page in a feed. `url` is absolute; `body` is HTML as XML text, links absolute."""

    title: str
    url: str
    written: date | datetime | None
    updated: date | datetime | None
    body: str
    authors: tuple[str, ...]
    categories: tuple[Category, ...]


def escape_body(html: str, base: str) -> str:
    """`html` as the text of an XML element, its links absolute by `base`, the page's URL."""
    return escape_text(resolve_references(html, base))


def escape_text(text: str) -> str:
    """`text` for an element or an attribute of XML 1.0, without what XML cannot say."""
    return escape(_NOT_XML.sub("", text))


def render_rss(
    page: Page, items: Sequence[Item], config: Config, origin: str, form: OutputFormat
) -> bytes:
    """The feed of `page` in RSS 2.0 (https://www.rssboard.org/rss-specification)."""
    feed = list_feeds(page, config)[0]
    own = escape_text(origin + feed_url(page, form))
    newest = _find_newest(items)
    description = page.front_matter.description or config.description or feed.title
    parts = [
        _XML,
        f'<rss version="2.0" xmlns:atom="{_ATOM_NAMESPACE}" xmlns:dc="{_DUBLIN_CORE}">\n',
        "<channel>\n",
        _element("title", feed.title),
        _element("link", origin + page.url),
        _element("description", description),
        _element("language", config.language),
        _element("generator", "Pectin"),
        _element("lastBuildDate", render_rfc822(newest)) if newest else "",
        f'<atom:link href="{own}" rel="self" type="application/rss+xml"/>\n',
        *(_render_rss_item(item) for item in items),
        "</channel>\n</rss>\n",
    ]
    return "".join(parts).encode()


def _render_rss_item(item: Item) -> str:
    return "".join(
        (
            "<item>\n",
            _element("title", item.title),
            _element("link", item.url),
            f'<guid isPermaLink="true">{escape_text(item.url)}</guid>\n',
            _element("pubDate", render_rfc822(item.written)) if item.written else "",
            *(_element("dc:creator", name) for name in item.authors),
            *(
                f'<category domain="{escape_text(category.scheme)}">'
                f"{escape_text(category.term)}</category>\n"
                for category in item.categories
            ),
            f"<description>{item.body}</description>\n</item>\n",
        )
    )


def render_atom(
    page: Page, items: Sequence[Item], config: Config, origin: str, form: OutputFormat
) -> bytes:
    """The feed of `page` in Atom (RFC 4287). A page's id is its permalink."""
    feed = list_feeds(page, config)[0]
    own = escape_text(origin + feed_url(page, form))
    parts = [
        _XML,
        f'<feed xmlns="{_ATOM_NAMESPACE}" xml:lang="{escape_text(config.language)}">\n',
        _element("title", feed.title),
        _element("id", origin + page.url),
        f'<link href="{escape_text(origin + page.url)}"/>\n',
        f'<link href="{own}" rel="self" type="application/atom+xml"/>\n',
        _element("updated", render_rfc3339(_find_newest(items) or _START)),
        f"<author>{_element('name', config.author or config.title)}</author>\n",
        _element("generator", "Pectin"),
        *(_render_entry(item) for item in items),
        "</feed>\n",
    ]
    return "".join(parts).encode()


def _render_entry(item: Item) -> str:
    updated = item.updated or item.written or _START
    return "".join(
        (
            "<entry>\n",
            _element("title", item.title),
            _element("id", item.url),
            f'<link href="{escape_text(item.url)}"/>\n',
            _element("published", render_rfc3339(item.written)) if item.written else "",
            _element("updated", render_rfc3339(updated)),
            *(f"<author>{_element('name', name)}</author>\n" for name in item.authors),
            *(
                f'<category term="{escape_text(category.term)}"'
                f' scheme="{escape_text(category.scheme)}"/>\n'
                for category in item.categories
            ),
            f'<content type="html">{item.body}</content>\n</entry>\n',
        )
    )


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape_text(text)}</{name}>\n"


def _find_newest(items: Sequence[Item]) -> date | datetime | None:
    moments = [when for item in items for when in (item.updated or item.written,) if when]
    return max(moments, key=moment_of, default=None)
