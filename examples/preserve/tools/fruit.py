"""Fruit, leaves and flowers."""

from __future__ import annotations

from math import cos, pi, radians, sin
from random import Random

from shapes import (
    APPLE,
    APRICOT,
    BERRY,
    CHERRY,
    CREAM,
    INK,
    LEAF,
    LEAF_SHADE,
    LEMON,
    MEDLAR,
    PAPER,
    QUINCE,
    SAGE,
    SAGE_SHADE,
    SAND,
    STALK,
    WOOD,
    at,
    circle,
    ellipse,
    line,
    num,
    round_speckle,
    shape,
)


def ball(rng: Random, x: float, y: float, rx: float, colours: tuple[str, str], ry: float | None = None, angle: float = 0, bloom: bool = False) -> str:
    """A round fruit: its dark side at the right, a glint at the left."""
    light, dark = colours
    inside = circle(0, 0, 100, light) + shape("M30-95A100 100 0 1 1-60 80A122 122 0 0 0 30-95Z", dark)
    if bloom:
        inside += ellipse(-22, -22, 52, 46, "#fff", ' opacity=".16"')
    if rx >= 32:  # on a small fruit the grain would not be seen
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
            f"M{num(s * cos(e))} {num(s * sin(e))}L{num(m * cos(a))} {num(m * sin(a))}A{num(m)} {num(m)} 0 0 1 {num(m * cos(b))} {num(m * sin(b))}Z",
            colours[0],
            f' stroke="{colours[0]}" stroke-width="{num(r * 0.04)}" stroke-linejoin="round"',
        )
        body += line(f"M{num(m * 0.45 * cos(e))} {num(m * 0.45 * sin(e))}L{num(m * 0.82 * cos(e))} {num(m * 0.82 * sin(e))}", "#fff", r * 0.03, ' opacity=".5"')
    for i in range(pips):
        a = radians(i * 360 / pips + 15)
        body += at(r * 0.36 * cos(a), r * 0.36 * sin(a), ellipse(0, 0, r * 0.08, r * 0.045, CREAM, f' stroke="{SAND}" stroke-width="2"'), i * 360 / pips + 15)
    return at(x, y, body)


def strawberry(x: float, y: float, size: float, angle: float = 0) -> str:
    body = shape("M0 100C-60 70-92 20-84-28C-76-68-30-72 0-58C30-72 76-68 84-28C92 20 60 70 0 100Z", BERRY[0])
    body += shape("M0 100C60 70 92 20 84-28C80-52 60-64 38-64C70-20 52 50 0 100Z", BERRY[1])
    seeds = "".join(
        f"M{px} {py}l0 6"
        for px, py in ((-50, -20), (-18, -30), (18, -28), (50, -14), (-58, 14), (-30, 6), (2, 4), (34, 12), (-38, 42), (-8, 36), (24, 44), (-12, 68), (8, 76))
    )
    body += line(seeds, LEMON[0], 6)
    for a in (-158, -124, -90, -56, -22):
        body += leaf(0, -56, 52, a, width=0.34)
    return at(x, y, body + line("M0-58C-2-84 6-96 14-108", LEAF_SHADE, 8), angle, size / 100)


def pear(x: float, y: float, size: float, colours: tuple[str, str], angle: float = 0) -> str:
    body = shape("M0-110C28-110 34-70 42-40C56-6 92 14 88 62C84 108 44 122 0 122C-44 122-84 108-88 62C-92 14-56-6-42-40C-34-70-28-110 0-110Z", colours[0])
    body += shape("M12-108C30-104 36-66 42-40C56-6 92 14 88 62C84 108 44 122 0 122C-24 122-46 118-62 106C0 116 44 88 46 52C48 16 14-30 12-108Z", colours[1])
    return at(x, y, body + line("M-44 20C-58 36-62 54-58 74", "#fff", 10, ' opacity=".6"') + line("M0-110C2-126 8-136 18-144", STALK, 10), angle, size / 100)


def quince(rng: Random, x: float, y: float, size: float, angle: float = 0) -> str:
    body = shape(
        "M0-98C26-104 44-78 60-62C92-38 106 0 96 42C86 86 48 104 8 100C4 92-6 92-12 100C-56 104-92 82-98 38C-104-4-86-40-58-62C-42-78-24-102 0-98Z", QUINCE[0]
    )
    body += shape(
        "M22-98C40-90 48-74 60-62C92-38 106 0 96 42C86 86 48 104 8 100C4 92-6 92-12 100C-24 101-36 101-46 97C20 96 66 58 62 12C58-30 26-50 22-98Z", QUINCE[1]
    )
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
    stalks = line(
        f"M{num(x)} {num(y)}C{num(x - r)} {num(y + r)} {num(a)} {num(y + r * 2)} {num(a)} {num(y + r * 3)}M{num(x)} {num(y)}C{num(x + r * 0.6)} {num(y + r)} {num(b)} {num(y + r * 2)} {num(b)} {num(y + r * 2.5)}",
        LEAF_SHADE,
        r / 9,
    )
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
