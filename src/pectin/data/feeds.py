"""RSS and Atom, by feedparser."""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from time import struct_time
from typing import Any

from pectin.data.context import LoaderContext
from pectin.data.declaration import LoaderError
from pectin.data.transport import Request, send

_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)


def fetch_feed(
    context: LoaderContext,
    url: str,
    *,
    limit: int | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float = 30.0,
    retries: int = 3,
    most_bytes: int = 8 << 20,
) -> list[dict[str, Any]]:
    """The entries of the feed at `url`, RSS or Atom, in its order, at most `limit`.

    Each has `id`, `title`, `url`, `published`, `updated` (ISO 8601 in UTC, or None), `summary`,
    `content`, `author` and `tags`. Both texts are HTML of which feedparser has left nothing that runs. Raises
    LoaderError, also for a feed that declares entities of its own: they can grow without an end.
    """
    asked = {
        "Accept": "application/atom+xml, application/rss+xml, application/xml;q=0.9",
        **(headers or {}),
    }
    options = Request(url, asked, timeout=timeout, retries=retries, most_bytes=most_bytes)
    answer = send(context, options)
    return parse_feed(answer.body, context.redact(url), answer.media_type)[:limit]


def parse_feed(body: bytes, url: str, media_type: str = "") -> list[dict[str, Any]]:
    """The entries of the feed in `body`, which came from `url`. Raises LoaderError."""
    try:
        import feedparser
    except ImportError:
        raise LoaderError("feeds need feedparser: pip install 'pectin[data]'") from None
    # In UTF-16 and UTF-32 every other byte is nothing.
    if _ENTITY.search(body) or _ENTITY.search(body.replace(b"\0", b"")):
        raise LoaderError(f"{url} declares entities, which no feed needs")
    fields = {"content-type": media_type or "application/xml", "content-location": url}
    # A file object: bytes that look like a URL or a path would be opened.
    parsed = feedparser.parse(BytesIO(body), response_headers=fields)
    if not parsed.get("version"):
        raise LoaderError(
            f"{url} is neither RSS nor Atom: {parsed.get('bozo_exception', 'no feed')}"
        )
    return [_describe(entry) for entry in parsed.entries]


def _describe(entry: Any) -> dict[str, Any]:
    content = next((part.get("value") for part in entry.get("content", ())), None)
    summary = entry.get("summary", "")
    return {
        "id": entry.get("id") or entry.get("link", ""),
        "title": entry.get("title", ""),
        "url": entry.get("link", ""),
        # Not by the entry's own `get`, which takes the one for the other.
        "published": _render(dict.get(entry, "published_parsed")),
        "updated": _render(dict.get(entry, "updated_parsed")),
        "summary": summary,
        "content": content or summary,
        "author": entry.get("author", ""),
        "tags": [tag.term for tag in entry.get("tags", ()) if tag.get("term")],
    }


def _render(moment: struct_time | None) -> str | None:
    if moment is None:
        return None
    return datetime.fromtimestamp(timegm(moment), tz=UTC).isoformat()
