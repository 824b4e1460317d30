"""sitemap.xml and robots.txt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct

from pectin.build.dates import day_of, moment_of
from pectin.build.output.feeds import escape_text

MOST_URLS = 50_000
MOST_BYTES = 50 * 1024 * 1024
"""What one sitemap may have (https://www.sitemaps.org/protocol.html)."""

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


def render_sitemaps(
    locations: Sequence[Location],
    origin: str,
    most_urls: int = MOST_URLS,
    most_bytes: int = MOST_BYTES,
) -> Iterator[tuple[str, bytes]]:
    """The files by path: `/sitemap.xml`, and where it must be an index, those that it lists."""
    parts = list(_cut(locations, most_urls, most_bytes))
    if len(parts) == 1:
        yield "/sitemap.xml", _render_urls(*parts[0])
        return
    entries = []
    for number, (some, urls) in enumerate(parts, start=1):
        path = f"/sitemap-{number}.xml"
        yield path, _render_urls(some, urls)
        changed = max((moment_of(one.changed) for one in some if one.changed), default=None)
        url = escape_text(origin + path)
        entries.append(f"<sitemap><loc>{url}</loc>{_render_lastmod(changed)}</sitemap>\n")
    whole = "".join(entries)
    yield "/sitemap.xml", f"{_HEAD}<sitemapindex {_SCHEMA}>\n{whole}</sitemapindex>\n".encode()


def _cut(
    locations: Sequence[Location], most_urls: int, most_bytes: int
) -> Iterator[tuple[list[Location], list[str]]]:
    """`locations` with their elements, in parts that each fit into one sitemap; at least one part."""
    room = most_bytes - len(_join_urls([], has_links=True).encode())
    some: list[Location] = []
    urls: list[str] = []
    size = 0
    for location in locations:
        url = _render_url(location)
        length = len(url.encode())
        if some and (len(some) == most_urls or size + length > room):
            yield some, urls
            some, urls, size = [], [], 0
        some.append(location)
        urls.append(url)
        size += length
    yield some, urls


def render_robots(origin: str) -> bytes:
    """A robots.txt that allows everything and names the sitemap (RFC 9309)."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {origin}/sitemap.xml\n".encode()


def _render_urls(locations: Sequence[Location], urls: Sequence[str]) -> bytes:
    has_links = any(location.alternates for location in locations)
    return _join_urls(urls, has_links=has_links).encode()


def _join_urls(urls: Sequence[str], *, has_links: bool) -> str:
    links = _LINKS if has_links else ""
    return f"{_HEAD}<urlset {_SCHEMA}{links}>\n{''.join(urls)}</urlset>\n"


def _render_url(location: Location) -> str:
    return (
        f"<url><loc>{escape_text(location.url)}</loc>{_render_lastmod(location.changed)}"
        f"{_render_alternates(location.alternates)}</url>\n"
    )


def _render_alternates(alternates: Sequence[tuple[str, str]]) -> str:
    """The links to a page in all its languages, as Google reads them."""
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{escape_text(tag)}" href="{escape_text(url)}"/>'
        for tag, url in alternates
    )


def _render_lastmod(changed: date | datetime | None) -> str:
    return f"<lastmod>{day_of(changed).isoformat()}</lastmod>" if changed else ""
