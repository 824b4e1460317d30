"""Jars, pans, tables and what stands on them."""

from __future__ import annotations

from random import Random

from shapes import (
    COPPER,
    COPPER_SHADE,
    CREAM,
    HEIGHT,
    INK,
    LEMON,
    PAPER,
    SAND,
    STALK,
    WIDTH,
    WOOD,
    WOOD_SHADE,
    at,
    circle,
    ellipse,
    line,
    num,
    rect,
    shape,
    speckle,
)


def cloth_lid(w: float, colour: str, check: str = PAPER) -> str:
    """A cloth tied over a jar whose mouth is `w` wide, above y = 0."""
    h = w / 2
    top = f"M{num(-h - 12)} 4C{num(-h - 8)}-44 {num(-h + 6)}-58 {num(-h + 30)}-60H{num(h - 30)}C{num(h - 6)}-58 {num(h + 8)}-44 {num(h + 12)} 4Z"
    skirt = f"M{num(-h - 12)} 2L{num(-h - 30)} 46"
    count = 7
    step = (w + 60) / count
    for _ in range(count):
        skirt += f"q{num(step / 2)} 26 {num(step)} 0"
    skirt += f"L{num(h + 12)} 2Z"
    dots = "".join(f"M{num(-h + 14 + i * (w - 28) / 6)} {-18 if i % 2 else -40}h0M{num(-h + 4 + i * (w - 8) / 6)} {30 if i % 2 else 22}h0" for i in range(7))
    return (
        shape(top, colour)
        + shape(skirt, colour)
        + line(dots, check, 11)
        + line(f"M{num(-h - 14)} 4H{num(h + 14)}", INK, 6, ' opacity=".55"')
        + line(f"M{num(h - 26)} 6q18 24 36 20M{num(h - 26)} 6q4 30-10 44", INK, 5, ' opacity=".55"')
    )


def jar(
    rng: Random, x: float, y: float, w: float, h: float, colours: tuple[str, str], lid: str = PAPER, cloth: bool = False, label: str = "", bits: str = ""
) -> str:
    """A jar whose foot stands at (x, y). `bits` floats in it, in its own coordinates."""
    half, neck = w / 2, w * 0.40
    body = shape(
        f"M{num(-half)} {num(-h + 56)}Q{num(-half)} {num(-h + 16)} {num(-neck)} {num(-h)}H{num(neck)}Q{num(half)} {num(-h + 16)} {num(half)} {num(-h + 56)}V-26Q{num(half)} 0 {num(half - 26)} 0H{num(-half + 26)}Q{num(-half)} 0 {num(-half)}-26Z",
        "#fff",
        ' opacity=".62"',
    )
    fill = f"M{num(-half + 12)} {num(-h + 66)}H{num(half - 12)}V-30Q{num(half - 12)}-12 {num(half - 30)}-12H{num(-half + 30)}Q{num(-half + 12)}-12 {num(-half + 12)}-30Z"
    body += shape(fill, colours[0])
    body += shape(
        f"M{num(half * 0.42)} {num(-h + 66)}H{num(half - 12)}V-30Q{num(half - 12)}-12 {num(half - 30)}-12H{num(half * 0.2)}Q{num(half * 0.5)}-90 {num(half * 0.42)} {num(-h + 66)}Z",
        colours[1],
    )
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
    body = shape(d, colours[0]) + shape(
        f"M{num(half * 0.36)} {num(-h * 0.6)}Q{num(half)} {num(-h * 0.6)} {num(half)} {num(-h * 0.52)}V-22Q{num(half)} 0 {num(half - 22)} 0H{num(half * 0.1)}Q{num(half * 0.6)} {num(-h * 0.3)} {num(half * 0.36)} {num(-h * 0.6)}Z",
        colours[1],
    )
    body += rect(-neck - 4, -h - 34, neck * 2 + 8, 46, cap, 6) + line(f"M{num(-half + 20)} {num(-h * 0.5)}V-40", "#fff", 10, ' opacity=".55"')
    if label:
        body += (
            rect(-half * 0.66, -h * 0.42, half * 1.32, h * 0.26, PAPER, 6)
            + rect(-half * 0.66 + 7, -h * 0.42 + 7, half * 1.32 - 14, h * 0.26 - 14, "none", 3, f' stroke="{label}" stroke-width="3"')
            + circle(0, -h * 0.31, half * 0.16, label)
            + line(f"M{num(-half * 0.34)} {num(-h * 0.22)}h{num(half * 0.68)}", label, 5)
        )
    return at(x, y, body)


def spoon(x: float, y: float, length: float, angle: float, colours: tuple[str, str] = (WOOD, WOOD_SHADE)) -> str:
    body = (
        rect(0, -8, length * 0.75, 16, colours[0], 8)
        + ellipse(length * 0.86, 0, length * 0.16, length * 0.1, colours[0])
        + ellipse(length * 0.87, 3, length * 0.12, length * 0.065, colours[1])
    )
    return at(x, y, body, angle)


def pan(rng: Random, x: float, y: float, w: float, colours: tuple[str, str], metal: tuple[str, str] = (COPPER, COPPER_SHADE)) -> str:
    """A wide pan on its foot at (x, y), full to sight."""
    h, half = w * 0.34, w / 2
    body = line(
        f"M{num(-half + 10)} {num(-h + 10)}C{num(-half * 0.9)} {num(-h - w * 0.42)} {num(half * 0.9)} {num(-h - w * 0.42)} {num(half - 10)} {num(-h + 10)}",
        metal[1],
        14,
    )
    body += shape(
        f"M{num(-half)} {num(-h)}L{num(-half * 0.82)} {num(-20)}Q{num(-half * 0.8)} 0 {num(-half * 0.74)} 0H{num(half * 0.74)}Q{num(half * 0.8)} 0 {num(half * 0.82)}-20L{num(half)} {num(-h)}Z",
        metal[0],
    )
    body += shape(
        f"M{num(half * 0.4)} {num(-h)}H{num(half)}L{num(half * 0.82)}-20Q{num(half * 0.8)} 0 {num(half * 0.74)} 0H{num(half * 0.1)}Q{num(half * 0.5)} {num(-h * 0.4)} {num(half * 0.4)} {num(-h)}Z",
        metal[1],
    )
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
    return (
        shape(f"M{num(x)} {num(y)}l{num(s)} {num(-s * 0.4)} {num(s)} {num(s * 0.4)} {num(-s)} {num(s * 0.4)}Z", "#fff")
        + shape(f"M{num(x)} {num(y)}l{num(s)} {num(s * 0.4)}v{num(s)}l{num(-s)} {num(-s * 0.4)}Z", CREAM)
        + shape(f"M{num(x + 2 * s)} {num(y)}l{num(-s)} {num(s * 0.4)}v{num(s)}l{num(s)} {num(-s * 0.4)}Z", SAND)
    )


def dish(x: float, y: float, w: float, colours: tuple[str, str] = (PAPER, SAND)) -> str:
    half = w / 2
    return (
        ellipse(x, y, half, w * 0.1, colours[1])
        + shape(
            f"M{num(x - half)} {num(y)}C{num(x - half * 0.8)} {num(y + w * 0.34)} {num(x + half * 0.8)} {num(y + w * 0.34)} {num(x + half)} {num(y)}Z",
            colours[0],
        )
        + shape(
            f"M{num(x + half * 0.3)} {num(y + w * 0.1)}Q{num(x + half * 0.8)} {num(y + w * 0.08)} {num(x + half)} {num(y)}C{num(x + half * 0.84)} {num(y + w * 0.26)} {num(x + half * 0.3)} {num(y + w * 0.27)} {num(x)} {num(y + w * 0.255)}Q{num(x + half * 0.3)} {num(y + w * 0.2)} {num(x + half * 0.3)} {num(y + w * 0.1)}Z",
            colours[1],
        )
    )


def wedge(x: float, y: float, s: float) -> str:
    """A piece of cheese."""
    return (
        shape(f"M{num(x)} {num(y)}l{num(s)} {num(-s * 0.42)} {num(s * 0.75)} {num(s * 0.3)}v{num(s * 0.5)}H{num(x)}Z", CREAM)
        + shape(f"M{num(x)} {num(y)}H{num(x + s * 1.75)}v{num(s * 0.38)}H{num(x)}Z", LEMON[0])
        + shape(f"M{num(x)} {num(y)}l{num(s)} {num(-s * 0.42)} {num(s * 0.75)} {num(s * 0.3)}v{num(s * 0.12)}Z", CREAM)
        + circle(x + s * 0.5, y + s * 0.2, s * 0.07, LEMON[1])
        + circle(x + s * 1.2, y + s * 0.24, s * 0.1, LEMON[1])
    )
