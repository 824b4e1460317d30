"""sitemap.xml and robots.txt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct

from pectin.build.dates import day_of
from pectin.build.output.feeds import escape_text

MOST_URLS = 50_000
"""What one sitemap may list (https://www.sitemaps.org/protocol.html)."""

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_LINKS = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'


class Location(Struct, frozen=True):
    """An absolute URL, and when it last changed.

    `alternates` are the language tags and the URLs of the page in all its languages, or empty.
    """

    url: str
    changed: date | datetime | None
    alternates: Sequence[tuple[str, str]] = ()


def render_sitemaps(locations: Sequence[Location], origin: str) -> Iterator[tuple[str, bytes]]:
    """The files by path: `/sitemap.xml`, and where it must be an index, those that it lists."""
    if len(locations) <= MOST_URLS:
        yield "/sitemap.xml", _render_urls(locations)
        return
    paths = []
    for number, first in enumerate(range(0, len(locations), MOST_URLS), start=1):
        paths.append(f"/sitemap-{number}.xml")
        yield paths[-1], _render_urls(locations[first : first + MOST_URLS])
    entries = "".join(f"<sitemap><loc>{escape_text(origin + p)}</loc></sitemap>\n" for p in paths)
    yield "/sitemap.xml", f"{_HEAD}<sitemapindex {_SCHEMA}>\n{entries}</sitemapindex>\n".encode()


def render_robots(origin: str) -> bytes:
    """A robots.txt that allows everything and names the sitemap (RFC 9309)."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {origin}/sitemap.xml\n".encode()


def _render_urls(locations: Sequence[Location]) -> bytes:
    entries = "".join(
        f"<url><loc>{escape_text(location.url)}</loc>{_render_lastmod(location.changed)}"
        f"{_render_alternates(location.alternates)}</url>\n"
        for location in locations
    )
    links = _LINKS if any(location.alternates for location in locations) else ""
    return f"{_HEAD}<urlset {_SCHEMA}{links}>\n{entries}</urlset>\n".encode()


def _render_alternates(alternates: Sequence[tuple[str, str]]) -> str:
    """The links to a page in all its languages, as Google reads them."""
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{escape_text(tag)}" href="{escape_text(url)}"/>'
        for tag, url in alternates
    )


def _render_lastmod(changed: date | datetime | None) -> str:
    return f"<lastmod>{day_of(changed).isoformat()}</lastmod>" if changed else ""
