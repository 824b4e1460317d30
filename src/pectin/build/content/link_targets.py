"""Where the links of a body lead: their targets, and where in the source each stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from urllib.parse import unquote

from msgspec import Struct
from pyromark import Markdown

from pectin.build.content.references import locate_references
from pectin.build.content.spans import count_characters, find_raw_html
from pectin.build.content.text import unescape
from pectin.values.place import Place

_TARGET = re.compile(r'<(?:!--.*?(?:-->|\Z)|(a href|img src)="([^"]*))', re.DOTALL)
_SHORTCODE = re.compile(r"\{[{%][^{}]*+\}")
_ARGUMENT = re.compile(r"""=\s*+(?:"([^"]*+)"|'([^']*+)')""")
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


class Written(Struct, frozen=True):
    """A link's target as an author wrote it, and where; the place is None where nobody did."""

    text: str
    place: Place | None


class Targets:
    """Where one body has the targets of its links and images written.

    Two targets are the same when `key` makes the same of them. `bare` are the URLs that nothing
    marks as links, with their offsets; `named` are targets of links that are written in another way.
    """

    def __init__(
        self,
        body: str,
        markdown: Markdown | None,
        key: Callable[[str], str] = unquote,
        bare: Iterable[tuple[str, int]] = (),
        named: Iterable[tuple[str, str, int]] = (),
    ) -> None:
        self._key = key
        by_name: dict[str, list[tuple[str, int]]] = {}
        for target, written, offset in named:
            by_name.setdefault(key(target), []).append((written, offset))
        # A word may be the argument of a shortcode and a link elsewhere: the surer one is meant.
        self._lists = (
            by_name,
            _group(_list_links(body, markdown) if markdown else (), key),
            _group(bare, key),
            _group(_list_raw(body, markdown), key),
            _group(_list_arguments(body), key),
        )

    def find(self, target: str) -> Sequence[tuple[str, int]]:
        """`target` as it is written, each time with its offset; nothing where it is not.

        The link's own offset when the target is written elsewhere, in a reference definition.
        """
        key = self._key(target)
        return next((found[key] for found in self._lists if key in found), ())


def _group(
    targets: Iterable[tuple[str, int]], key: Callable[[str], str]
) -> dict[str, list[tuple[str, int]]]:
    grouped: dict[str, list[tuple[str, int]]] = {}
    for target, offset in targets:
        grouped.setdefault(key(target), []).append((target, offset))
    return grouped


def _list_links(body: str, markdown: Markdown) -> list[tuple[str, int]]:
    raw = body.encode()
    found: list[tuple[str, int]] = []
    for event, span in markdown.events_with_range(body):
        match event:
            case {"Start": {"Link": {"dest_url": url}} | {"Image": {"dest_url": url}}}:
                written = raw.find(url.encode(), span["start"], span["end"])
                found.append((url, max(written, span["start"])))
    characters = count_characters(body, (offset for _, offset in found))
    return [(url, characters[offset]) for url, offset in found]


def _list_raw(body: str, markdown: Markdown | None) -> Iterator[tuple[str, int]]:
    """What the HTML in `body` refers to; without `markdown` all of it is HTML."""
    for start, end in find_raw_html(body, markdown) if markdown else [(0, len(body))]:
        for url, offset in locate_references(body[start:end]):
            yield unescape(url), start + offset


def _list_arguments(body: str) -> Iterator[tuple[str, int]]:
    for tag in _SHORTCODE.finditer(body) if "{" in body else ():
        for argument in _ARGUMENT.finditer(body, *tag.span()):
            group = argument.lastindex or 0
            yield argument[group], argument.start(group)
