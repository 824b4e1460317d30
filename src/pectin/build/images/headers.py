"""The sizes of images that are published as they are: SVG and GIF."""

from __future__ import annotations

import re
from decimal import Decimal

from pectin.build.images.model import Intrinsic
from pectin.build.images.ports import BadImage

_BEGINNING_BYTES = 1 << 16
_GIF_HEADER_BYTES = 10
_BEFORE_ROOT = re.compile(
    r"\s*+(?:<\?[^>]*+>|<!--(?:[^-]++|-(?!->))*+-->|<!DOCTYPE(?:[^\[>]++|\[[^\]]*+\])*+>)"
)
_ROOT = re.compile(
    r"""\s*+<(?:\w+:)?svg((?:\s++[\w:.-]++\s*+=\s*+(?:"[^"]*+"|'[^']*+'))*+)\s*+/?>"""
)
_ATTRIBUTE = re.compile(r"""([\w:.-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_LENGTH = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?)(px|pt|pc|mm|cm|in)?\s*")
_PIXELS = {
    "px": Decimal(1),
    "pt": Decimal(96) / 72,
    "pc": Decimal(16),
    "mm": Decimal(96) / Decimal("25.4"),
    "cm": Decimal(960) / Decimal("25.4"),
    "in": Decimal(96),
}
"""How many pixels each unit has (CSS Values 4, 6.2)."""


def inspect_gif(body: bytes) -> Intrinsic:
    """What a GIF is, by its logical screen (GIF89a, 18). Raises BadImage."""
    if len(body) < _GIF_HEADER_BYTES or body[:6] not in (b"GIF87a", b"GIF89a"):
        raise BadImage("is not a GIF image, as its name says", "save it again, or rename it")
    width, height = (int.from_bytes(body[at : at + 2], "little") for at in (6, 8))
    return Intrinsic("gif", width or None, height or None)


def inspect_svg(body: bytes) -> Intrinsic:
    """What an SVG is, by the attributes of its root. Raises BadImage.

    The size is that of `width` and `height`, else of the `viewBox` (SVG 2, 8.2), else None.
    """
    text = body[:_BEGINNING_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    start = 0
    while before := _BEFORE_ROOT.match(text, start):
        start = before.end()
    root = _ROOT.match(text, start)
    if root is None:
        raise BadImage("is not an SVG image, as its name says", "save it again, or rename it")
    found = {name: double or single for name, double, single in _ATTRIBUTE.findall(root[1])}
    width, height = _measure(found.get("width")), _measure(found.get("height"))
    box = _parse_view_box(found.get("viewBox", ""))
    if box and (width is None or height is None):
        if width is not None:
            height = width * box[1] / box[0]
        elif height is not None:
            width = height * box[0] / box[1]
        else:
            width, height = box
    if width is None or height is None:
        return Intrinsic("svg", None, None)
    return Intrinsic("svg", max(1, round(width)), max(1, round(height)))


def _measure(length: str | None) -> Decimal | None:
    """A length in pixels; None for one that depends on where it stands."""
    found = _LENGTH.fullmatch(length or "")
    if found is None:
        return None
    return (Decimal(found[1]) * _PIXELS[found[2] or "px"]) or None


def _parse_view_box(text: str) -> tuple[Decimal, Decimal] | None:
    numbers = [_measure(number) for number in re.split(r"[\s,]+", text.strip())[2:]]
    match numbers:
        case [Decimal() as width, Decimal() as height]:
            return width, height
    return None
