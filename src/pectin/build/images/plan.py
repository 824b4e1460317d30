"""From what is asked of an image to the variants that must be encoded, and their names."""

from __future__ import annotations

from msgspec import Struct

from pectin.build.images.geometry import choose_box, choose_widths, scale_height
from pectin.build.images.model import Format, ImageRequest, Intrinsic, Variant
from pectin.build.traces.model import compute_print
from pectin.values.digest import Digest

FINGERPRINT_DIGITS = 12


class Planned(Struct, frozen=True):
    """A variant of the image in `source`, published at the decoded `path`.

    `digest` is that of the source's bytes. `key` names what it is made of and how: whatever has it has the same bytes.
    """

    path: str
    source: str
    digest: Digest
    variant: Variant
    key: bytes


def plan_variants(
    request: ImageRequest, intrinsic: Intrinsic
) -> tuple[tuple[Format, tuple[Variant, ...]], ...]:
    """The variants of an encodable image in each format, the narrowest first; the last is the fallback."""
    assert intrinsic.width is not None
    assert intrinsic.height is not None
    box = choose_box(intrinsic.width, intrinsic.height, request.proportion, request.focus)
    shown = (box.width, box.height) if box else (intrinsic.width, intrinsic.height)
    widths = choose_widths(request.widths, shown[0])
    return tuple(
        (
            format_,
            tuple(
                Variant(
                    format_, width, scale_height(width, *shown), _quality(request, format_), box
                )
                for width in widths
            ),
        )
        for format_ in _list_formats(request, intrinsic)
    )


def choose_fallback(intrinsic: Intrinsic) -> Format:
    """What every browser can show: PNG for what may have sharp edges or be transparent, else JPEG."""
    if intrinsic.has_alpha or intrinsic.kind == Format.PNG:
        return Format.PNG
    return Format.JPEG


def name_variant(request: ImageRequest, variant: Variant, digest: Digest, version: str) -> Planned:
    """The variant with its name, of a file with the SHA-256 digest `digest`, by an encoder's version."""
    key = compute_print("image", digest, version, variant)
    stem = request.path.rpartition(".")[0]
    digits = key.hex()[:FINGERPRINT_DIGITS]
    size = f"{variant.width}x{variant.height}"
    path = f"{stem}-{size}.{digits}{variant.format.suffix}"
    return Planned(path, request.source, digest, variant, key)


def _list_formats(request: ImageRequest, intrinsic: Intrinsic) -> tuple[Format, ...]:
    if request.only is not None:
        return (request.only,)
    return (*request.formats, choose_fallback(intrinsic))


def _quality(request: ImageRequest, format_: Format) -> int:
    return 0 if format_ is Format.PNG else request.qualities[format_]
