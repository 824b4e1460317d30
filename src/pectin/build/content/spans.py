"""Stretches of a body that are not Markdown's text, by what its parser makes of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from math import inf

from pyromark import Markdown
from pyromark.event import Event

_OPENING = r"<(?:!--|(?P<name>script|style|pre|code|textarea)(?=[\s/>]))"
_LITERAL_OPENING = re.compile(_OPENING, re.IGNORECASE)
# What never ends goes on to the end, as a browser reads it.
_LITERAL = re.compile(
    rf"{_OPENING}(?(name).*?(?:</(?P=name)\s*>|\Z)|.*?(?:-->|\Z))", re.DOTALL | re.IGNORECASE
)

Span = tuple[int, int]
"""Where a stretch begins, and where it ends."""


def find_raw_html(body: str, markdown: Markdown) -> Sequence[Span]:
    """Where `body` has HTML of its own; lines that follow each other are one stretch."""
    found: list[Span] = []
    for start, end, is_html in _list_stretches(body, markdown):
        if is_html:
            begin = found.pop()[0] if found and found[-1][1] == start else start
            found.append((begin, end))
    return found


def find_code_and_html(text: str, markdown: Markdown) -> Sequence[Span]:
    """Where `text` has code or HTML of its own, in order."""
    return [(start, end) for start, end, _ in _list_stretches(text, markdown)]


def is_inside(offset: int, spans: Sequence[Span]) -> bool:
    """Whether `offset` is in one of `spans`, which are in order."""
    index = bisect_right(spans, (offset, inf)) - 1
    return index >= 0 and offset < spans[index][1]


def find_literal(body: str, markdown: Markdown | None) -> Sequence[Span]:
    """Where braces in `body` mean nothing, in order: in code, scripts, stylesheets and comments.

    Without `markdown`, all of `body` is HTML.
    """
    stretches = _list_stretches(body, markdown) if markdown else [(0, len(body), True)]
    found: list[Span] = []
    done = 0
    for start, end, is_html in stretches:
        if not is_html and start >= done:
            found.append((start, end))
            done = end
        # What begins in one stretch of HTML may end far below it.
        while is_html and (opening := _LITERAL_OPENING.search(body, max(start, done), end)):
            literal = _LITERAL.match(body, opening.start()) or opening
            found.append(literal.span())
            done = literal.end()
    return found


def _list_stretches(body: str, markdown: Markdown) -> list[tuple[int, int, bool]]:
    """The code and the HTML in `body`: start, end, and whether it is HTML."""
    found = [
        (span["start"], span["end"], is_html)
        for event, span in markdown.events_with_range(body)
        if (is_html := _is_html(event)) is not None
    ]
    counted = count_characters(body, (offset for start, end, _ in found for offset in (start, end)))
    return [(counted[start], counted[end], is_html) for start, end, is_html in found]


def _is_html(event: Event) -> bool | None:
    """Whether the event is HTML; False for code, None for all else."""
    match event:
        case {"Html": _} | {"InlineHtml": _}:
            return True
        case {"Code": _} | {"Start": {"CodeBlock": _}}:
            return False
    return None


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
