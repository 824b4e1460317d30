"""The two pictures that must be pixels: the card and the icon."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from math import ceil
from random import Random

from shapes import APRICOT, CHERRY, DAMSON, PAPER, PLUM

Span = Callable[[float], tuple[float, float] | None]


def disc(x: float, y: float, rx: float, ry: float | None = None) -> Span:
    """What an ellipse covers of the line at some height."""
    tall = ry or rx

    def span(v: float) -> tuple[float, float] | None:
        share = 1 - ((v - y) / tall) ** 2
        return (x - rx * share**0.5, x + rx * share**0.5) if share > 0 else None

    return span


def box(x: float, y: float, w: float, h: float, r: float = 0, slope: float = 0) -> Span:
    """What a rounded box covers; it widens by `slope` to each side towards its foot."""

    def span(v: float) -> tuple[float, float] | None:
        if not y <= v < y + h:
            return None
        depth = max(r - (v - y), r - (y + h - v), 0)
        inset = r - max(r * r - depth * depth, 0) ** 0.5 - slope * (v - y) / h
        return x + inset, x + w - inset

    return span


def right_of(body: Span, edge: Span) -> Span:
    """The part of `body` that lies to the right of `edge`: its dark side."""

    def span(v: float) -> tuple[float, float] | None:
        whole, cut = body(v), edge(v)
        if not whole or not cut:
            return whole
        return (max(whole[0], cut[1]), whole[1]) if cut[1] < whole[1] else None

    return span


def paint(width: int, height: int, shapes: list[tuple[Span, str]]) -> bytes:
    """A PNG (RFC 2083) of `shapes`, the last on top; four lines are averaged for each row."""
    rows = bytearray()
    for v in range(height):
        row = bytearray(width * 3)
        for span, colour in shapes:
            found = [span(v + (i + 0.5) / 4) for i in range(4)]
            spans = [(max(a, 0.0), min(b, float(width))) for a, b in filter(None, found)]
            if spans:
                lay(row, spans, bytes.fromhex(colour[1:]))
        rows += b"\0" + row
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    )


def lay(row: bytearray, spans: list[tuple[float, float]], colour: bytes) -> None:
    """Cover `row` with `colour` where `spans`, of four sub-lines, reach; edges are mixed."""
    first, last = int(min(a for a, _ in spans)), int(max(b for _, b in spans))
    solid = ceil(max(a for a, _ in spans)), int(min(b for _, b in spans))
    whole = len(spans) == 4 and solid[0] < solid[1]
    if whole:
        row[solid[0] * 3 : solid[1] * 3] = colour * (solid[1] - solid[0])
    for u in range(first, min(last + 1, len(row) // 3)):
        if whole and solid[0] <= u < solid[1]:
            continue
        share = sum(max(0.0, min(b, u + 1) - max(a, u)) for a, b in spans) / 4
        for i in range(3):
            row[u * 3 + i] = round(row[u * 3 + i] * (1 - share) + colour[i] * share)


def plum_pixels(x: float, y: float, r: float, colours: tuple[str, str]) -> list[tuple[Span, str]]:
    whole = disc(x, y, r, r * 1.12)
    return [
        (whole, colours[0]),
        (right_of(whole, disc(x - r * 0.42, y - r * 0.1, r * 1.02, r * 1.3)), colours[1]),
        (disc(x - r * 0.45, y - r * 0.55, r * 0.16, r * 0.1), "#e4d6e4"),
    ]


def jar_pixels(x: float, foot: float, w: float, h: float) -> list[tuple[Span, str]]:
    half = w / 2
    inside = box(x - half + 12, foot - h + 60, w - 24, h - 74, 20)
    shapes = [
        (disc(x, foot, half * 1.2, h * 0.05), "#c99aa0"),
        (box(x - half, foot - h, w, h, 40), "#fbf1ee"),
        (inside, PLUM[0]),
        (right_of(inside, disc(x - half * 0.9, foot - h * 0.5, half * 1.35, h * 0.9)), PLUM[1]),
        (box(x - half + 26, foot - h + 96, 12, h - 160, 6), "#b58aa5"),
        (box(x - w * 0.28, foot - h * 0.52, w * 0.56, h * 0.3, 6), PAPER),
        (box(x - w * 0.28 + 8, foot - h * 0.52 + 8, w * 0.56 - 16, h * 0.3 - 16, 3), DAMSON[0]),
        (box(x - w * 0.28 + 12, foot - h * 0.52 + 12, w * 0.56 - 24, h * 0.3 - 24, 2), PAPER),
        (disc(x, foot - h * 0.4, h * 0.05), DAMSON[0]),
        (box(x - w * 0.14, foot - h * 0.3, w * 0.28, 5, 2), DAMSON[0]),
        (box(x - half * 0.88, foot - h - 54, half * 1.76, 70, 34), CHERRY[0]),
        (box(x - half * 0.88, foot - h + 8, half * 1.76, 46, 0, half * 0.14), CHERRY[0]),
        (box(x - half * 0.9, foot - h + 2, half * 1.8, 7, 3), CHERRY[1]),
    ]
    for i in range(7):
        u = x - half * 0.96 + i * half * 0.32
        shapes.append((disc(u, foot - h + 52, half * 0.17, 12), CHERRY[0]))
        shapes.append((disc(u * 0.8 + x * 0.2, foot - h - (18 if i % 2 else 36), 7), PAPER))
        shapes.append((disc(u * 0.94 + x * 0.06, foot - h + (30 if i % 2 else 40), 7), PAPER))
    return shapes


def card() -> bytes:
    """What is shown where a page of the magazine is shared."""
    rng = Random("card")
    shapes = [(box(0, 0, 1200, 630), "#f3e2dc"), (disc(600, 290, 250), "#dd9a8d"), (box(0, 520, 1200, 110), "#6f7f74")]
    shapes += [(disc(rng.random() * 1200, rng.random() * 520, 1.5 + rng.random() * 1.5), "#fdf8f4") for _ in range(150)]
    shapes += jar_pixels(600, 574, 290, 400)
    for x, y, r, colours in ((890, 480, 72, DAMSON), (1020, 500, 64, PLUM), (310, 486, 76, APRICOT), (190, 510, 56, CHERRY)):
        shapes += [(disc(x, y + r * 1.1, r, 9), "#5d6b61"), *plum_pixels(x, y, r, colours)]
    return paint(1200, 630, shapes)


def icon() -> bytes:
    """The picture for a home screen."""
    scaled = [
        (lambda v, span=span: tuple(e * 0.32 - 102 for e in found) if (found := span((v + 20) / 0.32)) else None, colour)
        for span, colour in jar_pixels(600, 574, 290, 400)
    ]
    return paint(180, 180, [(box(0, 0, 180, 180), "#e9b5b1"), *scaled])
