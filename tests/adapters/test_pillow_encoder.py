from __future__ import annotations

import struct
import zlib
from io import BytesIO

import PIL
import pytest
from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

from pectin.adapters.pillow_encoder import PillowEncoder
from pectin.build.images.model import Box, Format, Intrinsic, Variant
from pectin.build.images.ports import BadImage

MOST = 1_000_000
SECRET = b"at home, 51.5 N"
FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF"}
encoder = PillowEncoder()


def paint(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """An image whose left half is red and whose right half is blue."""
    image = Image.new("RGB", (width, height), (200, 0, 0))
    ImageDraw.Draw(image).rectangle((width // 2, 0, width, height), fill=(0, 0, 200))
    return image.convert(mode)


def save(image: Image.Image, kind: str, **options: object) -> bytes:
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def decode(body: bytes) -> Image.Image:
    image = Image.open(BytesIO(body))
    image.load()
    return image


def color_at(body: bytes, x: int, y: int) -> str:
    """What is seen there, in words, because formats lose a little."""
    red, green, blue, alpha = decode(body).convert("RGBA").getpixel((x, y))  # type: ignore[misc]
    if alpha < 40:
        return "nothing"
    return {
        (True, False, False): "red",
        (False, False, True): "blue",
        (True, True, True): "white",
        (False, True, False): "green",
    }.get((red > 140, green > 140, blue > 140), f"{red} {green} {blue}")


def variant(format_: Format, width: int, height: int, box: Box | None = None) -> Variant:
    return Variant(format_, width, height, 80, box)


@pytest.mark.parametrize(("kind", "name"), FORMATS.items())
def test_the_beginning_of_a_file_tells_what_it_is(kind: str, name: str) -> None:
    body = save(paint(64, 40), name)
    assert encoder.inspect(body, MOST) == Intrinsic(kind, 64, 40)


@pytest.mark.parametrize("name", FORMATS.values())
@pytest.mark.parametrize("format_", Format)
def test_every_format_becomes_every_other(name: str, format_: Format) -> None:
    body = save(paint(64, 40), name)
    (made,) = encoder.encode(body, [variant(format_, 32, 20)])
    image = decode(made)
    assert (image.format, image.size) == (FORMATS[format_.value], (32, 20))
    assert [color_at(made, x, 10) for x in (4, 28)] == ["red", "blue"]


@pytest.mark.parametrize("format_", Format)
def test_a_variant_is_the_same_whichever_others_are_made_with_it(format_: Format) -> None:
    body = save(paint(64, 40), "PNG")
    small, large = variant(format_, 20, 12), variant(format_, 64, 40)
    assert encoder.encode(body, [small, large]) == [
        *encoder.encode(body, [small]),
        *encoder.encode(body, [large]),
    ]


def test_a_crop_shows_its_box_alone() -> None:
    (made,) = encoder.encode(
        save(paint(64, 40), "PNG"), [variant(Format.PNG, 10, 10, Box(40, 0, 20, 20))]
    )
    assert {color_at(made, x, y) for x in (0, 9) for y in (0, 9)} == {"blue"}


@pytest.mark.parametrize("kind", ["jpeg", "webp", "png", "avif"])
def test_an_image_that_was_taken_sideways_is_turned_upright(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter clockwise: left comes to the top
    body = save(paint(64, 40), FORMATS[kind], exif=exif)
    found = encoder.inspect(body, MOST)
    assert (found.width, found.height) == (40, 64)
    (made,) = encoder.encode(body, [variant(Format.PNG, 40, 64)])
    assert [color_at(made, 20, y) for y in (4, 60)] == ["red", "blue"]
    top = encoder.sample(body, Box(0, 0, 40, 20)).color
    assert top.startswith(("#c", "#d")), top


@pytest.mark.parametrize("format_", Format)
@pytest.mark.parametrize("name", FORMATS.values())
def test_no_metadata_is_left(name: str, format_: Format) -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    options: dict[str, object] = {"exif": exif}
    if name == "PNG":
        info = PngInfo()
        info.add_text("Comment", SECRET.decode())
        options["pnginfo"] = info
    if name == "JPEG":
        options["comment"] = SECRET
    if name in {"WEBP", "AVIF"}:
        options["xmp"] = b"<x>" + SECRET + b"</x>"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    body = save(paint(64, 40), name, icc_profile=profile, **options)
    assert SECRET in body
    (made,) = encoder.encode(body, [variant(format_, 64, 40)])
    assert SECRET not in made
    assert not {"exif", "icc_profile", "comment", "xmp", "Comment"} & decode(made).info.keys()


def test_colours_of_another_profile_become_srgb() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    broken = save(paint(64, 40), "JPEG", icc_profile=lab)
    (kept,) = encoder.encode(broken, [variant(Format.PNG, 64, 40)])
    assert color_at(kept, 4, 4) == "red"
    swapped = swap_channels(
        ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), b"rXYZ", b"gXYZ"
    )
    (made,) = encoder.encode(
        save(paint(64, 40), "PNG", icc_profile=swapped), [variant(Format.PNG, 64, 40)]
    )
    assert color_at(made, 4, 4) == "green"


def swap_channels(profile: bytes, one: bytes, other: bytes) -> bytes:
    """`profile` with the names of two of its tags exchanged: red is then what green was."""
    end = 132 + 12 * struct.unpack(">I", profile[128:132])[0]
    table = profile[132:end].replace(one, b"????").replace(other, one).replace(b"????", other)
    return profile[:132] + table + profile[end:]


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK", "I;16", "LA", "RGBA", "PA"])
def test_every_mode_of_pixels_can_be_encoded(mode: str) -> None:
    if mode == "I;16":
        image = Image.new("I;16", (30, 20), 60_000)
    elif mode == "PA":
        image = paint(30, 20).quantize(16)
        image.info["transparency"] = 0
    else:
        image = paint(30, 20, mode)
    body = save(image, "JPEG" if mode == "CMYK" else "PNG")
    for made in encoder.encode(body, [variant(format_, 15, 10) for format_ in Format]):
        assert decode(made).size == (15, 10)
    if mode == "I;16":
        (grey,) = encoder.encode(body, [variant(Format.PNG, 15, 10)])
        assert color_at(grey, 5, 5) == "white"


def test_transparency_is_kept_where_the_format_has_it_and_is_white_where_not() -> None:
    image = paint(64, 40, "RGBA")
    ImageDraw.Draw(image).rectangle((0, 0, 31, 40), fill=(0, 0, 0, 0))
    body = save(image, "PNG")
    assert encoder.inspect(body, MOST).has_alpha
    made = encoder.encode(body, [variant(format_, 32, 20) for format_ in Format])
    seen = {f: color_at(b, 4, 10) for f, b in zip(Format, made, strict=True)}
    assert seen.pop(Format.JPEG) == "white"
    assert set(seen.values()) == {"nothing"}


@pytest.mark.parametrize("name", ["PNG", "WEBP", "AVIF"])
def test_an_animation_is_one(name: str) -> None:
    frames = [paint(30, 20), paint(30, 20).rotate(180)]
    body = save(frames[0], name, save_all=True, append_images=frames[1:])
    found = encoder.inspect(body, MOST)
    assert found.is_animated
    assert not found.is_encodable


def test_a_photo_with_a_second_one_behind_it_is_a_photo() -> None:
    body = save(paint(30, 20), "MPO", save_all=True, append_images=[paint(30, 20)])
    assert encoder.inspect(body, MOST) == Intrinsic("jpeg", 30, 20)
    (made,) = encoder.encode(body, [variant(Format.PNG, 30, 20)])
    assert color_at(made, 4, 4) == "red"


@pytest.mark.parametrize("name", FORMATS.values())
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_file_that_is_cut_off_is_told_and_never_half_shown(name: str, part: float) -> None:
    noise = Image.effect_noise((160, 120), 90).convert("RGB")
    body = save(noise, name)
    cut = body[: int(len(body) * part)]
    with pytest.raises(BadImage):
        encoder.encode(cut, [variant(Format.PNG, 160, 120)])
    with pytest.raises(BadImage):
        encoder.sample(cut, None)


@pytest.mark.parametrize("name", FORMATS.values())
def test_damage_anywhere_is_a_problem_or_another_picture_and_nothing_else(name: str) -> None:
    body = save(Image.effect_noise((40, 30), 90).convert("RGB"), name)
    for at in range(0, len(body), 7):
        damaged = body[:at] + bytes([body[at] ^ 0xFF]) + body[at + 1 :]
        try:
            encoder.inspect(damaged, MOST)
            encoder.sample(damaged, None)
        except BadImage as bad:
            assert bad.hint  # noqa: PT017  # most of them are told


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF"])
def test_what_is_no_image_is_told(body: bytes) -> None:
    with pytest.raises(BadImage):
        encoder.inspect(body, MOST)


@pytest.mark.parametrize("name", ["BMP", "TIFF", "GIF", "ICO", "PPM"])
def test_other_formats_are_not_even_tried(name: str) -> None:
    with pytest.raises(BadImage, match="no image that can be decoded"):
        encoder.inspect(save(paint(32, 32), name), MOST)


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(BadImage, match="40,000 x 50,000 pixels"):
        encoder.inspect(make_bomb(40_000, 50_000), MOST)


def make_bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says that it is enormous."""

    def chunk(name: bytes, data: bytes) -> bytes:
        checked = name + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(100)))
        + chunk(b"IEND", b"")
    )


def test_a_sample_is_a_few_bytes_and_the_colour_that_most_of_the_image_has() -> None:
    image = paint(300, 200)
    ImageDraw.Draw(image).rectangle((0, 0, 220, 200), fill=(20, 200, 20))
    sample = encoder.sample(save(image, "PNG"), None)
    assert sample.color == "#14c814"
    assert len(sample.thumbnail) < 250
    assert decode(sample.thumbnail).size == (16, 11)


def test_the_version_names_what_the_bytes_depend_on() -> None:
    assert PIL.__version__ in encoder.version
    assert "avif" in encoder.version
