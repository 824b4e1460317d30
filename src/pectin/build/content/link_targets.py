"""Where the links of a body lead: their targets, and where in the source each stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from urllib.parse import unquote

from pyromark import Markdown

_TARGET = re.compile(r'<(?:!--.*?-->|(a href|img src)="([^"]*))', re.DOTALL)
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


def find_targets(body: str, target: str, markdown: Markdown) -> Iterator[int]:
    """The offsets in `body` at which links and images to `target` have it written.

    The link's own offset when the target is written elsewhere, in a reference definition.
    """
    raw = body.encode()
    wanted = unquote(target)
    for event, span in markdown.events_with_range(body):
        match event:
            case {"Start": {"Link": {"dest_url": url}} | {"Image": {"dest_url": url}}}:
                if unquote(url) == wanted:
                    written = raw.find(url.encode(), span["start"], span["end"])
                    yield len(raw[: max(written, span["start"])].decode())
