"""Where the links of a body lead: their targets, and where in the source each stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from urllib.parse import unquote

from pyromark import Markdown

from pectin.build.content.text import unescape

_TARGET = re.compile(r'<(?:!--.*?(?:-->|\Z)|(a href|img src)="([^"]*))', re.DOTALL)
_RAW_TARGET = re.compile(r"""\b(?:href|src)=["']?([^"'\s>]+)""")
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|#|$")

Resolve = Callable[[str], str | None]
"""Takes a link's target and returns the URL to write, or None when it leads nowhere.

The target is a relative reference (RFC 3986 4.2) as a URL has it: percent-encoded, perhaps with
a query and a fragment.
"""


def resolve_targets(html: str, resolve: Resolve) -> tuple[str, tuple[str, ...]]:
    """Rendered Markdown with each target of a link or image resolved, and those that failed.

    Absolute URLs and plain fragments are no concern of `resolve`.
    """
    broken: list[str] = []

    def replace(match: re.Match[str]) -> str:
        attribute, raw = match.groups()
        if attribute is None or _ELSEWHERE.match(raw):
            return match[0]
        target = unescape(raw) if "&" in raw else raw
        url = resolve(target)
        if url is None:
            broken.append(target)
            return match[0]
        return f'<{attribute}="{escape(url)}'

    return _TARGET.sub(replace, html), tuple(broken)


class Targets:
    """Where one body has the targets of its links and images written."""

    def __init__(self, body: str, markdown: Markdown) -> None:
        self._body = body
        self._written: dict[str, list[int]] = {}
        self._raw: dict[str, int] = {}
        for url, offset in _list_targets(body, markdown):
            self._written.setdefault(unquote(url), []).append(offset)
        for match in _RAW_TARGET.finditer(body):
            self._raw.setdefault(unescape(match[1]), match.start(1))

    def find(self, target: str) -> Sequence[int]:
        """The offsets at which `target` is written; none when it is not.

        The link's own offset when the target is written elsewhere, in a reference definition.
        Where only raw HTML may have it, that is its first.
        """
        found = self._written.get(unquote(target))
        if found:
            return found
        offset = self._raw.get(target, -1)
        if offset < 0:
            offset = self._body.find(target or 'href=""')
        return [offset] if offset >= 0 else []


def count_characters(text: str, offsets: Iterable[int]) -> Mapping[int, int]:
    """For each of `offsets` in bytes of `text` in UTF-8, the offset in characters."""
    if text.isascii():
        return {offset: offset for offset in offsets}
    raw = text.encode()
    counted: dict[int, int] = {}
    done = characters = 0
    for offset in sorted(set(offsets)):
        characters += len(raw[done:offset].decode())
        counted[offset] = characters
        done = offset
    return counted


def _list_targets(body: str, markdown: Markdown) -> list[tuple[str, int]]:
    raw = body.encode()
    found: list[tuple[str, int]] = []
    for event, span in markdown.events_with_range(body):
        match event:
            case {"Start": {"Link": {"dest_url": url}} | {"Image": {"dest_url": url}}}:
                written = raw.find(url.encode(), span["start"], span["end"])
                found.append((url, max(written, span["start"])))
    characters = count_characters(body, (offset for _, offset in found))
    return [(url, characters[offset]) for url, offset in found]
