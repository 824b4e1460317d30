"""Sitemaps, of which none may be too large."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.build.conftest import BuildSite

from pectin.build.output import sitemap
from pectin.build.output.sitemap import MOST_URLS, Location, render_sitemaps

ORIGIN = "https://example.org"
ALTERNATES = [("de", f"{ORIGIN}/de/ä/"), ("en", f"{ORIGIN}/ä/")]


def test_a_sitemap_of_too_many_pages_is_an_index() -> None:
    locations = [Location(f"{ORIGIN}/{n}/", None) for n in range(MOST_URLS + 1)]
    files = dict(render_sitemaps(locations, ORIGIN))
    assert sorted(files) == ["/sitemap-1.xml", "/sitemap-2.xml", "/sitemap.xml"]
    assert b"<loc>https://example.org/sitemap-2.xml</loc>" in files["/sitemap.xml"]
    assert files["/sitemap-2.xml"].count(b"<url>") == 1


@given(
    st.lists(st.tuples(st.text("aä&", max_size=20), st.booleans()), max_size=12),
    st.integers(1, 5),
    st.integers(600, 1500),
)
def test_no_sitemap_is_too_large_and_none_lacks_a_page(
    pages: list[tuple[str, bool]], most_urls: int, most_bytes: int
) -> None:
    locations = [
        Location(f"{ORIGIN}/{name}", date(2026, 1, 1), ALTERNATES if has_links else ())
        for name, has_links in pages
    ]
    *parts, (path, whole) = render_sitemaps(locations, ORIGIN, most_urls, most_bytes)
    assert path == "/sitemap.xml"
    maps = [body for _, body in parts] or [whole]
    for body in maps:
        ET.fromstring(body)
        assert len(body) <= most_bytes
        assert body.count(b"<url>") <= most_urls
    urls = [url for body in maps for url in re.findall("<url><loc>(.*?)</loc>", body.decode())]
    assert [url.replace("&amp;", "&") for url in urls] == [location.url for location in locations]
    assert [part for part, _ in parts] == [
        f"/sitemap-{number}.xml" for number in range(1, len(parts) + 1)
    ]


def test_an_index_says_when_the_newest_page_of_each_part_changed() -> None:
    days = (date(2026, 1, 1), date(2026, 1, 3), None, None)
    locations = [Location(f"{ORIGIN}/{n}/", day) for n, day in enumerate(days)]
    index = dict(render_sitemaps(locations, ORIGIN, most_urls=2))["/sitemap.xml"].decode()
    assert re.findall("<sitemap>(.*?)</sitemap>", index) == [
        "<loc>https://example.org/sitemap-1.xml</loc><lastmod>2026-01-03</lastmod>",
        "<loc>https://example.org/sitemap-2.xml</loc>",
    ]


def test_a_file_in_the_place_of_a_part_is_told(
    build_site: BuildSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap.render_sitemaps, "__defaults__", (2, sitemap.MOST_BYTES))
    built = build_site(
        {"content/a.md": "A\n", "content/b.md": "B\n", "static/sitemap-1.xml": "<x/>"}
    )
    (problem,) = built.build.problems
    assert problem.code == "duplicate-url"
    assert problem.message.startswith("Pectin and static/sitemap-1.xml both publish")
