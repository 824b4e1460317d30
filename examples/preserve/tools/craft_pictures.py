"""The pictures of the craft."""

from __future__ import annotations

from math import cos, radians, sin
from random import Random

from fruit import ball, leaf, pear, slice_of
from shapes import (
    APRICOT,
    BERRY,
    CHERRY,
    COPPER,
    COPPER_SHADE,
    CREAM,
    DAMSON,
    GAGE,
    HEIGHT,
    INK,
    LEAF,
    LEAF_SHADE,
    LEMON,
    ORANGE,
    PAPER,
    PLUM,
    SAGE,
    SAND,
    SEA,
    STALK,
    STEEL,
    STEEL_SHADE,
    WIDTH,
    WOOD,
    WOOD_SHADE,
    at,
    circle,
    ellipse,
    line,
    num,
    rect,
    round_speckle,
    shape,
    speckle,
)
from things import cube, dish, ground, jar, pan, shadow, spoon, steam, table


def pectin(rng: Random) -> str:
    body = (
        ground(rng, "#d8e2e4", "#bfd0d4", 520, 400, 330)
        + circle(520, 400, 290, PLUM[0])
        + circle(520, 400, 290, "none", f' stroke="{PAPER}" stroke-width="26"')
        + circle(520, 400, 306, "none", f' stroke="{INK}" stroke-width="8"')
    )
    points = [
        (300, 330),
        (390, 250),
        (510, 290),
        (620, 230),
        (720, 330),
        (690, 460),
        (560, 420),
        (430, 400),
        (330, 480),
        (420, 580),
        (560, 560),
        (650, 590),
        (470, 480),
        (600, 340),
    ]
    for a, b in (
        (0, 1),
        (1, 2),
        (2, 3),
        (3, 4),
        (4, 5),
        (5, 6),
        (6, 7),
        (7, 8),
        (8, 9),
        (9, 10),
        (10, 11),
        (11, 5),
        (12, 7),
        (12, 10),
        (13, 2),
        (13, 6),
        (0, 8),
        (13, 4),
    ):
        (x, y), (u, v) = points[a], points[b]
        body += "".join(circle(x + (u - x) * t / 5, y + (v - y) * t / 5, 12, LEMON[0] if (a + t) % 3 else APRICOT[0]) for t in range(6))
    for x, y in ((350, 400), (460, 340), (650, 400), (500, 520), (600, 500), (570, 260)):
        body += circle(x, y, 15, "#fff", ' opacity=".85"')
    body += line("M736 620L900 780", INK, 44) + line("M744 628L892 772", WOOD, 26)
    return body + shadow(1000, 730, 110) + jar(rng, 1000, 730, 230, 340, PLUM, CREAM, label=PLUM[0])


def setting_point(rng: Random) -> str:
    body = ground(rng, "#e3e6e2", "#f3cfa6", 600, 360, 300) + table(rng, 690, "#5d6b70", "#4a575c")
    body += steam(480, 280, 190) + pan(rng, 560, 700, 760, APRICOT)
    thermo = (
        rect(-26, -360, 52, 560, PAPER, 26)
        + rect(-8, -250, 16, 420, CREAM, 8)
        + rect(-8, -190, 16, 370, BERRY[0], 8)
        + circle(0, 190, 34, BERRY[0])
        + line("".join(f"M14 {y}h14" for y in range(-320, 140, 40)), INK, 4)
        + line("M-46-190H-20", INK, 8)
    )
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
    body += (
        circle(860, 330, 216, PAPER)
        + shape("M644 330A216 216 0 0 1 1076 330Z", "#6f97b5")
        + line("".join(f"M860 {y}h{60 if i % 2 == 0 else 34}" for i, y in enumerate(range(160, 510, 35))), INK, 5)
        + circle(860, 330, 216, "none", f' stroke="{INK}" stroke-width="14"')
    )
    tool = (
        rect(-40, -48, 330, 96, STEEL, 16)
        + rect(-40, 10, 330, 38, STEEL_SHADE, 16)
        + rect(290, -62, 170, 124, INK, 20)
        + rect(460, -50, 50, 100, STALK, 14)
        + shape("M-40-48L-160-10V34H-40Z", STEEL_SHADE)
        + shape("M-34-54L-160-16V-2L-34-38Z", SEA[0])
        + rect(310, -62, 18, 124, COPPER)
        + rect(340, -62, 18, 124, COPPER)
    )
    body += at(300, 420, tool, -16)
    for x, colours, s in ((250, LEMON, 1.0), (420, APRICOT, 1.15), (600, (COPPER, COPPER_SHADE), 1.3)):
        body += at(
            x,
            680,
            shape("M0-80C30-30 52-4 52 28A52 52 0 0 1-52 28C-52-4-30-30 0-80Z", colours[0])
            + shape("M0-80C30-30 52-4 52 28A52 52 0 0 1 0 80C30 40 24-20 0-80Z", colours[1])
            + line("M-28 20Q-28 44-8 54", "#fff", 8, ' opacity=".7"'),
            0,
            s,
        )
    return body


def less_sugar(rng: Random) -> str:
    body = ground(rng, "#e6e4d8", "#f2cfc8", 600, 380, 310) + table(rng, 700, "#8fa3a6", "#748a8e")
    body += (
        rect(588, 210, 24, 480, WOOD_SHADE)
        + rect(470, 672, 260, 34, WOOD, 10)
        + at(600, 220, rect(-380, -11, 760, 22, WOOD, 11) + circle(0, 0, 34, LEMON[1]), 9)
    )
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
    pot = (
        rect(-220, -380, 440, 380, STEEL, 30)
        + rect(60, -380, 160, 380, STEEL_SHADE, 30)
        + rect(-250, -440, 500, 84, STEEL_SHADE, 24)
        + rect(-250, -440, 500, 44, STEEL, 22)
        + rect(-300, -300, 90, 40, INK, 18)
        + rect(210, -300, 90, 40, INK, 18)
        + rect(-130, -478, 60, 46, INK, 12)
    )
    for x in (-210, 196):
        pot += rect(x, -462, 18, 130, INK, 8)
    gauge = (
        circle(0, 0, 84, INK)
        + circle(0, 0, 70, PAPER)
        + shape("M0 0L-14-66A68 68 0 0 1 52-44Z", SAGE)
        + line(
            "".join(
                f"M{num(58 * cos(radians(a)))} {num(58 * sin(radians(a)))}L{num(66 * cos(radians(a)))} {num(66 * sin(radians(a)))}" for a in range(140, 401, 26)
            ),
            INK,
            4,
        )
        + line("M0 0L16-52", BERRY[0], 7)
        + circle(0, 0, 9, INK)
    )
    body += at(600, 720, pot) + rect(588, 240, 24, 60, INK) + at(600, 190, gauge) + steam(360, 240, 120)
    beans = "".join(line(f"M{x} -250q10 100-4 200", LEAF_SHADE if i % 2 else LEAF, 20) for i, x in enumerate(range(-70, 80, 24)))
    body += shadow(210, 726, 120) + jar(rng, 210, 726, 220, 330, ("#c9d6ac", "#aebf8d"), STEEL_SHADE, bits=beans)
    plums = "".join(
        ball(rng, x, y, 38, PLUM, bloom=True) for x, y in ((-50, -60), (30, -70), (-10, -130), (60, -140), (-62, -150), (0, -205), (62, -210), (-60, -222))
    )
    return body + shadow(990, 726, 120) + jar(rng, 990, 726, 220, 330, ("#e5b6c2", "#cf96a8"), LEMON[1], bits=plums)


def water_bath(rng: Random) -> str:
    body = ground(rng, "#dde6e8", "#f1d9c4", 600, 300, 280) + steam(430, 200, 150) + steam(780, 200, 150)
    body += rect(130, 230, 940, 500, STEEL_SHADE, 36) + rect(150, 230, 900, 480, "#d9e7ea", 26) + rect(150, 300, 900, 410, SEA[0], 26, ' opacity=".65"')
    body += rect(40, 340, 100, 48, INK, 20) + rect(1060, 340, 100, 48, INK, 20) + rect(180, 664, 840, 16, INK, 8)
    for i, colours in enumerate((PLUM, APRICOT, BERRY, GAGE, DAMSON)):
        body += jar(rng, 270 + i * 165, 664, 138, 270, colours, LEMON[1] if i % 2 else CREAM)
    bubbles = "".join(f"M{round(170 + rng.random() * 860)} {round(310 + rng.random() * 340)}h0" for _ in range(60))
    return (
        body
        + line(bubbles, "#fff", 14, ' opacity=".7"')
        + line("M170 302q30-22 60 0t60 0t60 0t60 0t60 0t60 0t60 0t60 0t60 0t60 0t60 0t60 0t60 0t60 0", PAPER, 9)
        + rect(0, 730, WIDTH, 70, "#5d6b70")
    )


def jars(rng: Random) -> str:
    body = (
        ground(rng, "#ecdcc9", "#dcc3a5", 600, 340, 300)
        + rect(0, 640, WIDTH, 34, WOOD)
        + rect(0, 674, WIDTH, 126, WOOD_SHADE)
        + line("M0 656H1200", PAPER, 3, ' opacity=".4"')
    )
    body += (
        jar(rng, 150, 640, 190, 260, PLUM, BERRY[0], cloth=True, label=PLUM[0])
        + jar(rng, 375, 640, 170, 380, APRICOT, STEEL)
        + jar(rng, 600, 640, 230, 320, LEMON, CREAM, label=APRICOT[1])
    )
    body += line("M512 300C490 260 510 236 540 262M688 300C710 260 690 236 660 262", INK, 7)
    body += jar(rng, 830, 640, 160, 220, BERRY, LEAF_SHADE) + jar(rng, 1040, 640, 210, 420, GAGE, DAMSON[0], cloth=True, label=LEAF_SHADE)
    return body + spoon(690, 740, 380, -4)


def drying(rng: Random) -> str:
    body = (
        ground(rng, "#eadfc9", "#eadfc9")
        + rect(110, 70, 980, 660, PAPER, 14)
        + rect(140, 100, 920, 600, "#cfe0e4")
        + circle(860, 250, 104, LEMON[0])
        + shape("M140 560Q400 470 640 570T1060 530V700H140Z", SAGE)
        + shape("M140 620Q500 560 1060 640V700H140Z", LEAF)
    )
    body += rect(588, 100, 24, 600, PAPER) + rect(140, 380, 920, 22, PAPER) + speckle(rng, 120, 110, 70, 980, 660, "#fff", 0.5, 5)
    for y, sag in ((170, 60), (440, 70)):
        body += line(f"M90 {y}Q600 {y + sag * 2} 1110 {y}", STALK, 5)
        for i in range(9):
            t = (i + 0.6) / 9.2
            x, yy = 90 + 1020 * t, y + sag * 4 * t * (1 - t)
            if (i + y) % 3:
                ring = (
                    circle(0, 56, 54, BERRY[1]) + circle(0, 56, 48, CREAM) + circle(0, 56, 16, "#cfe0e4") + line("M-26 40q-8 16 0 32M26 40q8 16 0 32", SAND, 5)
                )
            else:
                ring = pear(0, 66, 52, (CREAM, SAND)) + ellipse(0, 92, 9, 14, STALK)
            body += at(x, yy, ring, (rng.random() - 0.5) * 14)
    return body + rect(80, 724, 1040, 40, WOOD, 8)


def candying(rng: Random) -> str:
    body = ground(rng, "#f5e4c6", "#f1cd92", 600, 340, 300) + table(rng, 700, "#8c6a52", "#735440")
    body += slice_of(260, 400, 150, ORANGE, 0, 10, "#f8d18a") + slice_of(560, 420, 130, (BERRY[0], CHERRY[1]), 0, 9, "#f2b7a6")
    body += (
        pear(830, 380, 140, ("#f0d684", "#d8b254"), 8)
        + ellipse(834, 450, 26, 38, STALK, ' opacity=".55"')
        + ball(rng, 1030, 470, 80, CHERRY)
        + ball(rng, 420, 490, 60, CHERRY)
    )
    rack = (
        line("M70 560H1130", STEEL_SHADE, 12)
        + line("".join(f"M{x} 560v34" for x in range(110, 1120, 40)), STEEL_SHADE, 6)
        + line("M70 594H1130M120 594V700M1080 594V700", STEEL_SHADE, 10)
    )
    drops = "".join(
        at(x, y, shape("M0-22C8-6 14 0 14 9A14 14 0 0 1-14 9C-14 0-8-6 0-22Z", LEMON[1]))
        for x, y in ((230, 640), (300, 672), (540, 650), (820, 636), (880, 676), (1020, 650))
    )
    return body + rack + drops + ellipse(560, 716, 380, 18, LEMON[1], ' opacity=".7"')


def pan_picture(rng: Random) -> str:
    body = ground(rng, "#dfe2db", "#f3d3ae", 600, 330, 300) + table(rng, 690, "#4e5f5a", "#3f4e4a") + steam(600, 240, 180)
    body += pan(rng, 600, 720, 940, APRICOT)
    for x, y in ((340, 396), (470, 414), (610, 398), (740, 414), (860, 398)):
        body += ball(rng, x, y, 54, APRICOT, 34)
    return body + spoon(1010, 200, 460, 142)
