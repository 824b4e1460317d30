"""JSON Feed, read as its specification says: what is required, and of which type."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import msgspec
import pytest
from tests.build.conftest import BuildSite

FEEDS = '[feeds]\nformats = ["atom", "jsonfeed"]\n'
ATOM = "{http://www.w3.org/2005/Atom}"


class Author(msgspec.Struct, forbid_unknown_fields=True):
    name: str


class Item(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    url: str
    title: str
    content_html: str
    date_published: str = ""
    date_modified: str = ""
    authors: list[Author] = []
    tags: list[str] = []


class Feed(msgspec.Struct, forbid_unknown_fields=True):
    version: str
    title: str
    home_page_url: str
    feed_url: str
    authors: list[Author]
    language: str
    items: list[Item]
    description: str = ""


def parse_feed(text: str) -> Feed:
    return msgspec.json.decode(text, type=Feed)


@pytest.mark.parametrize(
    "body",
    [
        "<i>&lt;b&gt; &amp;amp; &quot;x&quot;</i>",
        "[a](/a/) ![b](b.png) `&amp;`",
        "",
        "\N{PEACH} 'x'",
    ],
)
@pytest.mark.parametrize("title", ["Plum", '"<&> ]]> \\ud83c\\udf51"'])
def test_an_item_says_what_an_entry_of_atom_says(
    build_site: BuildSite, title: str, body: str
) -> None:
    built = build_site(
        {
            "content/a.md": f"---\ntitle: {title}\ndate: 2026-01-01\nupdated: 2026-02-01T10:00:00+01:00\n"
            f"tags: [stone, '<b>']\n---\n{body}\n",
            "static/b.png": "",
        },
        config=FEEDS,
    )
    (item,) = parse_feed(built.text("/feed.json")).items
    entry = ET.fromstring(built.text("/atom.xml")).find(f"{ATOM}entry")
    assert entry is not None
    told = {name: entry.findtext(ATOM + name, "") for name in ("id", "title", "content")}
    assert (item.id, item.title, item.content_html) == (told["id"], told["title"], told["content"])
    assert item.date_published == entry.findtext(f"{ATOM}published")
    assert item.date_modified == entry.findtext(f"{ATOM}updated")
    assert item.tags == [it.attrib["term"] for it in entry.findall(f"{ATOM}category")]


def test_a_feed_of_nothing_is_whole(build_site: BuildSite) -> None:
    built = build_site({}, config=FEEDS)
    feed = parse_feed(built.text("/feed.json"))
    assert (feed.version, feed.items) == ("https://jsonfeed.org/version/1.1", [])
    assert (feed.home_page_url, feed.feed_url) == (
        "https://example.org/",
        "https://example.org/feed.json",
    )
    assert built.files["/feed.json"].media_type == "application/feed+json"


def test_a_template_of_ones_own_makes_the_feed(build_site: BuildSite) -> None:
    built = build_site(
        {"templates/index.feed.json": '{"title": {{ page.title|json }}}'}, config=FEEDS
    )
    assert built.text("/feed.json") == '{"title": "Jam"}'


def test_no_site_has_one_that_it_did_not_ask_for(build_site: BuildSite) -> None:
    assert "/feed.json" not in build_site({}).files
