"""Images decoded and encoded with Pillow.

Rule 1: Pillow is imported when the first bitmap is asked for, so that no other site waits for it.
Rule 2: nothing is decoded that is not one of four formats, or has more pixels than it may.
Rule 3: whatever a decoder raises is the file's fault, and told as that.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pectin.build.images.model import Box, Format, Intrinsic, Sample, Variant
from pectin.build.images.ports import BadImage

if TYPE_CHECKING:  # Rule 1
    from PIL.Image import Image

RULES = 1
"""Counts up whenever the code here makes other bytes of the same image."""

_KINDS = {"JPEG": "jpeg", "MPO": "jpeg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}
"""By the names that Pillow has for them: an MPO is a JPEG with more pictures behind the first."""

_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
_LIBRARIES = ("avif", "libjpeg_turbo", "littlecms2", "webp", "zlib")
_ORIENTATION = 0x0112
_TURNED = range(5, 9)  # EXIF 2.3, 4.6.4: these orientations swap width and height
_THUMBNAIL_SIDE = 16
_THUMBNAIL_QUALITY = 40
_SAMPLE_SIDE = 64
_COLORS = 4
_AVIF_SPEED = 6
_WHITE = (255, 255, 255)


class PillowEncoder:
    """An ImageEncoder. It keeps no image."""

    @cached_property
    def version(self) -> str:
        """The versions of Pillow and of the libraries inside, the processor, and our own rules."""
        import PIL
        from PIL import features

        libraries = [f"{name} {features.version(name)}" for name in _LIBRARIES]
        return " ".join([str(RULES), PIL.__version__, platform.machine(), *libraries])

    def inspect(self, body: bytes, most_pixels: int) -> Intrinsic:
        """What the image is. Raises BadImage."""
        with _open(body) as image:
            kind = _KINDS[image.format or ""]
            width, height = image.size
            if width * height > most_pixels:
                raise BadImage(
                    f"has {width:,} x {height:,} pixels, more than {most_pixels // 1_000_000:,} million",
                    "make it smaller, or raise `max_megapixels` in `[images]` if you trust it",
                )
            if _find_orientation(image) in _TURNED:
                width, height = height, width
            is_animated = image.format != "MPO" and bool(getattr(image, "is_animated", False))
            return Intrinsic(kind, width, height, image.has_transparency_data, is_animated)

    def sample(self, body: bytes, box: Box | None) -> Sample:
        """A glimpse of `box` of the image. Raises BadImage."""
        with _open(body) as image:
            width = image.size[1 if _find_orientation(image) in _TURNED else 0]
            image.draft("RGB", (_SAMPLE_SIDE, _SAMPLE_SIDE))
            small = _straighten(image)
            scale = small.width / width
            left, top, right, bottom = _edges(box) if box else (0, 0, width, small.height / scale)
            part = (left * scale, top * scale, right * scale, bottom * scale)
            small = small.resize(_fit(part, _SAMPLE_SIDE), _box_filter(), part).convert("RGB")
            thumbnail = small.resize(_fit(part, _THUMBNAIL_SIDE), _box_filter())
            return Sample(
                _find_color(small), _save(thumbnail, "WEBP", quality=_THUMBNAIL_QUALITY, method=6)
            )

    def encode(self, body: bytes, variants: Sequence[Variant]) -> list[bytes]:
        """The variants of the image. Raises BadImage."""
        with _open(body) as image:
            whole = _straighten(image)
            return [
                _ENCODERS[variant.format](_scale(whole, variant), variant) for variant in variants
            ]


@contextmanager
def _open(body: bytes) -> Iterator[Image]:
    """The image in `body`, not decoded yet. What goes wrong meanwhile is raised as BadImage."""
    import PIL.AvifImagePlugin  # without these two Pillow would import all that it has
    import PIL.Image
    import PIL.WebPImagePlugin

    # What is too large is refused in `inspect`, by the site's own limit.
    PIL.Image.MAX_IMAGE_PIXELS = None
    try:
        with PIL.Image.open(BytesIO(body), formats=_FORMATS) as image:
            yield image
    except BadImage:
        raise
    except PIL.UnidentifiedImageError:
        raise BadImage(
            "is no image that can be decoded", "save it again as JPEG, PNG, WebP or AVIF"
        ) from None
    except Exception as error:
        if "truncated" in str(error):
            raise BadImage("is cut off: its end is missing", "copy it here again") from error
        raise BadImage("is damaged, and cannot be decoded", "save it again") from error


def _find_orientation(image: Image) -> int:
    """How the image is turned (EXIF), as far as is said before its pixels."""
    if image.format == "PNG" and "exif" not in image.info:
        return 1  # Pillow would decode all of it to look behind
    found = image.getexif().get(_ORIENTATION, 1)
    return found if isinstance(found, int) else 1


def _straighten(image: Image) -> Image:
    """The whole image decoded, upright, in sRGB: grey, RGB or RGBA, with nothing else in it."""
    from PIL import ImageOps

    is_turned = _find_orientation(image) != 1
    profile = image.info.get("icc_profile")
    image.load()
    plain = ImageOps.exif_transpose(image) if is_turned else image
    plain = _to_srgb(plain, profile) if profile else plain
    plain = _to_plain_mode(plain)
    plain.info = {}  # Pillow's encoders would write some of it
    return plain


def _to_srgb(image: Image, profile: bytes) -> Image:
    from PIL import ImageCms

    image = _to_plain_mode(image) if image.mode != "CMYK" else image
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colors = image.convert("RGB") if alpha else image
    try:
        colors = (
            ImageCms.profileToProfile(
                colors,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
            or colors
        )
    except (ImageCms.PyCMSError, OSError):
        return image  # browsers ignore a profile that is broken, or of other colours than the image
    if alpha:
        colors.putalpha(alpha)
    return colors


def _to_plain_mode(image: Image) -> Image:
    if image.mode in {"L", "RGB", "RGBA"}:
        return (
            image
            if image.mode == "RGBA" or not image.has_transparency_data
            else image.convert("RGBA")
        )
    if image.mode.startswith("I"):  # 16 bits, of which the upper 8 are kept
        return image.convert("I").point(lambda value: value / 256).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _scale(image: Image, variant: Variant) -> Image:
    from PIL.Image import Resampling

    size = (variant.width, variant.height)
    box = _edges(variant.box) if variant.box else (0, 0, *image.size)
    if size == (box[2] - box[0], box[3] - box[1]):
        return image.crop(box)
    return image.resize(size, Resampling.LANCZOS, box, reducing_gap=3.0)


def _edges(box: Box) -> tuple[int, int, int, int]:
    return box.left, box.top, box.left + box.width, box.top + box.height


def _encode_avif(image: Image, variant: Variant) -> bytes:
    # One thread for each image: there is one process for each processor.
    return _save(image, "AVIF", quality=variant.quality, speed=_AVIF_SPEED, max_threads=1)


def _encode_webp(image: Image, variant: Variant) -> bytes:
    return _save(image, "WEBP", quality=variant.quality, method=4)


def _encode_jpeg(image: Image, variant: Variant) -> bytes:
    return _save(_flatten(image), "JPEG", quality=variant.quality, optimize=True, progressive=True)


def _encode_png(image: Image, variant: Variant) -> bytes:  # noqa: ARG001  # PNG loses nothing
    return _save(image, "PNG", optimize=True)


_ENCODERS: dict[Format, Callable[[Image, Variant], bytes]] = {
    Format.AVIF: _encode_avif,
    Format.WEBP: _encode_webp,
    Format.JPEG: _encode_jpeg,
    Format.PNG: _encode_png,
}


def _flatten(image: Image) -> Image:
    """`image` on white where it is transparent."""
    if image.mode != "RGBA":
        return image
    import PIL.Image

    ground = PIL.Image.new("RGB", image.size, _WHITE)
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _save(image: Image, kind: str, **options: Any) -> bytes:
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def _fit(part: Sequence[float], side: int) -> tuple[int, int]:
    """The size of `part` scaled so that its longer side is `side`."""
    width, height = part[2] - part[0], part[3] - part[1]
    scale = side / max(width, height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _box_filter() -> Any:
    from PIL.Image import Resampling

    return Resampling.BOX


def _find_color(image: Image) -> str:
    """The colour of the largest of a few groups of alike ones."""
    few = image.quantize(colors=_COLORS, kmeans=0)
    counted = few.getcolors() or [(0, 0)]
    _, index = max(counted, key=lambda color: (color[0], color[1]))
    palette = few.getpalette("RGB") or [0, 0, 0]
    assert isinstance(index, int)
    red, green, blue = palette[3 * index : 3 * index + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"
