"""Stretches of a body that are not Markdown's text, by what its parser makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pyromark import Markdown
from pyromark.event import Event

Span = tuple[int, int]
"""Where a stretch begins, and where it ends."""


def find_raw_html(body: str, markdown: Markdown) -> Sequence[Span]:
    """Where `body` has HTML of its own; lines that follow each other are one stretch."""
    found: list[Span] = []
    for event, span in markdown.events_with_range(body):
        if not _is_raw(event):
            continue
        start, end = span["start"], span["end"]
        if found and found[-1][1] == start:
            start = found.pop()[0]
        found.append((start, end))
    return _in_characters(body, found)


def _is_raw(event: Event) -> bool:
    match event:
        case {"Html": _} | {"InlineHtml": _}:
            return True
    return False


def _in_characters(body: str, spans: Sequence[Span]) -> Sequence[Span]:
    counted = count_characters(body, (offset for span in spans for offset in span))
    return [(counted[start], counted[end]) for start, end in spans]


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
