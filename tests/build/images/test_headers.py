from __future__ import annotations

import pytest

from pectin.build.images.headers import inspect_gif, inspect_svg
from pectin.build.images.ports import BadImage

SVG = [
    ('<svg width="30" height="20"/>', (30, 20)),
    ("<svg width='30px' height='20.4'></svg>", (30, 20)),
    ('<svg viewBox="0 0 30 20"/>', (30, 20)),
    ('<svg viewBox="-1,-1,30,20" width="60"/>', (60, 40)),
    ('<svg viewBox="0 0 30 20" height="10"/>', (15, 10)),
    ('<svg viewBox="0 0 30 20" width="100%" height="100%"/>', (30, 20)),
    ('<svg width="1in" height="2.54cm"/>', (96, 96)),
    ('<svg width="10em" height="20"/>', (None, None)),
    ("<svg/>", (None, None)),
    ('<svg viewBox="0 0 0 0"/>', (None, None)),
    ('<svg viewBox="none" width="0" height="0"/>', (None, None)),
    ('<?xml version="1.0"?>\n<!-- <svg width="1"> --><svg:svg viewBox="0 0 3 2">', (3, 2)),
    ('<!DOCTYPE svg PUBLIC "x" "y" [<!ENTITY a "b">]>\n<svg viewBox="0 0 3 2">', (3, 2)),
    ('\ufeff<svg data-x=">" viewBox="0 0 3 2">', (3, 2)),
]


@pytest.mark.parametrize(("text", "size"), SVG)
def test_a_drawing_is_as_large_as_its_root_says(
    text: str, size: tuple[int | None, int | None]
) -> None:
    found = inspect_svg(text.encode())
    assert (found.width, found.height) == size
    assert not found.is_encodable


@pytest.mark.parametrize("text", ["", "<html><svg/></html>", "<svg", "\x00\xff", "<!--", "<svgs/>"])
def test_what_does_not_begin_with_an_svg_element_is_no_drawing(text: str) -> None:
    with pytest.raises(BadImage):
        inspect_svg(text.encode())


def test_a_drawing_that_never_ends_is_read_once() -> None:
    with pytest.raises(BadImage):
        inspect_svg(b"<svg " + b'a="' * 100_000)
    with pytest.raises(BadImage):
        inspect_svg(b"<!--" * 100_000)


def test_a_gif_is_as_large_as_its_screen() -> None:
    found = inspect_gif(b"GIF89a" + bytes([2, 1, 3, 0]) + b"rest")
    assert (found.kind, found.width, found.height) == ("gif", 258, 3)
    assert not found.is_encodable


@pytest.mark.parametrize("body", [b"", b"GIF89a", b"GIF88a\1\0\1\0", b"\x89PNG\r\n\x1a\n\0\0\0\0"])
def test_what_does_not_begin_as_a_gif_is_none(body: bytes) -> None:
    with pytest.raises(BadImage):
        inspect_gif(body)
