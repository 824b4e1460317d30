"""JSON Feed 1.1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import unescape
from typing import Any

import msgspec

from pectin.build.configuration.model import Config, OutputFormat
from pectin.build.dates import render_rfc3339
from pectin.build.output.feeds import Item
from pectin.build.site.feeds import feed_url, list_feeds
from pectin.build.site.model import Page

_VERSION = "https://jsonfeed.org/version/1.1"


def render_json_feed(
    page: Page, items: Sequence[Item], config: Config, origin: str, form: OutputFormat
) -> bytes:
    """The feed of `page` as JSON Feed 1.1 (https://jsonfeed.org/version/1.1)."""
    description = page.front_matter.description or config.description
    feed = {
        "version": _VERSION,
        "title": list_feeds(page, config)[0].title,
        "home_page_url": origin + page.url,
        "feed_url": origin + feed_url(page, form),
        **({"description": description} if description else {}),
        "authors": _list_authors([config.author or config.title]),
        "language": config.language,
        "items": [_make_item(item) for item in items],
    }
    return msgspec.json.encode(feed) + b"\n"


def _make_item(item: Item) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": item.url,
        "url": item.url,
        "title": item.title,
        # It was escaped for XML, once for all feeds that have it.
        "content_html": unescape(item.body),
    }
    if item.written:
        made["date_published"] = render_rfc3339(item.written)
    if item.updated:
        made["date_modified"] = render_rfc3339(item.updated)
    if item.authors:
        made["authors"] = _list_authors(item.authors)
    if item.categories:
        made["tags"] = list(dict.fromkeys(category.term for category in item.categories))
    return made


def _list_authors(names: Iterable[str]) -> list[dict[str, str]]:
    return [{"name": name} for name in names]
