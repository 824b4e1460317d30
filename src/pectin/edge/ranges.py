"""Byte ranges (RFC 9110 14), safe against floods of them."""

from __future__ import annotations

import re

from pectin.edge.model import ByteRange
from pectin.values.snapshot import Entry

MAX_RANGES = 10
"""More than a client with honest needs asks for: beyond it the field is ignored (14.2)."""

NEAR = 80
"""Bytes between two ranges below which sending them as one costs less than a part's head."""

_UNIT = re.compile("bytes=", re.IGNORECASE)
_SPEC = re.compile(r"[ \t]*(?:([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18}))[ \t]*")


def parse_ranges(field: str, size: int) -> tuple[ByteRange, ...] | None:
    """The ranges of a representation of `size` bytes that `field` asks for, merged and in order.

    None where the field is to be ignored: another unit, malformed, more than MAX_RANGES, or
    nothing to have a range of. Empty where no range is satisfiable: the answer is then 416.
    """
    unit = _UNIT.match(field)
    if unit is None or size == 0:
        return None
    specs = field[unit.end() :].split(",", MAX_RANGES)
    if len(specs) > MAX_RANGES:
        return None
    asked: list[ByteRange] = []
    for spec in specs:
        match = _SPEC.fullmatch(spec)
        if match is None or _is_backwards(match):
            return None
        asked.extend(_satisfy(match, size))
    return _merge(asked)


def render_content_range(part: ByteRange | None, size: int) -> str:
    """The value of Content-Range; of an unsatisfied request for None (RFC 9110 14.4)."""
    return f"bytes */{size}" if part is None else f"bytes {part.first}-{part.last}/{size}"


def compute_boundary(entry: Entry) -> str:
    """A boundary that the parts of `entry` cannot contain: nothing contains its own digest."""
    return entry.blob.hex()[:40]


def render_part_heads(entry: Entry, parts: tuple[ByteRange, ...]) -> tuple[bytes, ...]:
    """What goes before each of `parts`, and then what closes them (RFC 9110 14.6)."""
    boundary = compute_boundary(entry)
    heads = [
        f"\r\n--{boundary}\r\ncontent-type: {entry.media_type}\r\n"
        f"content-range: {render_content_range(part, entry.size)}\r\n\r\n"
        for part in parts
    ]
    return tuple(text.encode() for text in (*heads, f"\r\n--{boundary}--\r\n"))


def _is_backwards(match: re.Match[str]) -> bool:
    return bool(match[1] and match[2]) and int(match[2]) < int(match[1])


def _satisfy(match: re.Match[str], size: int) -> list[ByteRange]:
    if match[3] is not None:
        length = min(int(match[3]), size)
        return [ByteRange(size - length, size - 1)] if length else []
    first = int(match[1])
    last = min(int(match[2] or size), size - 1)
    return [ByteRange(first, last)] if first < size else []


def _merge(asked: list[ByteRange]) -> tuple[ByteRange, ...]:
    merged: list[ByteRange] = []
    for part in sorted(asked, key=lambda one: one.first):
        if merged and part.first <= merged[-1].last + NEAR:
            before = merged.pop()
            merged.append(ByteRange(before.first, max(before.last, part.last)))
        else:
            merged.append(part)
    return tuple(merged)
