"""What templates may say of an image beside its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from msgspec import Struct

from pectin.build.configuration.images import (
    parse_formats,
    parse_length,
    parse_placeholder,
    parse_quality,
    parse_sizes,
    parse_widths,
)
from pectin.build.configuration.model import ImageOptions, PlaceholderKind
from pectin.build.configuration.scalars import (
    WrongValue,
    describe,
    parse_boolean,
    parse_string,
)
from pectin.build.faults import TemplateFault
from pectin.build.images.model import Format, ImageRequest
from pectin.build.suggestions import suggest

_RATIO = re.compile(r"\s*(\d{1,5})\s*[:/]\s*(\d{1,5})\s*")
_STEEPEST = 100
_FINEST = 10_000
_RATIO_HINT = "write width and height, as in `16:9`"
_PERCENT = re.compile(r"(\d{1,3})(?:\.\d*)?%")
_FOCUS_HINT = "write two of `left`, `right`, `top`, `bottom`, `center` or percentages: `30% 70%`"
_ACROSS = {"left": 0, "right": 100}
_DOWN = {"top": 0, "bottom": 100}
_MIDDLE = 50


class ImageChoices(Struct, frozen=True):
    """The options of one image. None and empty mean that the site's own hold."""

    alt: str | None = None
    width: int | None = None
    height: int | None = None
    ratio: tuple[int, int] | None = None
    focus: tuple[int, int] = (_MIDDLE, _MIDDLE)
    widths: tuple[int, ...] = ()
    sizes: str = ""
    formats: tuple[str, ...] | None = None
    format: Format | None = None
    quality: int | None = None
    placeholder: PlaceholderKind | None = None
    loading: str = "lazy"
    fetchpriority: str = ""
    priority: bool = False
    class_: str = ""
    id: str = ""
    title: str = ""

    @property
    def shape(self) -> tuple[int, int] | None:
        """The ratio of width to height that is asked for, or None for the image's own."""
        return (self.width, self.height) if self.width and self.height else self.ratio


def parse_choices(function: str, options: Mapping[str, Any]) -> ImageChoices:
    """The choices that the `options` of a call of `function` make. Raises TemplateFault."""
    known = _PARSERS[function]
    chosen: dict[str, Any] = {}
    for name, value in options.items():
        if name not in known:
            hint = suggest(name, known) or f"there are {', '.join(known)}"
            raise TemplateFault("template-error", f"`{function}` takes no `{name}`", hint)
        try:
            chosen["class_" if name == "class" else name] = known[name](value)
        except WrongValue as wrong:
            message = f"`{name}` of `{function}` {wrong}"
            raise TemplateFault("template-error", message, wrong.hint) from None
    choices = ImageChoices(**chosen)
    if choices.height and not choices.width:
        hint = "give both, or the `ratio` alone"
        raise TemplateFault("template-error", f"`height` of `{function}` needs a `width`", hint)
    if choices.height and choices.ratio:
        hint = "leave one of them out"
        message = f"`{function}` got a `ratio` beside a `height`"
        raise TemplateFault("template-error", message, hint)
    return choices


def make_request(
    choices: ImageChoices, source: str, path: str, options: ImageOptions
) -> ImageRequest:
    """What `choices` ask of the image in the file `source`, published at `path`."""
    widths = choices.widths or options.widths
    if choices.width and not choices.widths:
        widths = (choices.width, 2 * choices.width)
    formats = options.formats if choices.formats is None else choices.formats
    qualities = options.qualities
    return ImageRequest(
        source,
        path,
        widths,
        tuple(map(Format, formats)),
        {
            Format.AVIF: choices.quality or qualities.avif,
            Format.WEBP: choices.quality or qualities.webp,
            Format.JPEG: choices.quality or qualities.jpeg,
        },
        options.max_megapixels * 1_000_000,
        choices.shape,
        choices.focus,
        choices.placeholder or options.placeholder,
        choices.format,
    )


def parse_ratio(value: Any) -> tuple[int, int]:
    """Width to height, as two whole numbers without a common divisor. Raises WrongValue."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= _STEEPEST:
        ratio = Fraction(str(value)).limit_denominator(_FINEST)
    elif isinstance(value, str) and (found := _RATIO.fullmatch(value)) and int(found[2]):
        ratio = Fraction(int(found[1]), int(found[2]))
    else:
        raise WrongValue(f"cannot be {describe(value)}", _RATIO_HINT)
    if not Fraction(1, _STEEPEST) <= ratio <= _STEEPEST:
        raise WrongValue(f"cannot be {describe(value)}", f"{_RATIO_HINT}, up to {_STEEPEST}:1")
    return ratio.numerator, ratio.denominator


def parse_focus(value: Any) -> tuple[int, int]:
    """A point in hundredths of width and height, as CSS has it (`object-position`). Raises WrongValue."""
    words = parse_string(value).lower().split()
    if len(words) == 1:
        words = ["center", words[0]] if words[0] in _DOWN else [words[0], "center"]
    if len(words) != 2:  # noqa: PLR2004  # across and down
        raise WrongValue(f"cannot be {describe(value)}", _FOCUS_HINT)
    if words[0] in _DOWN or words[1] in _ACROSS:
        words.reverse()
    return _parse_side(words[0], _ACROSS, value), _parse_side(words[1], _DOWN, value)


def _parse_side(word: str, named: Mapping[str, int], value: Any) -> int:
    percent = _PERCENT.fullmatch(word)
    side = int(percent[1]) if percent else {**named, "center": _MIDDLE}.get(word)
    if side is None or side > 100:  # noqa: PLR2004  # percent
        raise WrongValue(f"cannot be {describe(value)}", _FOCUS_HINT)
    return side


def _parse_format(value: Any) -> Format:
    named = {"jpg": Format.JPEG, **{one.value: one for one in Format}}
    if not isinstance(value, str) or value not in named:
        raise WrongValue(f"cannot be {describe(value)}", f"write one of {', '.join(sorted(named))}")
    return named[value]


def _one_of(*words: str) -> Callable[[Any], str]:
    def parse(value: Any) -> str:
        if value not in words:
            raise WrongValue(f"cannot be {describe(value)}", f"write one of {', '.join(words)}")
        return str(value)

    return parse


_PLACING: Mapping[str, Callable[[Any], Any]] = {
    "width": parse_length,
    "height": parse_length,
    "ratio": parse_ratio,
    "focus": parse_focus,
    "quality": parse_quality,
}
_PARSERS: Mapping[str, Mapping[str, Callable[[Any], Any]]] = {
    "image": {
        "alt": parse_string,
        **_PLACING,
        "widths": parse_widths,
        "sizes": parse_sizes,
        "formats": parse_formats,
        "placeholder": parse_placeholder,
        "loading": _one_of("lazy", "eager"),
        "fetchpriority": _one_of("high", "low", "auto"),
        "priority": parse_boolean,
        "class": parse_string,
        "id": parse_string,
        "title": parse_string,
    },
    "image_url": {**_PLACING, "format": _parse_format},
}
"""By function: what reads each option."""
