"""Markdown from writers who are not trusted: no HTML of theirs, and no URL that scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import unquote

from pyromark import Markdown
from pyromark.event import Event

from pectin.build.content.text import MORE

_UNSAFE = re.compile(r"(?:javascript|vbscript|livescript|data|file|blob|filesystem):")
_IMAGE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif|svg\+xml)[;,]")
_IGNORED_IN_SCHEMES = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
_URL = re.compile(r'(<(a href|img src)=")([^"]*)"')
_HEADING_ATTRIBUTES = re.compile(r"<h([1-6])\s([^>]*)>")
_SAFE_ATTRIBUTE = re.compile(r'\b(?:id|class)="[^"]*"')
_ROUNDS = 8


def escape_raw_html(text: str, markdown: Markdown) -> str:
    """`text` as Markdown that shows its HTML instead of being it.

    Escaping a tag can make what followed it into another, so it is read again until there is
    none; a text that goes on for long loses every `<`. The mark of a summary stays.
    """
    for _ in range(_ROUNDS):
        raw = text.encode()
        ranges = [
            (r["start"], r["end"])
            for event, r in markdown.events_with_range(text)
            if _is_raw(event)
        ]
        if not ranges:
            return text
        text = _escape_ranges(raw, ranges).decode()
    return text.replace("<", "&lt;")


def drop_unsafe_urls(html: str) -> tuple[str, tuple[str, ...]]:
    """Rendered Markdown without the URLs that run as script, and those URLs.

    An image may be a `data:` URL of an image, since scripts do not run in one.
    """
    dropped: list[str] = []

    def judge(match: re.Match[str]) -> str:
        url = unescape(match[3])
        if not is_unsafe(url, is_image=match[2] == "img src"):
            return match[0]
        dropped.append(url)
        return f'{match[1]}"'

    html = _URL.sub(judge, html)
    return _HEADING_ATTRIBUTES.sub(_keep_safe_attributes, html), tuple(dropped)


def is_unsafe(url: str, *, is_image: bool) -> bool:
    """Whether a browser could run `url` as a script (its parser skips blanks and controls)."""
    plain = _IGNORED_IN_SCHEMES.sub("", unquote(unescape(url))).lower()
    if not _UNSAFE.match(plain):
        return False
    return not (is_image and _IMAGE.match(plain))


def _is_raw(event: Event) -> bool:
    match event:
        case {"Html": str(html)} | {"InlineHtml": str(html)}:
            return "<" in html and not MORE.fullmatch(html.strip())
    return False


def _escape_ranges(raw: bytes, ranges: Iterable[tuple[int, int]]) -> bytes:
    pieces: list[bytes] = []
    done = 0
    for start, end in ranges:
        pieces += (raw[done:start], raw[start:end].replace(b"<", b"&lt;"))
        done = end
    return b"".join((*pieces, raw[done:]))


def _keep_safe_attributes(match: re.Match[str]) -> str:
    kept = _SAFE_ATTRIBUTE.findall(match[2])
    return f"<h{match[1]}{''.join(f' {attribute}' for attribute in kept)}>"
