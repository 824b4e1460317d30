"""Draws the pictures of Preserve: `python tools/draw.py [FOLDER]`.

Every picture is made of a few parts (fruit, leaves, jars, tables) in one palette, with
speckles from a seeded generator, so that the same bytes come out on every machine. The
standard library is enough. FOLDER is the site's, by default the one above this file.
"""

from __future__ import annotations

import struct
import sys
import zlib
from collections.abc import Callable
from math import ceil, cos, pi, radians, sin
from pathlib import Path
from random import Random

WIDTH, HEIGHT = 1200, 800

INK = "#2d1b24"
PAPER = "#fbf5e9"
CREAM = "#f4e6cc"
SAND = "#e7d0a8"
WOOD, WOOD_SHADE = "#b98550", "#9a6a3b"
STEEL, STEEL_SHADE = "#c3ccd0", "#98a6ad"
COPPER, COPPER_SHADE = "#c9743f", "#a4562a"
LEAF, LEAF_SHADE = "#6f8f4a", "#4d6f38"
SAGE, SAGE_SHADE = "#a9b894", "#879a76"
STALK = "#6b4a33"

# Each fruit's light side and its dark side.
PLUM = ("#7b3a63", "#5a2649")
DAMSON = ("#43386b", "#2c2450")
APRICOT = ("#f0a04b", "#d97f2e")
ORANGE = ("#ee8a2c", "#cf6a18")
LEMON = ("#f5cd4c", "#dfaa2a")
CHERRY = ("#bd2b44", "#8f1832")
BERRY = ("#d13a45", "#a82536")
GAGE = ("#b3b84a", "#8e962f")
QUINCE = ("#eec550", "#cf9c30")
MEDLAR = ("#a8703f", "#85532b")
CURRANT = ("#33294a", "#1e1731")
APPLE = ("#cf4440", "#a42c33")
ROSE = ("#e3a59b", "#cf877e")
SEA = ("#8fb0ba", "#6c929f")

Draw = Callable[[Random], str]


def num(value: float) -> str:
    """`value` with at most one decimal."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def circle(x: float, y: float, r: float, fill: str, extra: str = "") -> str:
    return f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(r)}" fill="{fill}"{extra}/>'


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, extra: str = "") -> str:
    return f'<ellipse cx="{num(x)}" cy="{num(y)}" rx="{num(rx)}" ry="{num(ry)}" fill="{fill}"{extra}/>'


def rect(x: float, y: float, w: float, h: float, fill: str, rx: float = 0, extra: str = "") -> str:
    round_ = f' rx="{num(rx)}"' if rx else ""
    return f'<rect x="{num(x)}" y="{num(y)}" width="{num(w)}" height="{num(h)}"{round_} fill="{fill}"{extra}/>'


def shape(d: str, fill: str, extra: str = "") -> str:
    return f'<path d="{d}" fill="{fill}"{extra}/>'


def line(d: str, stroke: str, width: float, extra: str = "") -> str:
    return (
        f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{num(width)}" '
        f'stroke-linecap="round" stroke-linejoin="round"{extra}/>'
    )


def at(x: float, y: float, body: str, angle: float = 0, scale: float = 1) -> str:
    turn = f" rotate({num(angle)})" if angle else ""
    size = f" scale({scale:.3g})" if scale != 1 else ""
    return f'<g transform="translate({num(x)} {num(y)}){turn}{size}">{body}</g>'


def speckle(rng: Random, count: int, x: float, y: float, w: float, h: float, colour: str, opacity: float = 0.3, size: float = 4) -> str:
    """Grain over a box: one path of round dots, in two sizes."""
    parts = []
    for dot, share in ((size, 0.4), (size * 0.6, 0.6)):
        d = "".join(f"M{round(x + rng.random() * w)} {round(y + rng.random() * h)}h0" for _ in range(int(count * share)))
        parts.append(line(d, colour, dot, f' opacity="{opacity}"'))
    return "".join(parts)


def round_speckle(rng: Random, count: int, r: float, colour: str, opacity: float, size: float = 4) -> str:
    """Grain inside a circle about the origin."""
    d = ""
    for _ in range(count):
        angle, distance = rng.random() * 2 * pi, r * rng.random() ** 0.5
        d += f"M{round(distance * cos(angle))} {round(distance * sin(angle))}h0"
    return line(d, colour, size, f' opacity="{opacity}"')


# ---------------------------------------------------------------- fruit


def ball(rng: Random, x: float, y: float, rx: float, colours: tuple[str, str], ry: float | None = None, angle: float = 0, bloom: bool = False) -> str:
    """A round fruit: its dark side at the right, a glint at the left."""
    light, dark = colours
    inside = circle(0, 0, 100, light) + shape("M30-95A100 100 0 1 1-60 80A122 122 0 0 0 30-95Z", dark)
    if bloom:
        inside += ellipse(-22, -22, 52, 46, "#fff", ' opacity=".16"')
    inside += round_speckle(rng, 16, 80, PAPER, 0.28, 5)
    inside += line("M-66-32A74 74 0 0 1-26-69", "#fff", 11, ' opacity=".6"')
    ry = rx if ry is None else ry
    turn = f" rotate({num(angle)})" if angle else ""
    return f'<g transform="translate({num(x)} {num(y)}){turn} scale({rx / 100:.3g} {ry / 100:.3g})">{inside}</g>'


def leaf(x: float, y: float, length: float, angle: float, colours: tuple[str, str] = (LEAF, LEAF_SHADE), width: float = 0.42) -> str:
    """A leaf from its stalk at (x, y), pointing along `angle` (0 is right, 90 down)."""
    n, w = length, length * width
    whole = f"M0 0C{num(n * 0.25)}{num(-w)} {num(n * 0.7)}{num(-w)} {num(n)} 0C{num(n * 0.7)} {num(w)} {num(n * 0.25)} {num(w)} 0 0Z"
    half = f"M0 0C{num(n * 0.25)} {num(w)} {num(n * 0.7)} {num(w)} {num(n)} 0Z"
    veins = "".join(f"M{num(n * t)} 0L{num(n * (t + 0.13))} {num(-w * 0.42)}M{num(n * t)} 0L{num(n * (t + 0.13))} {num(w * 0.42)}" for t in (0.25, 0.45, 0.64))
    rib = line(f"M0 0H{num(n * 0.92)}", PAPER, max(2, n / 55), ' opacity=".55"')
    return at(x, y, shape(whole, colours[0]) + shape(half, colours[1]) + rib + line(veins, PAPER, max(1.5, n / 90), ' opacity=".35"'), angle)


def blossom(x: float, y: float, r: float, petal: str = PAPER, heart: str = LEMON[0], petals: int = 5) -> str:
    body = ""
    for i in range(petals):
        a = 2 * pi * i / petals - pi / 2
        body += circle(r * 0.58 * cos(a), r * 0.58 * sin(a), r * 0.46, petal)
    body += circle(0, 0, r * 0.3, heart)
    dots = "".join(f"M{num(r * 0.5 * cos(2 * pi * i / 10))} {num(r * 0.5 * sin(2 * pi * i / 10))}h0" for i in range(10))
    return at(x, y, body + line(dots, APRICOT[1], r * 0.07))


def branch(d: str, width: float = 14) -> str:
    return line(d, STALK, width) + line(d, WOOD, width / 3, ' opacity=".6" transform="translate(-2 -3)"')


def slice_of(x: float, y: float, r: float, colours: tuple[str, str], pips: int = 0, segments: int = 9, pith: str = PAPER) -> str:
    """Citrus, cut across."""
    body = circle(0, 0, r, colours[1]) + circle(0, 0, r * 0.93, pith)
    step = 360 / segments
    for i in range(segments):
        a, b = radians(i * step + 4), radians((i + 1) * step - 4)
        m, s, e = r * 0.8, r * 0.14, (a + b) / 2
        body += shape(
            f"M{num(s * cos(e))} {num(s * sin(e))}L{num(m * cos(a))} {num(m * sin(a))}"
            f"A{num(m)} {num(m)} 0 0 1 {num(m * cos(b))} {num(m * sin(b))}Z",
            colours[0],
            f' stroke="{colours[0]}" stroke-width="{num(r * 0.04)}" stroke-linejoin="round"',
        )
        body += line(f"M{num(m * 0.45 * cos(e))} {num(m * 0.45 * sin(e))}L{num(m * 0.82 * cos(e))} {num(m * 0.82 * sin(e))}", "#fff", r * 0.03, ' opacity=".5"')
    for i in range(pips):
        a = radians(i * 360 / pips + 15)
        body += at(r * 0.36 * cos(a), r * 0.36 * sin(a), ellipse(0, 0, r * 0.08, r * 0.045, CREAM, f' stroke="{SAND}" stroke-width="2"'), i * 360 / pips + 15)
    return at(x, y, body)


def strawberry(rng: Random, x: float, y: float, size: float, angle: float = 0) -> str:
    body = shape("M0 100C-60 70-92 20-84-28C-76-68-30-72 0-58C30-72 76-68 84-28C92 20 60 70 0 100Z", BERRY[0])
    body += shape("M0 100C60 70 92 20 84-28C80-52 60-64 38-64C70-20 52 50 0 100Z", BERRY[1])
    seeds = "".join(f"M{px} {py}l0 6" for px, py in ((-50, -20), (-18, -30), (18, -28), (50, -14), (-58, 14), (-30, 6), (2, 4), (34, 12), (-38, 42), (-8, 36), (24, 44), (-12, 68), (8, 76)))
    body += line(seeds, LEMON[0], 6)
    for a in (-158, -124, -90, -56, -22):
        body += leaf(0, -56, 52, a, width=0.34)
    return at(x, y, body + line("M0-58C-2-84 6-96 14-108", LEAF_SHADE, 8), angle, size / 100)


def pear(x: float, y: float, size: float, colours: tuple[str, str], angle: float = 0) -> str:
    body = shape("M0-110C28-110 34-70 42-40C56-6 92 14 88 62C84 108 44 122 0 122C-44 122-84 108-88 62C-92 14-56-6-42-40C-34-70-28-110 0-110Z", colours[0])
    body += shape("M12-108C30-104 36-66 42-40C56-6 92 14 88 62C84 108 44 122 0 122C-24 122-46 118-62 106C0 116 44 88 46 52C48 16 14-30 12-108Z", colours[1])
    return at(x, y, body + line("M-44 20C-58 36-62 54-58 74", "#fff", 10, ' opacity=".6"') + line("M0-110C2-126 8-136 18-144", STALK, 10), angle, size / 100)


def quince(rng: Random, x: float, y: float, size: float, angle: float = 0) -> str:
    body = shape("M0-98C26-104 44-78 60-62C92-38 106 0 96 42C86 86 48 104 8 100C4 92-6 92-12 100C-56 104-92 82-98 38C-104-4-86-40-58-62C-42-78-24-102 0-98Z", QUINCE[0])
    body += shape("M22-98C40-90 48-74 60-62C92-38 106 0 96 42C86 86 48 104 8 100C4 92-6 92-12 100C-24 101-36 101-46 97C20 96 66 58 62 12C58-30 26-50 22-98Z", QUINCE[1])
    body += round_speckle(rng, 34, 78, PAPER, 0.5, 5) + line("M-70-4C-74 18-70 38-60 54", "#fff", 10, ' opacity=".6"')
    body += line("M0-96C-2-112 2-120 8-128", STALK, 12) + line("M-12 100l-8 10M-2 96l0 13M8 100l8 10", STALK, 5)
    return at(x, y, body, angle, size / 100)


def medlar(rng: Random, x: float, y: float, size: float, angle: float = 0) -> str:
    body = ball(rng, 0, 0, 92, MEDLAR)
    for a in (-150, -115, -65, -30, -90):
        body += leaf(0, -72, 62, a, (SAGE, LEAF_SHADE), 0.2)
    body += ellipse(0, -76, 42, 15, MEDLAR[1]) + ellipse(0, -76, 26, 8, INK, ' opacity=".5"')
    return at(x, y, body, angle, size / 100)


def cherries(rng: Random, x: float, y: float, r: float, spread: float = 1) -> str:
    """A pair on a forked stalk that hangs from (x, y)."""
    a, b = x - r * 1.15 * spread, x + r * 1.1 * spread
    stalks = line(f"M{num(x)} {num(y)}C{num(x - r)} {num(y + r)} {num(a)} {num(y + r * 2)} {num(a)} {num(y + r * 3)}M{num(x)} {num(y)}C{num(x + r * 0.6)} {num(y + r)} {num(b)} {num(y + r * 2)} {num(b)} {num(y + r * 2.5)}", LEAF_SHADE, r / 9)
    return stalks + ball(rng, a, y + r * 3.8, r, CHERRY) + ball(rng, b, y + r * 3.3, r, CHERRY)


def string_of(rng: Random, x: float, y: float, r: float, count: int, colours: tuple[str, str]) -> str:
    """Currants down a hanging stalk, smaller towards its end."""
    body = line(f"M{num(x)} {num(y)}q{num(r)} {num(r * count * 0.6)} 0 {num(r * count * 1.15)}", LEAF_SHADE, r / 6)
    for i in range(count):
        size = r * (1 - 0.45 * i / count)
        side = -1 if i % 2 else 1
        body += ball(rng, x + side * size * 0.8, y + r + i * r * 1.08, size, colours)
    return body


def rosehip(rng: Random, x: float, y: float, size: float, angle: float = 0) -> str:
    body = line("M0-90V-150", LEAF_SHADE, 9) + ball(rng, 0, 0, 66, APPLE, 94)
    for a in (60, 80, 100, 120):
        body += line(f"M0 92L{num(44 * cos(radians(a)))} {num(92 + 44 * sin(radians(a)))}", STALK, 6)
    return at(x, y, body, angle, size / 100)


def umbel(x: float, y: float, r: float, stalk: float) -> str:
    """A flat head of elderflower."""
    body = ""
    for i in range(7):
        px = (i - 3) / 3 * r * 0.86
        body += line(f"M0 {num(stalk)}Q{num(px * 0.3)} {num(stalk * 0.4)} {num(px)} {num(abs(px) * 0.1)}", LEAF_SHADE, 6)
    for row, (count, spread) in enumerate(((9, 1.0), (8, 0.86), (6, 0.6))):
        for i in range(count):
            px = (i - (count - 1) / 2) / ((count - 1) / 2) * r * spread
            body += blossom(px, -row * r * 0.15 + abs(px) * 0.14, r * 0.15, CREAM if row == 0 else PAPER, LEMON[0])
    return at(x, y, body)


def spike(rng: Random, x: float, y: float, length: float, angle: float) -> str:
    """A branch of sea buckthorn: thorns, silver leaves, berries in clusters."""
    body = line(f"M0 0H{num(length)}l70-8", STALK, 12)
    for i in range(int(length / 60)):
        px, side = 60 + i * 60, -1 if i % 2 else 1
        body += line(f"M{px} 0l26 {-side * 56}", STALK, 6)
        body += leaf(px - 16, 0, 150, side * 48, (SAGE, SAGE_SHADE), 0.11) + leaf(px, 0, 130, -side * 62, (SAGE_SHADE, LEAF), 0.11)
    for i in range(int(length / 84)):
        px = 70 + i * 84
        for dx, dy in ((-24, -30), (10, -36), (-30, 26), (6, 34), (34, -8), (-4, 0)):
            body += ball(rng, px + dx + rng.random() * 10, dy + rng.random() * 10 - 5, 23, APRICOT, 26)
    return at(x, y, body + leaf(length + 60, -8, 100, 8, (SAGE, SAGE_SHADE), 0.13) + leaf(length + 40, -4, 90, -40, (SAGE, SAGE_SHADE), 0.13), angle)


# ---------------------------------------------------------------- things


def cloth_lid(w: float, colour: str, check: str = PAPER) -> str:
    """A cloth tied over a jar whose mouth is `w` wide, above y = 0."""
    h = w / 2
    top = f"M{num(-h - 12)} 4C{num(-h - 8)}-44 {num(-h + 6)}-58 {num(-h + 30)}-60H{num(h - 30)}C{num(h - 6)}-58 {num(h + 8)}-44 {num(h + 12)} 4Z"
    skirt = f"M{num(-h - 12)} 2L{num(-h - 30)} 46"
    count = 7
    for i in range(count):
        step = (w + 60) / count
        skirt += f"q{num(step / 2)} 26 {num(step)} 0"
    skirt += f"L{num(h + 12)} 2Z"
    dots = "".join(f"M{num(-h + 14 + i * (w - 28) / 6)} {-18 if i % 2 else -40}h0M{num(-h + 4 + i * (w - 8) / 6)} {30 if i % 2 else 22}h0" for i in range(7))
    return shape(top, colour) + shape(skirt, colour) + line(dots, check, 11) + line(f"M{num(-h - 14)} 4H{num(h + 14)}", INK, 6, ' opacity=".55"') + line(f"M{num(h - 26)} 6q18 24 36 20M{num(h - 26)} 6q4 30-10 44", INK, 5, ' opacity=".55"')


def jar(rng: Random, x: float, y: float, w: float, h: float, colours: tuple[str, str], lid: str = PAPER, cloth: bool = False, label: str = "", bits: str = "") -> str:
    """A jar whose foot stands at (x, y). `bits` floats in it, in its own coordinates."""
    half, neck = w / 2, w * 0.40
    body = shape(f"M{num(-half)} {num(-h + 56)}Q{num(-half)} {num(-h + 16)} {num(-neck)} {num(-h)}H{num(neck)}Q{num(half)} {num(-h + 16)} {num(half)} {num(-h + 56)}V-26Q{num(half)} 0 {num(half - 26)} 0H{num(-half + 26)}Q{num(-half)} 0 {num(-half)}-26Z", "#fff", ' opacity=".62"')
    fill = f"M{num(-half + 12)} {num(-h + 66)}H{num(half - 12)}V-30Q{num(half - 12)}-12 {num(half - 30)}-12H{num(-half + 30)}Q{num(-half + 12)}-12 {num(-half + 12)}-30Z"
    body += shape(fill, colours[0])
    body += shape(f"M{num(half * 0.42)} {num(-h + 66)}H{num(half - 12)}V-30Q{num(half - 12)}-12 {num(half - 30)}-12H{num(half * 0.2)}Q{num(half * 0.5)}-90 {num(half * 0.42)} {num(-h + 66)}Z", colours[1])
    body += ellipse(0, -h + 66, half - 12, 11, colours[1]) + bits
    body += speckle(rng, 14, -half + 26, -h + 90, w - 52, h - 130, PAPER, 0.35, 6)
    body += line(f"M{num(-half + 26)} {num(-h + 92)}V{num(-54)}", "#fff", 11, ' opacity=".5"')
    if label:
        lw, lh = w * 0.56, h * 0.3
        body += rect(-lw / 2, -h * 0.5, lw, lh, PAPER, 6) + rect(-lw / 2 + 7, -h * 0.5 + 7, lw - 14, lh - 14, "none", 3, f' stroke="{label}" stroke-width="3"')
        body += circle(0, -h * 0.5 + lh * 0.4, lh * 0.16, label) + line(f"M{num(-lw * 0.26)} {num(-h * 0.5 + lh * 0.74)}h{num(lw * 0.52)}", label, 5)
    if cloth:
        body += at(0, -h + 6, cloth_lid(neck * 2, lid))
    else:
        body += rect(-neck - 10, -h - 40, neck * 2 + 20, 48, lid, 9) + rect(-neck - 10, -h - 10, neck * 2 + 20, 18, INK, 9, ' opacity=".16"')
        body += line("".join(f"M{num(-neck + 4 + i * (neck * 2 - 8) / 9)} {num(-h - 28)}v22" for i in range(10)), INK, 3, ' opacity=".22"')
    return at(x, y, body)


def bottle(x: float, y: float, w: float, h: float, colours: tuple[str, str], cap: str = STALK, label: str = "") -> str:
    half, neck = w / 2, w * 0.19
    d = f"M{num(-neck)} {num(-h)}H{num(neck)}V{num(-h * 0.74)}C{num(neck)} {num(-h * 0.64)} {num(half)} {num(-h * 0.64)} {num(half)} {num(-h * 0.52)}V-22Q{num(half)} 0 {num(half - 22)} 0H{num(-half + 22)}Q{num(-half)} 0 {num(-half)}-22V{num(-h * 0.52)}C{num(-half)} {num(-h * 0.64)} {num(-neck)} {num(-h * 0.64)} {num(-neck)} {num(-h * 0.74)}Z"
    body = shape(d, colours[0]) + shape(f"M{num(half * 0.36)} {num(-h * 0.6)}Q{num(half)} {num(-h * 0.6)} {num(half)} {num(-h * 0.52)}V-22Q{num(half)} 0 {num(half - 22)} 0H{num(half * 0.1)}Q{num(half * 0.6)} {num(-h * 0.3)} {num(half * 0.36)} {num(-h * 0.6)}Z", colours[1])
    body += rect(-neck - 4, -h - 34, neck * 2 + 8, 46, cap, 6) + line(f"M{num(-half + 20)} {num(-h * 0.5)}V-40", "#fff", 10, ' opacity=".55"')
    if label:
        body += rect(-half * 0.66, -h * 0.42, half * 1.32, h * 0.26, PAPER, 6) + rect(-half * 0.66 + 7, -h * 0.42 + 7, half * 1.32 - 14, h * 0.26 - 14, "none", 3, f' stroke="{label}" stroke-width="3"') + circle(0, -h * 0.31, half * 0.16, label) + line(f"M{num(-half * 0.34)} {num(-h * 0.22)}h{num(half * 0.68)}", label, 5)
    return at(x, y, body)


def spoon(x: float, y: float, length: float, angle: float, colours: tuple[str, str] = (WOOD, WOOD_SHADE)) -> str:
    body = rect(0, -8, length * 0.75, 16, colours[0], 8) + ellipse(length * 0.86, 0, length * 0.16, length * 0.1, colours[0]) + ellipse(length * 0.87, 3, length * 0.12, length * 0.065, colours[1])
    return at(x, y, body, angle)


def pan(rng: Random, x: float, y: float, w: float, colours: tuple[str, str], metal: tuple[str, str] = (COPPER, COPPER_SHADE)) -> str:
    """A wide pan on its foot at (x, y), full to sight."""
    h, half = w * 0.34, w / 2
    body = line(f"M{num(-half + 10)} {num(-h + 10)}C{num(-half * 0.9)} {num(-h - w * 0.42)} {num(half * 0.9)} {num(-h - w * 0.42)} {num(half - 10)} {num(-h + 10)}", metal[1], 14)
    body += shape(f"M{num(-half)} {num(-h)}L{num(-half * 0.82)} {num(-20)}Q{num(-half * 0.8)} 0 {num(-half * 0.74)} 0H{num(half * 0.74)}Q{num(half * 0.8)} 0 {num(half * 0.82)}-20L{num(half)} {num(-h)}Z", metal[0])
    body += shape(f"M{num(half * 0.4)} {num(-h)}H{num(half)}L{num(half * 0.82)}-20Q{num(half * 0.8)} 0 {num(half * 0.74)} 0H{num(half * 0.1)}Q{num(half * 0.5)} {num(-h * 0.4)} {num(half * 0.4)} {num(-h)}Z", metal[1])
    body += ellipse(0, -h, half, w * 0.085, metal[1]) + ellipse(0, -h + 5, half - 18, w * 0.068, colours[0])
    for _ in range(9):
        px = (rng.random() - 0.5) * w * 0.78
        body += ellipse(px, -h + 5 + (rng.random() - 0.5) * w * 0.06, 20 + rng.random() * 12, 11, colours[1], ' opacity=".75"')
    body += line(f"M{num(-half * 0.78)} {num(-h * 0.72)}L{num(-half * 0.7)} {num(-h * 0.25)}", "#fff", 12, ' opacity=".45"')
    return at(x, y, body)


def steam(x: float, y: float, height: float, colour: str = PAPER) -> str:
    d = "".join(f"M{num(x + dx)} {num(y)}c-40 {num(-height * 0.3)} 40 {num(-height * 0.5)} 0 {num(-height * k)}" for dx, k in ((-90, 0.8), (0, 1), (90, 0.74)))
    return line(d, colour, 13, ' opacity=".75"')


def table(rng: Random, y: float, colour: str, grain: str) -> str:
    body = rect(0, y, WIDTH, HEIGHT - y, colour)
    for i in range(5):
        ly = y + 24 + i * (HEIGHT - y) / 5
        start = rng.random() * 500
        body += line(f"M{num(start)} {num(ly)}h{num(260 + rng.random() * 380)}", grain, 4, ' opacity=".5"')
    return body


def shadow(x: float, y: float, w: float) -> str:
    return ellipse(x, y, w, w * 0.09 + 6, INK, ' opacity=".16"')


def ground(rng: Random, back: str, disc: str, x: float = 600, y: float = 400, r: float = 300, grain: str = "#fff") -> str:
    """The field: a colour, one great disc on it, and grain over both."""
    body = rect(0, 0, WIDTH, HEIGHT, back) + circle(x, y, r, disc)
    return body + speckle(rng, 170, 0, 0, WIDTH, HEIGHT, grain, 0.4, 5) + speckle(rng, 60, 0, 0, WIDTH, HEIGHT, INK, 0.1, 4)


def cube(x: float, y: float, s: float) -> str:
    """A lump of sugar."""
    return shape(f"M{num(x)} {num(y)}l{num(s)} {num(-s * 0.4)} {num(s)} {num(s * 0.4)} {num(-s)} {num(s * 0.4)}Z", "#fff") + shape(f"M{num(x)} {num(y)}l{num(s)} {num(s * 0.4)}v{num(s)}l{num(-s)} {num(-s * 0.4)}Z", CREAM) + shape(f"M{num(x + 2 * s)} {num(y)}l{num(-s)} {num(s * 0.4)}v{num(s)}l{num(s)} {num(-s * 0.4)}Z", SAND)


def dish(x: float, y: float, w: float, colours: tuple[str, str] = (PAPER, SAND)) -> str:
    half = w / 2
    return ellipse(x, y, half, w * 0.1, colours[1]) + shape(f"M{num(x - half)} {num(y)}C{num(x - half * 0.8)} {num(y + w * 0.34)} {num(x + half * 0.8)} {num(y + w * 0.34)} {num(x + half)} {num(y)}Z", colours[0]) + shape(f"M{num(x + half * 0.3)} {num(y + w * 0.1)}Q{num(x + half * 0.8)} {num(y + w * 0.08)} {num(x + half)} {num(y)}C{num(x + half * 0.84)} {num(y + w * 0.26)} {num(x + half * 0.3)} {num(y + w * 0.27)} {num(x)} {num(y + w * 0.255)}Q{num(x + half * 0.3)} {num(y + w * 0.2)} {num(x + half * 0.3)} {num(y + w * 0.1)}Z", colours[1])


def wedge(x: float, y: float, s: float) -> str:
    """A piece of cheese."""
    return shape(f"M{num(x)} {num(y)}l{num(s)} {num(-s * 0.42)} {num(s * 0.75)} {num(s * 0.3)}v{num(s * 0.5)}H{num(x)}Z", CREAM) + shape(f"M{num(x)} {num(y)}H{num(x + s * 1.75)}v{num(s * 0.38)}H{num(x)}Z", LEMON[0]) + shape(f"M{num(x)} {num(y)}l{num(s)} {num(-s * 0.42)} {num(s * 0.75)} {num(s * 0.3)}v{num(s * 0.12)}Z", CREAM) + circle(x + s * 0.5, y + s * 0.2, s * 0.07, LEMON[1]) + circle(x + s * 1.2, y + s * 0.24, s * 0.1, LEMON[1])


# ---------------------------------------------------------------- pictures: fruit


def damson(rng: Random) -> str:
    body = ground(rng, "#e9d3d3", "#d9b3bb", 640, 390, 310)
    body += branch("M-20 150C240 190 460 120 700 190S1060 200 1240 120", 20)
    for x, y, a, n in ((150, 160, 110, 170), (330, 172, -60, 160), (560, 150, -100, 150), (860, 200, 130, 180), (1010, 196, -50, 170), (770, 196, -80, 140)):
        body += leaf(x, y, n, a)
    for x, y in ((300, 340), (450, 310), (640, 350), (980, 330), (800, 330)):
        body += line(f"M{x} {y - 100}q10-50 20-70", STALK, 8) + ball(rng, x, y, 82, DAMSON, 104, 8, bloom=True)
    body += ball(rng, 540, 470, 82, DAMSON, 104, -12, bloom=True) + ball(rng, 880, 490, 84, DAMSON, 106, 14, bloom=True)
    cut = ellipse(0, 0, 88, 110, DAMSON[1]) + ellipse(0, 0, 78, 100, GAGE[0]) + ellipse(0, 4, 34, 54, MEDLAR[1]) + line("M-12-30Q-20 4-10 40", MEDLAR[0], 7)
    return body + shadow(250, 706, 110) + at(250, 600, cut, -18) + shadow(720, 716, 100) + ball(rng, 720, 630, 84, DAMSON, 104, 70, bloom=True)


def apricot(rng: Random) -> str:
    body = ground(rng, "#f8dfb8", "#f4c98e", 560, 380, 310)
    body += branch("M640-20C620 60 560 90 480 130", 18) + leaf(520, 110, 220, 160) + leaf(560, 90, 210, 30) + leaf(500, 124, 180, 100)
    body += shadow(430, 640, 210) + ball(rng, 430, 440, 200, APRICOT, 205) + line("M400 242C330 330 330 520 410 638", APRICOT[1], 9, ' opacity=".8"') + circle(320, 480, 70, BERRY[0], ' opacity=".22"')
    half = circle(0, 0, 170, APRICOT[1]) + circle(0, 0, 158, "#f6bb62") + ellipse(0, 0, 72, 92, MEDLAR[1]) + ellipse(-6, -6, 58, 78, MEDLAR[0]) + line("M-24-50Q-50 0-20 50M8-60Q-8 0 12 60", MEDLAR[1], 6)
    body += shadow(800, 660, 180) + at(800, 500, half, 10)
    for x, y, a in ((1010, 660, -30), (1090, 610, 20)):
        body += shadow(x, y + 36, 50) + at(x, y, shape("M0-56C44-30 44 36 0 50C-44 36-44-30 0-56Z", CREAM) + shape("M0-56C44-30 44 36 0 50C20 10 20-20 0-56Z", SAND), a)
    return body


def cherry(rng: Random) -> str:
    body = ground(rng, "#f3d6cf", "#e9b5b1", 600, 420, 310)
    body += branch("M-20 90C300 130 700 40 1220 110", 20)
    for x, a, n in ((260, 150, 200), (330, 60, 170), (560, 130, 190), (690, 40, 190), (930, 140, 190), (1010, 50, 180)):
        body += leaf(x, 96, n, a)
    return body + cherries(rng, 300, 110, 88) + cherries(rng, 640, 90, 108) + cherries(rng, 970, 100, 92)


def greengage(rng: Random) -> str:
    body = ground(rng, "#e6e6c2", "#d2d59b", 560, 400, 310)
    body += branch("M-20 60C200 150 460 110 760 70", 18) + leaf(240, 116, 210, 140) + leaf(420, 116, 210, 40) + leaf(600, 92, 190, 110) + leaf(140, 100, 160, -60)
    body += line("M330 120q6 60 0 110M560 100q10 90 0 170", STALK, 9)
    body += ball(rng, 330, 380, 150, GAGE, bloom=True) + ball(rng, 590, 430, 166, GAGE, bloom=True) + shadow(380, 690, 150) + ball(rng, 380, 600, 130, GAGE, bloom=True)
    body += line("M700 84C820 180 900 250 940 330", WOOD_SHADE, 5)
    tag = shape("M-90-70H70L120 0 70 70H-90Z", PAPER) + circle(80, 0, 13, "#d2d59b") + line("M-64-24H30M-64 6H10M-64 36H24", SAND, 6)
    return body + at(960, 440, tag, 250)


def seville(rng: Random) -> str:
    body = ground(rng, "#f9e3bb", "#f5cf8c", 640, 360, 300) + table(rng, 620, "#7d9a8c", "#5f7f72")
    body += leaf(330, 380, 230, -150) + leaf(500, 250, 230, -60) + leaf(640, 260, 220, -20)
    for x, y, r in ((380, 480, 150), (640, 490, 160), (505, 300, 140)):
        body += ball(rng, x, y, r, ORANGE) + round_at(rng, x, y, r)
    body += blossom(760, 300, 62) + blossom(840, 350, 44)
    return body + shadow(900, 690, 165) + slice_of(900, 540, 150, ORANGE, 8)


def round_at(rng: Random, x: float, y: float, r: float) -> str:
    """The pores of a rind."""
    return at(x, y, round_speckle(rng, 46, r * 0.86, ORANGE[1], 0.7, 5))


def kumquat(rng: Random) -> str:
    body = ground(rng, "#dfe6d6", "#c7d5bc", 600, 330, 300)
    body += branch("M120-20C260 110 520 150 900 130", 16)
    for x, y, a in ((240, 70, 150), (330, 106, 60), (480, 134, 130), (600, 142, 50), (760, 138, 110), (880, 130, 20), (420, 126, -60), (680, 140, -50)):
        body += leaf(x, y, 190, a, width=0.3)
    for x, y, a in ((330, 300, 10), (450, 350, -6), (570, 290, 8), (700, 350, -10), (820, 290, 4)):
        body += line(f"M{x} {y - 86}q6-40 4-70", LEAF_SHADE, 8) + ball(rng, x, y, 62, ORANGE, 86, a) + at(x, y, round_speckle(rng, 16, 52, LEMON[0], 0.5, 5))
    body += shadow(600, 760, 300) + dish(600, 610, 560, (SEA[0], SEA[1])) + ellipse(600, 612, 252, 40, APRICOT[1]) + ellipse(600, 608, 240, 34, LEMON[0])
    for x in (450, 560, 660, 750):
        body += ball(rng, x, 604 + (x % 3) * 5, 46, ORANGE, 34)
    return body


def pith(rng: Random) -> str:
    body = ground(rng, "#f6ebb4", "#f0da7c", 560, 400, 330)
    body += leaf(820, 160, 240, -40) + leaf(800, 150, 210, 10)
    body += slice_of(560, 400, 280, LEMON, 7, 10)
    for y, x in ((170, 700), (300, 800), (420, 760), (540, 646)):
        body += line(f"M{x} {y}H1010", INK, 4) + circle(x, y, 9, INK) + line(f"M1030 {y}h90", INK, 8) + line(f"M1030 {y + 20}h56", INK, 5, ' opacity=".5"')
    return body


def quinces(rng: Random) -> str:
    body = ground(rng, "#f0e2cf", "#dd9a8d", 600, 400, 330)
    body += branch("M1220 40C980 90 820 60 610 150", 22)
    for x, y, a, n in ((1060, 70, 130, 210), (960, 76, -100, 170), (860, 90, 70, 200), (760, 104, -110, 190), (660, 130, -150, 200), (640, 140, 160, 240)):
        body += leaf(x, y, n, a, (SAGE, SAGE_SHADE), 0.46)
    body += quince(rng, 600, 400, 200, -6) + shadow(880, 706, 170) + quince(rng, 880, 540, 160, 14)
    body += shadow(300, 716, 120)
    cut = circle(0, 0, 128, QUINCE[1]) + circle(0, 0, 116, "#faeac0") + blossom(0, 0, 60, SAND, "#faeac0")
    for i in range(5):
        a = radians(72 * i - 90)
        cut += at(36 * cos(a), 36 * sin(a), ellipse(0, 0, 13, 7, STALK), 72 * i - 90)
    return body + at(300, 590, cut) + blossom(180, 210, 66, ROSE[0], LEMON[0]) + blossom(280, 160, 42, ROSE[0], LEMON[0])


def medlars(rng: Random) -> str:
    body = ground(rng, "#e5dcc8", "#cdbf9f", 620, 380, 310)
    straw = "".join(f"M{round(rng.random() * 1160)} {round(610 + rng.random() * 170)}l{round(60 + rng.random() * 120)} {round(rng.random() * 60 - 30)}" for _ in range(90))
    body += rect(0, 620, WIDTH, 180, SAND) + line(straw, LEMON[1], 7, ' opacity=".75"') + line(straw, CREAM, 3, ' transform="translate(20 -8)"')
    body += leaf(860, 190, 280, 150, (APRICOT[1], COPPER_SHADE)) + leaf(900, 180, 240, 60, (COPPER, COPPER_SHADE)) + branch("M1220 100C1100 180 980 150 860 190", 18)
    body += medlar(rng, 330, 520, 160, -12) + medlar(rng, 640, 480, 190, 6) + medlar(rng, 920, 560, 150, 24)
    return body + line(straw, CREAM, 5, ' transform="translate(-60 60)"')


def crab_apple(rng: Random) -> str:
    body = ground(rng, "#dfe5d8", "#f0d5c6", 480, 360, 290) + table(rng, 660, "#c9a27a", "#a9805a")
    body += branch("M-20 90C180 150 360 90 600 140", 16)
    for x, y, a in ((120, 116, 120), (250, 120, -60), (400, 112, 60), (520, 124, -40), (330, 112, 130)):
        body += leaf(x, y, 170, a)
    for x, y, r in ((170, 330, 62), (290, 290, 70), (410, 340, 66), (520, 280, 62), (350, 450, 60), (230, 450, 56)):
        body += line(f"M{x} {y - r + 6}Q{x + 10} {y - 120} {x + 30} 120", LEAF_SHADE, 7) + ball(rng, x, y, r, APPLE) + circle(x - r * 0.3, y + r * 0.35, r * 0.42, LEMON[0], ' opacity=".4"')
    return body + shadow(820, 720, 190) + jar(rng, 820, 720, 330, 470, ("#e58d8a", "#cf6d70"), CREAM, cloth=True, label=CHERRY[0]) + shadow(1070, 724, 70) + ball(rng, 1070, 660, 66, APPLE)


def blackcurrant(rng: Random) -> str:
    body = ground(rng, "#dcd6e6", "#bfb4d3", 600, 420, 310) + branch("M-20 70C300 110 800 40 1220 90", 18)
    for x, a, n in ((200, 60, 230), (420, 110, 220), (640, 40, 230), (830, 130, 230), (1040, 70, 210), (100, 110, 190)):
        body += leaf(x, 80, n, a, width=0.62)
    for x, y, r, count in ((330, 110, 50, 7), (560, 90, 58, 8), (780, 90, 54, 7), (960, 90, 44, 6), (160, 110, 40, 5)):
        body += string_of(rng, x, y + 50, r, count, CURRANT)
    return body


def sea_buckthorn(rng: Random) -> str:
    body = ground(rng, "#dbe6e8", "#f6dfae", 840, 260, 190)
    body += rect(0, 560, WIDTH, 240, SEA[0]) + line("M60 620h180M420 600h140M760 640h260M180 700h220M620 730h300", PAPER, 7, ' opacity=".6"')
    return body + spike(rng, -30, 700, 560, -62) + spike(rng, 60, 830, 780, -38) + spike(rng, 420, 830, 560, -14)


def strawberry_picture(rng: Random) -> str:
    body = ground(rng, "#f7dcd4", "#f0bdb3", 600, 400, 320)
    body += line("M-20 180C300 40 800 60 1220 200", LEAF_SHADE, 10)
    for x, y, a in ((210, 110, 70), (240, 104, 110), (270, 100, 30), (900, 110, 120), (930, 116, 60), (950, 120, 160)):
        body += leaf(x, y, 190, a, width=0.56)
    body += line("M450 84C440 140 420 170 420 200M700 84C720 130 720 160 730 190", LEAF_SHADE, 8)
    body += strawberry(rng, 400, 350, 170, 8) + strawberry(rng, 740, 370, 210, -8) + shadow(1010, 690, 110) + strawberry(rng, 1000, 590, 120, 24)
    cut = shape("M0 100C-60 70-92 20-84-28C-76-68-30-72 0-58C30-72 76-68 84-28C92 20 60 70 0 100Z", BERRY[1]) + shape("M0 84C-50 58-76 16-70-26C-62-56-28-58 0-46C28-58 62-56 70-26C76 16 50 58 0 84Z", "#f08a83") + shape("M0 56C-26 30-30-2 0-26C30-2 26 30 0 56Z", CREAM)
    return body + shadow(230, 714, 120) + at(230, 600, cut, -14, 1.3) + blossom(560, 610, 72) + blossom(460, 690, 46)


# ---------------------------------------------------------------- pictures: craft


def pectin(rng: Random) -> str:
    body = ground(rng, "#d8e2e4", "#bfd0d4", 520, 400, 330) + circle(520, 400, 290, PLUM[0]) + circle(520, 400, 290, "none", f' stroke="{PAPER}" stroke-width="26"') + circle(520, 400, 306, "none", f' stroke="{INK}" stroke-width="8"')
    points = [(300, 330), (390, 250), (510, 290), (620, 230), (720, 330), (690, 460), (560, 420), (430, 400), (330, 480), (420, 580), (560, 560), (650, 590), (470, 480), (600, 340)]
    for a, b in ((0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 7), (7, 8), (8, 9), (9, 10), (10, 11), (11, 5), (12, 7), (12, 10), (13, 2), (13, 6), (0, 8), (13, 4)):
        (x, y), (u, v) = points[a], points[b]
        body += "".join(circle(x + (u - x) * t / 5, y + (v - y) * t / 5, 12, LEMON[0] if (a + t) % 3 else APRICOT[0]) for t in range(6))
    for x, y in ((350, 400), (460, 340), (650, 400), (500, 520), (600, 500), (570, 260)):
        body += circle(x, y, 15, "#fff", ' opacity=".85"')
    body += line("M736 620L900 780", INK, 44) + line("M744 628L892 772", WOOD, 26)
    return body + shadow(1000, 730, 110) + jar(rng, 1000, 730, 230, 340, PLUM, CREAM, label=PLUM[0])


def setting_point(rng: Random) -> str:
    body = ground(rng, "#e3e6e2", "#f3cfa6", 600, 360, 300) + table(rng, 690, "#5d6b70", "#4a575c")
    body += steam(480, 280, 190) + pan(rng, 560, 700, 760, APRICOT)
    thermo = rect(-26, -360, 52, 560, PAPER, 26) + rect(-8, -250, 16, 420, CREAM, 8) + rect(-8, -190, 16, 370, BERRY[0], 8) + circle(0, 190, 34, BERRY[0]) + line("".join(f"M14 {y}h14" for y in range(-320, 140, 40)), INK, 4) + line("M-46-190H-20", INK, 8)
    return body + at(820, 380, thermo, 12) + rect(290, 475, 540, 10, "none")


def acid(rng: Random) -> str:
    body = ground(rng, "#f3ead0", "#f6dc84", 600, 300, 270)
    for i, colour in enumerate(("#bf2f3d", "#d9573c", "#ea8a3a", "#f0b942", "#d6c24f", "#a3b356", "#6f9d6b", "#4f8a8b", "#3f6a93")):
        x = 120 + i * 110
        h = 250 + (i % 2) * 26
        body += rect(x, HEIGHT - h, 82, h + 20, PAPER, 6) + rect(x, HEIGHT - h + 20, 82, 110, colour)
    body += line("M648 470V790", INK, 6, ' stroke-dasharray="2 18"')
    return body + leaf(770, 190, 210, -30) + ball(rng, 780, 330, 150, LEMON, 128, -14) + slice_of(490, 310, 190, LEMON, 5)


def brix(rng: Random) -> str:
    body = ground(rng, "#dbe4e8", "#b9cfda", 860, 330, 250)
    body += circle(860, 330, 216, PAPER) + shape("M644 330A216 216 0 0 1 1076 330Z", "#6f97b5") + line("".join(f"M860 {y}h{60 if i % 2 == 0 else 34}" for i, y in enumerate(range(160, 510, 35))), INK, 5) + circle(860, 330, 216, "none", f' stroke="{INK}" stroke-width="14"')
    tool = rect(-40, -48, 330, 96, STEEL, 16) + rect(-40, 10, 330, 38, STEEL_SHADE, 16) + rect(290, -62, 170, 124, INK, 20) + rect(460, -50, 50, 100, STALK, 14) + shape("M-40-48L-160-10V34H-40Z", STEEL_SHADE) + shape("M-34-54L-160-16V-2L-34-38Z", SEA[0]) + rect(310, -62, 18, 124, COPPER) + rect(340, -62, 18, 124, COPPER)
    body += at(300, 420, tool, -16)
    for x, colours, s in ((250, LEMON, 1.0), (420, APRICOT, 1.15), (600, (COPPER, COPPER_SHADE), 1.3)):
        body += at(x, 680, shape("M0-80C30-30 52-4 52 28A52 52 0 0 1-52 28C-52-4-30-30 0-80Z", colours[0]) + shape("M0-80C30-30 52-4 52 28A52 52 0 0 1 0 80C30 40 24-20 0-80Z", colours[1]) + line("M-28 20Q-28 44-8 54", "#fff", 8, ' opacity=".7"'), 0, s)
    return body


def less_sugar(rng: Random) -> str:
    body = ground(rng, "#e6e4d8", "#f2cfc8", 600, 380, 310) + table(rng, 700, "#8fa3a6", "#748a8e")
    body += rect(588, 210, 24, 480, WOOD_SHADE) + rect(470, 672, 260, 34, WOOD, 10) + at(600, 220, rect(-380, -11, 760, 22, WOOD, 11) + circle(0, 0, 34, LEMON[1]), 9)
    body += line("M225 165L120 380M225 165L330 380M975 285L870 500M975 285L1080 500", INK, 4)
    body += dish(225, 380, 300, (STEEL, STEEL_SHADE)) + dish(975, 500, 300, (STEEL, STEEL_SHADE))
    for x, y in ((150, 352), (215, 356), (182, 318)):
        body += cube(x, y, 34)
    for x, y in ((890, 470), (950, 462), (1010, 468), (1062, 480), (920, 416), (984, 410), (1036, 424), (958, 366)):
        body += ball(rng, x, y, 42, BERRY) + at(x, y, round_speckle(rng, 12, 34, "#f3a9a4", 0.8, 9))
    return body


def botulism(rng: Random) -> str:
    body = ground(rng, "#dfe3e0", "#c5cfc9", 600, 360, 300) + table(rng, 660, "#b58e66", "#94704c")
    body += shadow(600, 720, 260)
    pot = rect(-220, -380, 440, 380, STEEL, 30) + rect(60, -380, 160, 380, STEEL_SHADE, 30) + rect(-250, -440, 500, 84, STEEL_SHADE, 24) + rect(-250, -440, 500, 44, STEEL, 22) + rect(-300, -300, 90, 40, INK, 18) + rect(210, -300, 90, 40, INK, 18) + rect(-130, -478, 60, 46, INK, 12)
    for x in (-210, 196):
        pot += rect(x, -462, 18, 130, INK, 8)
    gauge = circle(0, 0, 84, INK) + circle(0, 0, 70, PAPER) + shape("M0 0L-14-66A68 68 0 0 1 52-44Z", SAGE) + line("".join(f"M{num(58 * cos(radians(a)))} {num(58 * sin(radians(a)))}L{num(66 * cos(radians(a)))} {num(66 * sin(radians(a)))}" for a in range(140, 401, 26)), INK, 4) + line("M0 0L16-52", BERRY[0], 7) + circle(0, 0, 9, INK)
    body += at(600, 720, pot) + rect(588, 240, 24, 60, INK) + at(600, 190, gauge) + steam(360, 240, 120)
    beans = "".join(line(f"M{x} -250q10 100-4 200", LEAF_SHADE if i % 2 else LEAF, 20) for i, x in enumerate(range(-70, 80, 24)))
    body += shadow(210, 726, 120) + jar(rng, 210, 726, 220, 330, ("#c9d6ac", "#aebf8d"), STEEL_SHADE, bits=beans)
    plums = "".join(ball(rng, x, y, 38, PLUM, bloom=True) for x, y in ((-50, -60), (30, -70), (-10, -130), (60, -140), (-62, -150), (0, -205), (62, -210), (-60, -222)))
    return body + shadow(990, 726, 120) + jar(rng, 990, 726, 220, 330, ("#e5b6c2", "#cf96a8"), LEMON[1], bits=plums)


def water_bath(rng: Random) -> str:
    body = ground(rng, "#dde6e8", "#f1d9c4", 600, 300, 280) + steam(430, 200, 150) + steam(780, 200, 150)
    body += rect(130, 230, 940, 500, STEEL_SHADE, 36) + rect(150, 230, 900, 480, "#d9e7ea", 26) + rect(150, 300, 900, 410, SEA[0], 26, ' opacity=".65"')
    body += rect(40, 340, 100, 48, INK, 20) + rect(1060, 340, 100, 48, INK, 20) + rect(180, 664, 840, 16, INK, 8)
    for i, colours in enumerate((PLUM, APRICOT, BERRY, GAGE, DAMSON)):
        body += jar(rng, 270 + i * 165, 664, 138, 270, colours, LEMON[1] if i % 2 else CREAM)
    bubbles = "".join(f"M{round(170 + rng.random() * 860)} {round(310 + rng.random() * 340)}h0" for _ in range(60))
    return body + line(bubbles, "#fff", 14, ' opacity=".7"') + line("M170 302q30-22 60 0t60 0t60 0t60 0t60 0t60 0t60 0t60 0t60 0t60 0t60 0t60 0t60 0t60 0", PAPER, 9) + rect(0, 730, WIDTH, 70, "#5d6b70")


def jars(rng: Random) -> str:
    body = ground(rng, "#ecdcc9", "#dcc3a5", 600, 340, 300) + rect(0, 640, WIDTH, 34, WOOD) + rect(0, 674, WIDTH, 126, WOOD_SHADE) + line("M0 656H1200", PAPER, 3, ' opacity=".4"')
    body += jar(rng, 150, 640, 190, 260, PLUM, BERRY[0], cloth=True, label=PLUM[0]) + jar(rng, 375, 640, 170, 380, APRICOT, STEEL) + jar(rng, 600, 640, 230, 320, LEMON, CREAM, label=APRICOT[1])
    body += line("M512 300C490 260 510 236 540 262M688 300C710 260 690 236 660 262", INK, 7)
    body += jar(rng, 830, 640, 160, 220, BERRY, LEAF_SHADE) + jar(rng, 1040, 640, 210, 420, GAGE, DAMSON[0], cloth=True, label=LEAF_SHADE)
    return body + spoon(690, 740, 380, -4)


def drying(rng: Random) -> str:
    body = ground(rng, "#eadfc9", "#eadfc9") + rect(110, 70, 980, 660, PAPER, 14) + rect(140, 100, 920, 600, "#cfe0e4") + circle(860, 250, 104, LEMON[0]) + shape("M140 560Q400 470 640 570T1060 530V700H140Z", SAGE) + shape("M140 620Q500 560 1060 640V700H140Z", LEAF)
    body += rect(588, 100, 24, 600, PAPER) + rect(140, 380, 920, 22, PAPER) + speckle(rng, 120, 110, 70, 980, 660, "#fff", 0.5, 5)
    for y, sag in ((170, 60), (440, 70)):
        body += line(f"M90 {y}Q600 {y + sag * 2} 1110 {y}", STALK, 5)
        for i in range(9):
            t = (i + 0.6) / 9.2
            x, yy = 90 + 1020 * t, y + sag * 4 * t * (1 - t)
            if (i + y) % 3:
                ring = circle(0, 56, 54, BERRY[1]) + circle(0, 56, 48, CREAM) + circle(0, 56, 16, "#cfe0e4") + line("M-26 40q-8 16 0 32M26 40q8 16 0 32", SAND, 5)
            else:
                ring = pear(0, 66, 52, (CREAM, SAND)) + ellipse(0, 92, 9, 14, STALK)
            body += at(x, yy, ring, (rng.random() - 0.5) * 14)
    return body + rect(80, 724, 1040, 40, WOOD, 8)


def candying(rng: Random) -> str:
    body = ground(rng, "#f5e4c6", "#f1cd92", 600, 340, 300) + table(rng, 700, "#8c6a52", "#735440")
    body += slice_of(260, 400, 150, ORANGE, 0, 10, "#f8d18a") + slice_of(560, 420, 130, (BERRY[0], CHERRY[1]), 0, 9, "#f2b7a6")
    body += pear(830, 380, 140, ("#f0d684", "#d8b254"), 8) + ellipse(834, 450, 26, 38, STALK, ' opacity=".55"') + ball(rng, 1030, 470, 80, CHERRY) + ball(rng, 420, 490, 60, CHERRY)
    rack = line("M70 560H1130", STEEL_SHADE, 12) + line("".join(f"M{x} 560v34" for x in range(110, 1120, 40)), STEEL_SHADE, 6) + line("M70 594H1130M120 594V700M1080 594V700", STEEL_SHADE, 10)
    drops = "".join(at(x, y, shape("M0-22C8-6 14 0 14 9A14 14 0 0 1-14 9C-14 0-8-6 0-22Z", LEMON[1])) for x, y in ((230, 640), (300, 672), (540, 650), (820, 636), (880, 676), (1020, 650)))
    return body + rack + drops + ellipse(560, 716, 380, 18, LEMON[1], ' opacity=".7"')


def pan_picture(rng: Random) -> str:
    body = ground(rng, "#dfe2db", "#f3d3ae", 600, 330, 300) + table(rng, 690, "#4e5f5a", "#3f4e4a") + steam(600, 240, 180)
    body += pan(rng, 600, 720, 940, APRICOT)
    for x, y in ((340, 396), (470, 414), (610, 398), (740, 414), (860, 398)):
        body += ball(rng, x, y, 54, APRICOT, 34)
    return body + spoon(1010, 200, 460, 142)


# ---------------------------------------------------------------- pictures: stories


def appert(rng: Random) -> str:
    body = ground(rng, "#e2ddd0", "#cfc6b0", 560, 320, 290) + table(rng, 650, "#7b5a44", "#644636")
    for x, h, colours in ((170, 430, (LEAF, LEAF_SHADE)), (360, 480, CHERRY), (550, 450, APRICOT)):
        glass = shape(f"M-40 {-h}H40V{-h + 90}C40 {-h + 150} 92 {-h + 150} 92 {-h + 220}V-20Q92 0 72 0H-72Q-92 0-92-20V{-h + 220}C-92 {-h + 150}-40 {-h + 150}-40 {-h + 90}Z", "#9fb39a", ' opacity=".8"')
        count = 0
        for row in range(4):
            for col in range(3):
                count += 1
                glass += ball(rng, -54 + col * 54 + (row % 2) * 6, -40 - row * 52, 28, colours)
        glass += rect(-34, -h - 44, 68, 70, WOOD, 8) + line(f"M-44 {-h + 12}H44M-44 {-h + 26}H44M-30 {-h + 20}Q0 {-h - 84} 30 {-h + 20}", INK, 5) + line(f"M-66 {-h + 240}V-50", "#fff", 10, ' opacity=".5"')
        body += shadow(x, 710, 100) + at(x, 710, glass)
    book = shape("M0 0C-80-40-190-44-280-14V200C-190 170-80 176 0 214C80 176 190 170 280 200V-14C190-44 80-40 0 0Z", PAPER) + shape("M0 0C80-40 190-44 280-14V200C190 170 80 176 0 214Z", CREAM) + line("M0 0V214", SAND, 5)
    for i in range(5):
        book += line(f"M-240 {30 + i * 30}q110-26 200 4M40 {34 + i * 30}q90-30 200-4", INK, 4, ' opacity=".45"')
    return body + shadow(880, 720, 300) + at(880, 510, shape("M-294 0V222C-190 190-70 200 0 236C70 200 190 190 294 222V0Z", CHERRY[1]) + book)


def marmalade_ship(rng: Random) -> str:
    body = ground(rng, "#f6e0bb", "#f6e0bb") + slice_of(840, 270, 190, ORANGE, 0, 11)
    body += rect(0, 520, WIDTH, 280, "#5d8794")
    hull = shape("M-300-90H300C280 20 220 70 160 80H-170C-240 60-290 0-300-90Z", STALK) + rect(-310, -116, 620, 34, WOOD, 10) + rect(-8, -520, 18, 410, WOOD_SHADE) + rect(-190, -400, 14, 290, WOOD_SHADE) + rect(190, -380, 14, 270, WOOD_SHADE)
    hull += shape("M14-500C140-450 170-330 130-230H14Z", PAPER) + shape("M14-500C140-450 170-330 130-230H90C120-330 100-440 14-500Z", CREAM) + shape("M-10-470C-120-420-160-330-130-230H-10Z", CREAM) + shape("M-196-390C-280-350-300-270-280-210H-196Z", PAPER) + shape("M208-370C290-330 300-260 280-200H208Z", PAPER) + shape("M10-520L80-500 10-480Z", BERRY[0])
    for x in range(-210, 230, 70):
        hull += ellipse(x, -124, 34, 12, SAND) + rect(x - 34, -124, 68, 30, CREAM) + ellipse(x, -126, 26, 8, QUINCE[1])
    body += at(460, 560, hull, -3)
    for row, y in enumerate((590, 650, 710, 770)):
        d = f"M{-60 + (row % 2) * 40} {y}" + "q40-34 80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0"
        body += shape(d + "V830H-60Z", ("#5d8794", "#517a88", "#466d7b", "#3b606e")[row]) + line(d, PAPER, 6, ' opacity=".5"')
    return body + line("M150 170q30-26 52 0q24-26 54 0M300 110q22-20 40 0q18-20 42 0", INK, 7)


def village_hall(rng: Random) -> str:
    body = ground(rng, "#d5e0e0", "#f5e2b8", 980, 190, 110) + shape("M0 560Q300 470 640 540T1200 500V800H0Z", SAGE) + rect(0, 680, WIDTH, 120, LEAF)
    body += rect(240, 360, 720, 330, "#cf9a7c") + shape("M200 370L600 130 1000 370Z", "#7a5a52") + rect(470, 440, 260, 250, INK) + circle(600, 290, 46, PAPER) + line("M600 290V262M600 290L620 304", INK, 6)
    for x in (290, 800):
        body += rect(x, 440, 120, 130, LEMON[0], 6) + line(f"M{x + 60} 440v130M{x} 505h120", PAPER, 8)
    bricks = "".join(f"M{round(260 + rng.random() * 660)} {round(390 + rng.random() * 280)}h34" for _ in range(26))
    body += line(bricks, "#b57f63", 6) + rect(470, 440, 260, 250, "#4a333b") + rect(486, 590, 228, 16, WOOD) + rect(500, 606, 10, 84, WOOD_SHADE) + rect(690, 606, 10, 84, WOOD_SHADE)
    for i, colours in enumerate((PLUM, BERRY, APRICOT, PLUM, GAGE)):
        x = 496 + i * 44
        body += rect(x, 540, 34, 50, colours[0], 6) + rect(x + 20, 540, 14, 50, colours[1], 6) + rect(x + 2, 530, 30, 12, CREAM, 3) + rect(x + 6, 558, 16, 14, PAPER, 2)
    flags = line("M200 372Q400 450 600 400T1000 372", INK, 4)
    for i, x in enumerate(range(230, 990, 58)):
        y = 386 + 38 * sin((x - 200) / 800 * pi * 2) * (1 if x < 600 else 0.2) + 12
        flags += shape(f"M{x} {num(y)}h40l-20 44Z", (BERRY[0], LEMON[0], SEA[1], PAPER)[i % 4])
    body += flags + shadow(170, 740, 120) + shape("M60 640H280L250 740H90Z", WOOD) + line("M70 672H270M80 704H260", WOOD_SHADE, 6)
    for x, y in ((100, 626), (160, 610), (220, 622), (130, 590), (190, 584)):
        body += ball(rng, x, y, 36, PLUM, bloom=True)
    return body


def sugar(rng: Random) -> str:
    body = ground(rng, "#e4e0dc", "#c9cfd8", 560, 360, 300) + table(rng, 650, "#6d5a57", "#584745")
    loaf = shape("M0-420C60-410 130-100 150 0H-150C-130-100-60-410 0-420Z", "#fff") + shape("M20-416C80-380 134-100 150 0H40C90-120 70-330 20-416Z", CREAM) + shape("M-150 0C-140-60-120-140-104-190C-40-160 40-160 104-190C120-140 140-60 150 0Z", "#476a96") + shape("M60-172C78-176 92-182 104-190C120-140 140-60 150 0H60Z", "#385680") + line("M-128-94Q0-60 128-94", SAND, 7)
    body += shadow(380, 710, 190) + at(380, 710, loaf)
    bowl = ellipse(0, -200, 150, 26, SAND) + shape("M-150-200C-150-60-90-20-60-10V0H60V-10C90-20 150-60 150-200Z", PAPER) + shape("M70-180Q140-186 150-200C150-60 90-20 60-10V0H0C80-30 100-100 70-180Z", CREAM) + shape("M-130-206C-80-260 80-260 130-206C80-190-80-190-130-206Z", "#fff") + line("M-90-120q90 30 170 0M-70-90q70 24 136 0M-52-62q52 16 100 0", "#476a96", 7)
    body += shadow(780, 716, 160) + at(780, 716, bowl)
    for x, y in ((960, 660), (1030, 690), (990, 620)):
        body += cube(x, y, 34)
    return body


# ---------------------------------------------------------------- pictures: recipes


def damson_jam(rng: Random) -> str:
    body = ground(rng, "#ecd9d6", "#ddbcc1", 520, 360, 300) + table(rng, 640, PAPER, CREAM)
    body += shadow(470, 716, 200) + jar(rng, 470, 710, 370, 490, PLUM, DAMSON[0], cloth=True, label=DAMSON[0]) + spoon(690, 740, 420, -14)
    for x, y in ((790, 590), (900, 560), (850, 480), (1010, 600)):
        body += shadow(x, y + 80, 60) + ball(rng, x, y, 66, DAMSON, 80, (x % 5) * 9, bloom=True)
    return body + leaf(880, 420, 150, -40) + leaf(860, 430, 120, -110)


def seville_marmalade(rng: Random) -> str:
    body = ground(rng, "#f7e3bd", "#f3c87c", 520, 350, 310) + table(rng, 650, "#8d6f5a", "#755a47")
    shreds = "".join(line(f"M{round(rng.random() * 240 - 130)} {round(-330 + rng.random() * 280)}q{round(20 + rng.random() * 16)} {round(rng.random() * 40 - 20)} {round(40 + rng.random() * 30)} {round(rng.random() * 24 - 12)}", LEMON[0], 10) for _ in range(18))
    body += shadow(470, 716, 200) + jar(rng, 470, 712, 370, 480, ORANGE, STEEL, bits=shreds)
    knife = rect(-180, -14, 170, 30, INK, 12) + shape("M-10-16H210Q240-10 230 18H-10Z", STEEL) + shape("M-10 4H234Q234 14 230 18H-10Z", STEEL_SHADE)
    return body + shadow(850, 690, 150) + slice_of(850, 540, 150, ORANGE, 8) + at(880, 744, knife, -5)


def strawberry_jam(rng: Random) -> str:
    body = ground(rng, "#f6ddd7", "#efb9b2", 480, 340, 290) + rect(0, 620, WIDTH, 180, PAPER)
    for x in range(0, WIDTH, 80):
        body += rect(x, 620, 40, 180, BERRY[0], 0, ' opacity=".28"')
    for y in (640, 720):
        body += rect(0, y, WIDTH, 40, BERRY[0], 0, ' opacity=".28"')
    inside = "".join(strawberry(rng, x, y, 46, a) for x, y, a in ((-90, -90, 10), (10, -80, -20), (90, -120, 30), (-60, -200, -10), (50, -210, 14), (-110, -270, 24), (110, -250, -16)))
    body += shadow(440, 716, 230) + jar(rng, 440, 712, 430, 430, BERRY, CREAM, cloth=True, bits=inside)
    scone = shape("M-138 96C-158 40-150-30-118-44C-60-66 60-66 118-44C150-30 158 40 138 96Q0 112-138 96Z", "#e2b878")
    scone += shape("M40-58Q90-56 118-44C150-30 158 40 138 96Q90 104 30 106Q110 40 40-58Z", "#cf9c58") + line("M-140 34Q-60 50-20 36T60 40T140 30", "#b9853f", 6, ' opacity=".6"')
    scone += shape("M-112-40C-130-90-60-84-50-100C-30-130 40-130 56-98C80-86 130-84 112-40C70-20 60-44 30-30C0-14-20-40-50-28C-80-18-100-24-112-40Z", "#fffaf0") + shape("M-70-78C-66-112 66-116 72-76C60-56 44-78 22-62C4-50-20-78-36-64C-52-52-66-62-70-78Z", BERRY[0]) + line("M-40-84Q-20-94 0-92", "#fff", 8, ' opacity=".6"')
    return body + shadow(890, 724, 190) + at(890, 626, scone) + strawberry(rng, 1080, 650, 66, 30) + leaf(690, 690, 90, -30)


def membrillo(rng: Random) -> str:
    body = ground(rng, "#efe0c8", "#e5c48d", 560, 350, 310) + table(rng, 640, "#6f7f74", "#5b6a60")
    board = rect(120, 640, 960, 70, WOOD, 20) + rect(120, 676, 960, 34, WOOD_SHADE, 17)
    block = shape("M200 440L300 370H700L620 440Z", "#c75b45") + shape("M200 440H620V640H200Z", "#b0452f") + shape("M620 440L700 370V580L620 640Z", "#8f3423")
    cut = shape("M700 470L740 436H770L732 470Z", "#c75b45") + shape("M700 470H732V640H700Z", "#b0452f") + shape("M732 470L770 436V606L732 640Z", "#8f3423")
    body += board + block + cut + speckle(rng, 40, 210, 450, 400, 180, PAPER, 0.5, 5) + line("M226 470V610", "#fff", 10, ' opacity=".35"')
    return body + wedge(790, 560, 140) + quince(rng, 990, 300, 120, 10) + leaf(1000, 150, 130, -20, (SAGE, SAGE_SHADE))


def plum_leather(rng: Random) -> str:
    body = ground(rng, "#ead5d8", "#dcb0ba", 600, 340, 300) + table(rng, 650, "#d9c3a0", "#bfa57d")
    for x, y in ((250, 640), (470, 640), (690, 640), (360, 470), (580, 470)):
        roll = shape("M-90-78H60V78H-90Z", "#a8284a") + ellipse(60, 0, 46, 78, "#c9476a") + line("M60-54A38 54 0 1 1 40 44A26 40 0 1 1 76 22A14 22 0 1 1 54-10", PLUM[1], 7) + rect(-40, -80, 22, 160, SAND) + line("M-30-80q-30-30-46-8q10 20 46 8q30-34 50-10q-14 22-50 10", SAND, 7) + line("M-76-50V50", "#fff", 9, ' opacity=".35"')
        body += shadow(x, y + 82, 110) + at(x, y, roll)
    return body + shadow(930, 724, 110) + ball(rng, 930, 610, 110, PLUM, bloom=True) + shadow(1090, 724, 80) + ball(rng, 1080, 650, 76, PLUM, bloom=True) + leaf(940, 500, 150, -50)


def candied_peel(rng: Random) -> str:
    body = ground(rng, "#f6e7c9", "#f4cf98", 600, 340, 300) + table(rng, 690, "#7f8f8a", "#697873")
    body += shape("M200 470H1000L950 720H250Z", PAPER) + shape("M200 470H1000L985 546H215Z", CREAM) + shape("M240 470L300 330 420 420 520 310 640 410 760 300 860 420 950 340 970 470Z", "#fff")
    for i in range(13):
        x, a = 270 + i * 54, -24 + rng.random() * 48
        strip = shape("M-20 150Q-36 0-14-150Q0-164 16-150Q2 0 20 150Q0 164-20 150Z", ORANGE[0]) + shape("M4 156Q-10 0 4-158Q12-156 16-150Q2 0 20 150Q12 156 4 156Z", ORANGE[1])
        if i % 2:
            strip += shape("M-26 20Q-30-70-14-150Q0-164 16-150Q6-70 8 20Q-10 34-26 20Z", "#4a2a22")
        strip += speckle(rng, 12, -16, -130, 26, 270, "#fff", 0.8, 5)
        body += at(x, 430 + (i % 3) * 14, strip, a)
    body += shape("M216 540H984L950 720H250Z", PAPER) + shape("M600 540H984L950 720H600Z", CREAM) + line("M600 540V720", BERRY[0], 22)
    return body + at(600, 560, shape("M0 0C-80-70-150-40-120 10C-100 40-40 30 0 0C80-70 150-40 120 10C100 40 40 30 0 0Z", BERRY[0]) + circle(0, 0, 20, BERRY[1]))


def apple_chutney(rng: Random) -> str:
    body = ground(rng, "#e6dfcc", "#d3c49c", 460, 340, 300) + table(rng, 650, "#7a4f3a", "#633d2b")
    bits = "".join(rect(round(rng.random() * 200 - 120), round(-370 + rng.random() * 320), 40, 30, (SAND, MEDLAR[0], QUINCE[1])[i % 3], 9, ' opacity=".8"') for i in range(20))
    body += shadow(380, 720, 180) + jar(rng, 380, 716, 310, 520, (MEDLAR[1], "#6b4021"), LEAF_SHADE, bits=bits, label=LEAF_SHADE)
    body += rect(560, 690, 560, 44, WOOD, 18) + wedge(600, 610, 150) + ball(rng, 990, 590, 104, APPLE) + circle(950, 620, 50, LEMON[0], ' opacity=".35"') + line("M990 494Q994 460 1016 444", STALK, 9) + leaf(1000, 470, 110, -20)
    for x, a in ((600, 14), (690, -8), (780, 10)):
        body += at(x, 770, ellipse(0, 0, 44, 22, "#5a3020") + line("M-26-6Q0-14 26-4", "#8a5a3e", 5), a)
    return body


def preserved_lemons(rng: Random) -> str:
    body = ground(rng, "#e7ebdc", "#f3e39c", 600, 350, 310) + table(rng, 660, "#88a4a8", "#6d8b90")
    inside = "".join(slice_of(x, y, 58, LEMON, 0, 8) if i % 2 else ball(rng, x, y, 66, LEMON, 56, i * 23) for i, (x, y) in enumerate(((-100, -90), (10, -86), (110, -110), (-70, -200), (60, -210), (-110, -300), (10, -320), (112, -310), (-50, -400), (70, -410)))) + leaf(-130, -140, 120, -70, (SAGE, SAGE_SHADE), 0.3) + leaf(120, -180, 120, -100, (SAGE, SAGE_SHADE), 0.3)
    body += shadow(560, 726, 220) + jar(rng, 560, 722, 400, 550, ("#f8ecc0", "#ecd88f"), "#dfe8ea", bits=inside)
    body += line("M380 182C340 140 360 96 420 110M740 182C780 140 760 96 700 110M380 182H420M700 182H740", INK, 9) + line("M396 196H724", APRICOT[1], 15)
    body += shadow(950, 724, 130) + ball(rng, 940, 640, 110, LEMON, 88, -12)
    salt = "".join(f"M{round(800 + rng.random() * 340)} {round(742 + rng.random() * 44)}h0" for _ in range(60))
    return body + line(salt, "#fff", 9) + leaf(1030, 600, 140, -50)


def umeboshi(rng: Random) -> str:
    body = ground(rng, "#e2e6e4", "#f3d3c4", 600, 200, 150)
    body += ellipse(600, 560, 540, 210, WOOD_SHADE) + ellipse(600, 540, 540, 210, WOOD) + ellipse(600, 540, 496, 182, SAND)
    for i in range(-9, 10):
        half = 182 * (1 - (i / 10.2) ** 2) ** 0.5
        body += line(f"M{600 + i * 50} {num(540 - half)}V{num(540 + half)}", WOOD, 4, ' opacity=".5"')
    for y, xs in ((420, range(370, 840, 110)), (510, range(220, 1000, 110)), (610, range(270, 960, 110)), (680, range(430, 800, 110))):
        for x in xs:
            jitter = rng.random() * 16 - 8
            body += ball(rng, x + jitter, y, 47, ("#c4454f", "#9c2b3c"), 40, jitter) + line(f"M{num(x + jitter - 20)} {y - 4}q10 14 0 26M{num(x + jitter + 2)} {y - 18}q14 18 4 36", "#8a2233", 5, ' opacity=".7"')
    for x, a in ((150, 20), (1040, 160), (960, 200)):
        body += leaf(x, 730 if x < 500 else 740, 130, a - 180 if x > 500 else a - 40, (PLUM[0], PLUM[1]), 0.6)
    return body + blossom(180, 180, 60, "#f7c9c9", LEMON[0]) + blossom(270, 250, 40, "#f7c9c9", LEMON[0]) + branch("M-20 260C80 240 120 180 150 120", 12)


def elderflower_cordial(rng: Random) -> str:
    body = ground(rng, "#d9e4d3", "#bdd0b1", 520, 360, 300) + table(rng, 670, "#e9dcc0", "#d2c09a")
    body += leaf(780, 420, 260, 20) + leaf(760, 430, 240, 70) + leaf(740, 420, 200, 140) + umbel(780, 230, 210, 320) + umbel(1010, 400, 140, 240) + umbel(230, 300, 150, 330) + leaf(230, 560, 190, -150) + leaf(230, 560, 170, -30)
    return body + shadow(510, 726, 120) + bottle(510, 722, 210, 560, ("#f0e7ad", "#dccf85"), STALK, LEAF_SHADE) + shadow(790, 730, 110) + slice_of(790, 640, 96, LEMON, 4)


def rosehip_syrup(rng: Random) -> str:
    body = ground(rng, "#e9ddd3", "#ebc4b4", 560, 340, 300) + table(rng, 670, "#a9b5ae", "#8b9991")
    body += branch("M1220 40C960 40 760 120 640 330", 14)
    for x, y, a in ((1060, 56, 60), (960, 76, -80), (860, 120, 140), (760, 180, -30), (690, 250, 170)):
        body += leaf(x, y, 130, a) + leaf(x, y, 100, a + 50)
    body += rosehip(rng, 1040, 250, 92, -6) + rosehip(rng, 880, 300, 104, 6) + rosehip(rng, 740, 420, 90, 10) + rosehip(rng, 1010, 450, 80, 12)
    body += shadow(400, 726, 150) + bottle(400, 722, 270, 500, CHERRY, PAPER, CHERRY[0]) + spoon(600, 730, 330, -10, (STEEL, STEEL_SHADE))
    return body + ellipse(880, 680, 40, 17, BERRY[0])


# ---------------------------------------------------------------- other pictures


def season(rng: Random) -> str:
    body = ground(rng, "#f2e6cf", "#e7d3ae", 600, 400, 350)
    ring = (LEMON, ORANGE, GAGE, BERRY, CHERRY, APRICOT, CURRANT, PLUM, DAMSON, APPLE, QUINCE, MEDLAR)
    for i, colours in enumerate(ring):
        a = radians(i * 30 - 90)
        x, y = 600 + 270 * cos(a), 400 + 270 * sin(a)
        body += leaf(x, y, 104, i * 30 - 90 + 40) + ball(rng, x, y, 60, colours, bloom=colours in (PLUM, DAMSON))
    return body + jar(rng, 600, 510, 190, 230, PLUM, CREAM, cloth=True, label=PLUM[0])


def kitchen(rng: Random) -> str:
    body = ground(rng, "#ecdcd0", "#dcb9a5", 600, 330, 300) + rect(0, 250, WIDTH, 22, WOOD) + rect(0, 272, WIDTH, 12, WOOD_SHADE)
    for i, x in enumerate(range(90, 1180, 128)):
        body += jar(rng, x, 250, 96, 120 + (i % 3) * 30, (PLUM, APRICOT, LEMON, BERRY, GAGE, DAMSON)[i % 6], (CREAM, BERRY[0], STEEL)[i % 3])
    body += table(rng, 640, "#8f6f55", "#775942") + pan(rng, 420, 690, 520, BERRY) + steam(420, 420, 110)
    body += shadow(860, 726, 170) + dish(860, 570, 360, (SEA[0], SEA[1]))
    for x, y in ((750, 560), (830, 548), (910, 552), (970, 562), (790, 496), (870, 484), (940, 500)):
        body += ball(rng, x, y, 50, PLUM, bloom=True)
    return body + shape("M690 570C740 690 980 690 1040 570Z", SEA[0]) + ellipse(865, 572, 176, 14, SEA[1], ' opacity=".7"')


def lost(rng: Random) -> str:
    body = ground(rng, "#e7e1d4", "#d5cbb4", 600, 360, 300) + table(rng, 650, "#8f7a66", "#786451")
    body += shadow(600, 716, 190) + jar(rng, 600, 710, 340, 460, ("#f4efe2", "#e6ddc8"), LEMON[1], label=CHERRY[0])
    return body + spoon(800, 730, 330, -12) + ball(rng, 260, 650, 60, PLUM, bloom=True) + shadow(260, 716, 60)


def gel(rng: Random) -> str:
    body = rect(0, 0, 1200, 480, "#e9eef0")
    for panel, fill in ((0, "#dfe7ea"), (1, "#f4e8c9"), (2, "#ecd2dc")):
        body += rect(20 + panel * 393, 20, 374, 440, fill, 14)
    chains = {
        0: ("M60 110q70-60 140 0t140 0", "M70 230q70 60 140 0t120 10", "M60 360q60-70 130 0t150-10"),
        1: ("M460 130q70-50 140 0t140 0", "M460 230q80 40 140 10t140 0", "M460 340q70-40 140 10t140-20"),
        2: ("M850 100Q980 190 1130 110", "M850 240Q980 190 1140 250", "M850 390Q990 270 1140 370", "M900 70Q920 240 890 420", "M1010 70Q980 230 1010 420", "M1100 80Q1110 260 1080 420"),
    }
    for panel, paths in chains.items():
        for d in paths:
            body += line(d, PLUM[0], 18, ' stroke-dasharray="1 26"')
            if panel == 0:
                body += line(d, SEA[1], 8, ' stroke-dasharray="1 51" transform="translate(0 -24)"')
    drops = "".join(f"M{round(50 + rng.random() * 320)} {round(50 + rng.random() * 380)}h0" for _ in range(34))
    body += line(drops, "#5f93a8", 10, ' opacity=".6"')
    body += line("".join(f"M{round(440 + rng.random() * 320)} {round(50 + rng.random() * 380)}h0" for _ in range(22)), BERRY[0], 9, ' opacity=".8"')
    for _ in range(16):
        body += rect(round(840 + rng.random() * 300), round(50 + rng.random() * 360), 18, 18, "#fff", 3)
    return body


def sugar_bowl(rng: Random) -> str:
    body = rect(0, 0, 1200, 640, "#dcd8d2") + circle(600, 320, 270, "#c8cdd8") + speckle(rng, 120, 0, 0, 1200, 640, "#fff", 0.5, 5) + rect(0, 540, 1200, 100, "#6d5a57") + ellipse(600, 580, 280, 28, INK, ' opacity=".2"')
    body += ellipse(600, 190, 270, 46, SAND) + shape("M360 184C430 90 770 90 840 184C770 216 430 216 360 184Z", "#fff") + shape("M330 190C330 430 440 520 500 550V570H700V550C760 520 870 430 870 190C760 240 440 240 330 190Z", PAPER)
    body += shape("M740 222Q820 214 870 190C870 430 760 520 700 550V570H600C720 500 780 380 740 222Z", CREAM)
    text = ' font-family="Georgia, serif" font-style="italic" text-anchor="middle" fill="#345586"'
    for y, words, size in ((320, "East India Sugar", 52), (380, "not made by", 40), (440, "SLAVES", 52)):
        body += f'<text x="590" y="{y}" font-size="{size}"{text}>{words}</text>'
    return body + line("M350 250C440 290 750 290 850 250", "#476a96", 6)


def steps(_rng: Random) -> str:
    body = rect(0, 0, 1200, 520, PAPER)
    values = (30, 35, 40, 45, 50, 55, 60, 65, 75)
    for brix_ in (20, 40, 60, 80):
        y = 440 - (brix_ - 15) * 5.6
        body += line(f"M110 {num(y)}H1160", SAND, 3) + f'<text x="92" y="{num(y + 9)}" font-family="Georgia, serif" font-size="27" text-anchor="end" fill="{INK}">{brix_}</text>'
    before = 18
    for i, value in enumerate(values):
        x = 140 + i * 114
        top, low = 440 - (value - 15) * 5.6, 440 - (before - 15) * 5.6
        body += rect(x, top, 50, 440 - top, APRICOT[0], 6) + rect(x + 46, low, 38, 440 - low, PLUM[0], 6)
        body += f'<text x="{x + 42}" y="480" font-family="Georgia, serif" font-size="27" text-anchor="middle" fill="{INK}">{i + 1}</text>'
        before = value
    body += rect(140, 36, 30, 30, APRICOT[0], 6) + rect(340, 36, 30, 30, PLUM[0], 6)
    for x, words in ((184, "the syrup"), (384, "the fruit, a day behind")):
        body += f'<text x="{x}" y="61" font-family="Georgia, serif" font-size="29" fill="{INK}">{words}</text>'
    return body


def candied_slice(rng: Random) -> str:
    body = rect(0, 0, 1200, 640, "#f6e3bd") + circle(600, 320, 300, "#fbeecb") + slice_of(600, 320, 260, ("#f3a13c", ORANGE[1]), 0, 11, "#fbd996")
    return body + speckle(rng, 130, 340, 60, 520, 520, "#fff", 0.7, 6) + line("M160 120L330 210M120 330H300M170 540L330 440M1040 120L870 210M1080 330H900M1030 540L870 440", LEMON[1], 9, ' stroke-dasharray="2 22"')


PICTURES: dict[str, Draw] = {
    "damson": damson, "apricot": apricot, "cherry": cherry, "greengage": greengage, "seville": seville,
    "kumquat": kumquat, "pith": pith, "quince": quinces, "medlar": medlars, "crab-apple": crab_apple,
    "blackcurrant": blackcurrant, "sea-buckthorn": sea_buckthorn, "strawberry": strawberry_picture,
    "pectin": pectin, "setting-point": setting_point, "acid": acid, "brix": brix, "less-sugar": less_sugar,
    "botulism": botulism, "water-bath": water_bath, "jars": jars, "drying": drying, "candying": candying,
    "pan": pan_picture, "appert": appert, "marmalade-ship": marmalade_ship, "village-hall": village_hall,
    "sugar": sugar, "damson-jam": damson_jam, "seville-marmalade": seville_marmalade,
    "strawberry-jam": strawberry_jam, "membrillo": membrillo, "plum-leather": plum_leather,
    "candied-peel": candied_peel, "apple-chutney": apple_chutney, "preserved-lemons": preserved_lemons,
    "umeboshi": umeboshi, "elderflower-cordial": elderflower_cordial, "rosehip-syrup": rosehip_syrup,
    "seasons": season, "kitchen": kitchen, "lost": lost,
}  # fmt: skip

FIGURES: dict[str, tuple[Draw, int]] = {
    "assets/images/gel.svg": (gel, 480),
    "assets/images/sugar-bowl.svg": (sugar_bowl, 640),
    "content/craft/hands/candying/steps.svg": (steps, 520),
    "content/craft/hands/candying/slice.svg": (candied_slice, 640),
}


# ---------------------------------------------------------------- pixels

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
    return [(whole, colours[0]), (right_of(whole, disc(x - r * 0.42, y - r * 0.1, r * 1.02, r * 1.3)), colours[1]), (disc(x - r * 0.45, y - r * 0.55, r * 0.16, r * 0.1), "#e4d6e4")]


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
    scaled = [(lambda v, span=span: tuple(e * 0.32 - 102 for e in found) if (found := span((v + 20) / 0.32)) else None, colour) for span, colour in jar_pixels(600, 574, 290, 400)]
    return paint(180, 180, [(box(0, 0, 180, 180), "#e9b5b1"), *scaled])


# ---------------------------------------------------------------- all of them


def render(name: str, draw: Draw, height: int = HEIGHT) -> str:
    """The picture `name` as an SVG document."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">'
        f"{draw(Random(name))}</svg>\n"
    )


def draw_all() -> dict[str, bytes]:
    """Every picture, by its path in the site's folder."""
    pictures = {f"assets/images/{name}.svg": render(name, draw) for name, draw in PICTURES.items()}
    figures = {path: render(path, draw, height) for path, (draw, height) in FIGURES.items()}
    pixels = {"assets/images/card.png": card(), "assets/images/icon.png": icon()}
    return {path: text.encode() for path, text in (pictures | figures).items()} | pixels


def main(folder: Path) -> None:
    for path, picture in draw_all().items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(picture)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent)
