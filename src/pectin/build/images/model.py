"""Images as values: what a file is, what is asked of it, and what comes of that."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from pectin.build.configuration.model import PlaceholderKind
from pectin.build.traces.model import compute_print


class Format(StrEnum):
    """What images are encoded in."""

    AVIF = "avif"
    WEBP = "webp"
    JPEG = "jpeg"
    PNG = "png"

    @property
    def media_type(self) -> str:
        """Its media type, by IANA's registry."""
        return f"image/{self.value}"

    @property
    def suffix(self) -> str:
        """How the name of such a file ends."""
        return ".jpg" if self is Format.JPEG else f".{self.value}"


class Intrinsic(Struct, frozen=True, array_like=True):
    """What the beginning of a file says of it: `width` and `height` are in pixels, as it is shown.

    `kind` is a Format's value, `gif` or `svg`. Both lengths are None for an SVG without a size.
    """

    kind: str
    width: int | None
    height: int | None
    has_alpha: bool = False
    is_animated: bool = False

    @property
    def is_encodable(self) -> bool:
        """Whether it can be encoded again; what moves and what is drawn is published as it is."""
        return self.kind not in {"gif", "svg"} and not self.is_animated


class Box(Struct, frozen=True, array_like=True):
    """A part of an image, in its pixels as it is shown."""

    left: int
    top: int
    width: int
    height: int


class Variant(Struct, frozen=True, array_like=True):
    """One encoding of an image: `box` of it, or all, scaled down to `width` times `height` pixels.

    `quality` is from 1 to 100, and nothing to PNG.
    """

    format: Format
    width: int
    height: int
    quality: int
    box: Box | None = None


class Sample(Struct, frozen=True, array_like=True):
    """A glimpse of an image: the colour that most of it has, `#8a5c3d`, and a tiny WebP of it."""

    color: str
    thumbnail: bytes


class ImageRequest(Struct, frozen=True):
    """What is asked of the image in the file `source`. `path` is where that would be published.

    `widths` are in pixels; `ratio` is width by height, None for the image's own; `focus` is the point
    that a crop keeps in view, each coordinate from 0 to 100. `qualities` are by format. An image
    of more than `most_pixels` is refused. `only` asks for no other format, not even a fallback.
    """

    source: str
    path: str
    widths: tuple[int, ...]
    formats: tuple[Format, ...]
    qualities: dict[Format, int]
    most_pixels: int
    ratio: tuple[int, int] | None = None
    focus: tuple[int, int] = (50, 50)
    placeholder: PlaceholderKind = "none"
    only: Format | None = None

    @property
    def proportion(self) -> Fraction | None:
        """`ratio` as one number."""
        return Fraction(*self.ratio) if self.ratio else None


class Candidate(Struct, frozen=True):
    """A published image. `url` is its path as HTML has it; the lengths are in pixels."""

    url: str
    width: int
    height: int


class Picture(Struct, frozen=True):
    """What came of a request: the image at `url`, and `alternatives` to it.

    They have a row of candidates, the narrowest first, for each format. The last row is the fallback,
    of which `url` has the largest. There is none where a file of that `kind` is published as it is.
    """

    kind: str
    url: str
    width: int | None
    height: int | None
    alternatives: tuple[tuple[Format, tuple[Candidate, ...]], ...] = ()
    sample: Sample | None = None

    @property
    def print(self) -> bytes:
        """The fingerprint of all that HTML shows of it."""
        candidates = [c.url for _, row in self.alternatives for c in row]
        shown = (self.sample.color, self.sample.thumbnail) if self.sample else ()
        return compute_print(self.url, self.width, self.height, *candidates, *shown)
