"""`[images]` of `pectin.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pectin.build.configuration.model import ImageOptions, Qualities
from pectin.build.configuration.reader import Fields, TableReader
from pectin.build.configuration.scalars import (
    WrongValue,
    describe,
    parse_boolean,
    parse_count,
    parse_string,
)

LARGEST_SIDE = 16_383
"""The most pixels that a side of a WebP image can have (WebP Container Specification)."""

_MOST_MEGAPIXELS = 500
_BEST = 100


def read_images(reader: TableReader, table: Mapping[str, Any]) -> ImageOptions:
    """What `[images]` says. What is wrong with it is told to `reader`."""
    section = reader.take_table(table, "images")
    taken = reader.take(section, _FIELDS, ("images",), ("quality",))
    qualities = _read_qualities(reader, section)
    return ImageOptions(**taken, qualities=qualities)


def _read_qualities(reader: TableReader, section: Mapping[str, Any]) -> Qualities:
    steps = ("images", "quality")
    table = reader.take_table(section, "quality", ("images",))
    return Qualities(**reader.take(table, dict.fromkeys(_QUALITIES, parse_quality), steps))


def parse_widths(value: Any) -> tuple[int, ...]:
    """Widths in pixels, the narrowest first, each once. Raises WrongValue."""
    if not isinstance(value, list | tuple) or not value:
        raise WrongValue(f"must be a list of numbers, not {describe(value)}", "write `[400, 800]`")
    try:
        return tuple(sorted({parse_length(width) for width in value}))
    except WrongValue as wrong:
        raise WrongValue(f"has a width that {wrong}", wrong.hint) from None


def parse_length(value: Any) -> int:
    """A number of pixels. Raises WrongValue."""
    pixels = parse_count(value)
    if pixels > LARGEST_SIDE:
        raise WrongValue(
            f"cannot be {pixels}", f"an encoded image has at most {LARGEST_SIDE} pixels a side"
        )
    return pixels


def parse_formats(value: Any) -> tuple[str, ...]:
    """Formats beside the fallback, each once. Raises WrongValue."""
    if not isinstance(value, list | tuple) or not all(item in ("avif", "webp") for item in value):
        shown = describe(value) if not isinstance(value, list | tuple) else repr(list(value))
        hint = 'write `["avif", "webp"]`, one of them, or `[]`; JPEG or PNG is always there'
        raise WrongValue(f"cannot be {shown}", hint)
    return tuple(dict.fromkeys(value))


def parse_quality(value: Any) -> int:
    """A quality from 1 to 100. Raises WrongValue."""
    quality = parse_count(value)
    if quality > _BEST:
        raise WrongValue(f"cannot be {quality}", "write a number from 1 to 100")
    return quality


def parse_placeholder(value: Any) -> str:
    """What is shown until an image is there. Raises WrongValue."""
    if value not in ("color", "blur", "none"):
        raise WrongValue(f"cannot be {value!r}", 'write "color", "blur" or "none"')
    return str(value)


def parse_sizes(value: Any) -> str:
    """A value of the attribute `sizes`. Raises WrongValue when it is empty."""
    sizes = parse_string(value).strip()
    if not sizes:
        raise WrongValue("is empty", 'write how wide images are shown, as in "100vw"')
    return sizes


def _parse_megapixels(value: Any) -> int:
    number = parse_count(value)
    if number > _MOST_MEGAPIXELS:
        hint = f"write a number up to {_MOST_MEGAPIXELS}: one needs four bytes of memory a pixel"
        raise WrongValue(f"cannot be {number}", hint)
    return number


_FIELDS: Fields = {
    "widths": parse_widths,
    "formats": parse_formats,
    "sizes": parse_sizes,
    "placeholder": parse_placeholder,
    "markdown": parse_boolean,
    "max_megapixels": _parse_megapixels,
}
_QUALITIES = ("avif", "webp", "jpeg")
