"""Sizes and crops, in whole pixels."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from pectin.build.images.model import Box

_WHOLE = 100


def choose_widths(widths: Iterable[int], available: int) -> tuple[int, ...]:
    """The widths to encode, the narrowest first: those of `widths` that an image `available` pixels wide has.

    One that is narrower than the widest of them is offered at its own width too, never larger.
    """
    wanted = set(widths)
    largest = min(available, max(wanted))
    return tuple(sorted({width for width in wanted if width < largest} | {largest}))


def choose_box(
    width: int, height: int, proportion: Fraction | None, focus: tuple[int, int]
) -> Box | None:
    """The largest part with the `proportion` of width by height, as near around `focus` as it can be.

    `focus` is in hundredths of each side. None where that is the whole image.
    """
    if proportion is None:
        return None
    inner_width = min(width, max(1, round(height * proportion)))
    inner_height = min(height, max(1, round(width / proportion)))
    if (inner_width, inner_height) == (width, height):
        return None
    left = _center(width, inner_width, focus[0])
    top = _center(height, inner_height, focus[1])
    return Box(left, top, inner_width, inner_height)


def scale_height(width: int, original_width: int, original_height: int) -> int:
    """The height of an image that is scaled to `width`, at least 1."""
    return max(1, round(Fraction(width * original_height, original_width)))


def _center(whole: int, inner: int, focus: int) -> int:
    start = round(Fraction(whole * focus, _WHOLE) - Fraction(inner, 2))
    return min(max(start, 0), whole - inner)
