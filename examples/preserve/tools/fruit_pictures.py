"""The portraits of fruit."""

from __future__ import annotations

from math import cos, radians, sin
from random import Random

from fruit import ball, blossom, branch, cherries, leaf, medlar, quince, slice_of, spike, strawberry, string_of
from shapes import (
    APPLE,
    APRICOT,
    BERRY,
    CHERRY,
    COPPER,
    COPPER_SHADE,
    CREAM,
    CURRANT,
    DAMSON,
    GAGE,
    INK,
    LEAF_SHADE,
    LEMON,
    MEDLAR,
    ORANGE,
    PAPER,
    QUINCE,
    ROSE,
    SAGE,
    SAGE_SHADE,
    SAND,
    SEA,
    STALK,
    WIDTH,
    WOOD_SHADE,
    at,
    circle,
    ellipse,
    line,
    rect,
    round_speckle,
    shape,
)
from things import dish, ground, jar, shadow, table


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
    body += (
        shadow(430, 640, 210)
        + ball(rng, 430, 440, 200, APRICOT, 205)
        + line("M400 242C330 330 330 520 410 638", APRICOT[1], 9, ' opacity=".8"')
        + circle(320, 480, 70, BERRY[0], ' opacity=".22"')
    )
    half = (
        circle(0, 0, 170, APRICOT[1])
        + circle(0, 0, 158, "#f6bb62")
        + ellipse(0, 0, 72, 92, MEDLAR[1])
        + ellipse(-6, -6, 58, 78, MEDLAR[0])
        + line("M-24-50Q-50 0-20 50M8-60Q-8 0 12 60", MEDLAR[1], 6)
    )
    body += shadow(800, 660, 180) + at(800, 500, half, 10)
    for x, y, a in ((1010, 660, -30), (1090, 610, 20)):
        body += shadow(x, y + 36, 50) + at(
            x, y, shape("M0-56C44-30 44 36 0 50C-44 36-44-30 0-56Z", CREAM) + shape("M0-56C44-30 44 36 0 50C20 10 20-20 0-56Z", SAND), a
        )
    return body


def cherry(rng: Random) -> str:
    body = ground(rng, "#f3d6cf", "#e9b5b1", 600, 420, 310)
    body += branch("M-20 90C300 130 700 40 1220 110", 20)
    for x, a, n in ((260, 150, 200), (330, 60, 170), (560, 130, 190), (690, 40, 190), (930, 140, 190), (1010, 50, 180)):
        body += leaf(x, 96, n, a)
    return body + cherries(rng, 300, 110, 88) + cherries(rng, 640, 90, 108) + cherries(rng, 970, 100, 92)


def greengage(rng: Random) -> str:
    body = ground(rng, "#e6e6c2", "#d2d59b", 560, 400, 310)
    body += (
        branch("M-20 60C200 150 460 110 760 70", 18) + leaf(240, 116, 210, 140) + leaf(420, 116, 210, 40) + leaf(600, 92, 190, 110) + leaf(140, 100, 160, -60)
    )
    body += line("M330 120q6 60 0 110M560 100q10 90 0 170", STALK, 9)
    body += (
        ball(rng, 330, 380, 150, GAGE, bloom=True)
        + ball(rng, 590, 430, 166, GAGE, bloom=True)
        + shadow(380, 690, 150)
        + ball(rng, 380, 600, 130, GAGE, bloom=True)
    )
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
        angle = radians(72 * i - 90)
        cut += at(36 * cos(angle), 36 * sin(angle), ellipse(0, 0, 13, 7, STALK), 72 * i - 90)
    return body + at(300, 590, cut) + blossom(180, 210, 66, ROSE[0], LEMON[0]) + blossom(280, 160, 42, ROSE[0], LEMON[0])


def medlars(rng: Random) -> str:
    body = ground(rng, "#e5dcc8", "#cdbf9f", 620, 380, 310)
    straw = "".join(
        f"M{round(rng.random() * 1160)} {round(610 + rng.random() * 170)}l{round(60 + rng.random() * 120)} {round(rng.random() * 60 - 30)}" for _ in range(90)
    )
    body += rect(0, 620, WIDTH, 180, SAND) + line(straw, LEMON[1], 7, ' opacity=".75"') + line(straw, CREAM, 3, ' transform="translate(20 -8)"')
    body += (
        leaf(860, 190, 280, 150, (APRICOT[1], COPPER_SHADE))
        + leaf(900, 180, 240, 60, (COPPER, COPPER_SHADE))
        + branch("M1220 100C1100 180 980 150 860 190", 18)
    )
    body += medlar(rng, 330, 520, 160, -12) + medlar(rng, 640, 480, 190, 6) + medlar(rng, 920, 560, 150, 24)
    return body + line(straw, CREAM, 5, ' transform="translate(-60 60)"')


def crab_apple(rng: Random) -> str:
    body = ground(rng, "#dfe5d8", "#f0d5c6", 480, 360, 290) + table(rng, 660, "#c9a27a", "#a9805a")
    body += branch("M-20 90C180 150 360 90 600 140", 16)
    for x, y, a in ((120, 116, 120), (250, 120, -60), (400, 112, 60), (520, 124, -40), (330, 112, 130)):
        body += leaf(x, y, 170, a)
    for x, y, r in ((170, 330, 62), (290, 290, 70), (410, 340, 66), (520, 280, 62), (350, 450, 60), (230, 450, 56)):
        body += (
            line(f"M{x} {y - r + 6}Q{x + 10} {y - 120} {x + 30} 120", LEAF_SHADE, 7)
            + ball(rng, x, y, r, APPLE)
            + circle(x - r * 0.3, y + r * 0.35, r * 0.42, LEMON[0], ' opacity=".4"')
        )
    return (
        body
        + shadow(820, 720, 190)
        + jar(rng, 820, 720, 330, 470, ("#e58d8a", "#cf6d70"), CREAM, cloth=True, label=CHERRY[0])
        + shadow(1070, 724, 70)
        + ball(rng, 1070, 660, 66, APPLE)
    )


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
    body += strawberry(400, 350, 170, 8) + strawberry(740, 370, 210, -8) + shadow(1010, 690, 110) + strawberry(1000, 590, 120, 24)
    cut = (
        shape("M0 100C-60 70-92 20-84-28C-76-68-30-72 0-58C30-72 76-68 84-28C92 20 60 70 0 100Z", BERRY[1])
        + shape("M0 84C-50 58-76 16-70-26C-62-56-28-58 0-46C28-58 62-56 70-26C76 16 50 58 0 84Z", "#f08a83")
        + shape("M0 56C-26 30-30-2 0-26C30-2 26 30 0 56Z", CREAM)
    )
    return body + shadow(230, 714, 120) + at(230, 600, cut, -14, 1.3) + blossom(560, 610, 72) + blossom(460, 690, 46)
