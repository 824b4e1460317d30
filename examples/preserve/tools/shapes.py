"""Paths, circles and grain, and the palette that everything shares."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin
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
    return f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{num(width)}" stroke-linecap="round" stroke-linejoin="round"{extra}/>'


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
