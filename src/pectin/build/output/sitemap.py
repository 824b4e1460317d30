"""sitemap.xml and robots.txt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from pectin.build.dates import day_of
from pectin.build.output.feeds import escape_text

MOST_URLS = 50_000
"""What one sitemap may list (https://www.sitemaps.org/protocol.html)."""

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

Location = tuple[str, "date | datetime | None"]
"""An absolute URL, and when it last changed."""


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
        f"<url><loc>{escape_text(url)}</loc>{_render_lastmod(changed)}</url>\n"
        for url, changed in locations
    )
    return f"{_HEAD}<urlset {_SCHEMA}>\n{entries}</urlset>\n".encode()


def _render_lastmod(changed: date | datetime | None) -> str:
    return f"<lastmod>{day_of(changed).isoformat()}</lastmod>" if changed else ""
