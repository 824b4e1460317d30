"""The pictures of the stories."""

from __future__ import annotations

from math import pi, sin
from random import Random

from fruit import ball, slice_of
from shapes import (
    APRICOT,
    BERRY,
    CHERRY,
    CREAM,
    GAGE,
    INK,
    LEAF,
    LEAF_SHADE,
    LEMON,
    ORANGE,
    PAPER,
    PLUM,
    QUINCE,
    SAGE,
    SAND,
    SEA,
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
)
from things import cube, ground, shadow, table


def appert(rng: Random) -> str:
    body = ground(rng, "#e2ddd0", "#cfc6b0", 560, 320, 290) + table(rng, 650, "#7b5a44", "#644636")
    for x, h, colours in ((170, 430, (LEAF, LEAF_SHADE)), (360, 480, CHERRY), (550, 450, APRICOT)):
        glass = shape(
            f"M-40 {-h}H40V{-h + 90}C40 {-h + 150} 92 {-h + 150} 92 {-h + 220}V-20Q92 0 72 0H-72Q-92 0-92-20V{-h + 220}C-92 {-h + 150}-40 {-h + 150}-40 {-h + 90}Z",
            "#9fb39a",
            ' opacity=".8"',
        )
        count = 0
        for row in range(4):
            for col in range(3):
                count += 1
                glass += ball(rng, -54 + col * 54 + (row % 2) * 6, -40 - row * 52, 28, colours)
        glass += (
            rect(-34, -h - 44, 68, 70, WOOD, 8)
            + line(f"M-44 {-h + 12}H44M-44 {-h + 26}H44M-30 {-h + 20}Q0 {-h - 84} 30 {-h + 20}", INK, 5)
            + line(f"M-66 {-h + 240}V-50", "#fff", 10, ' opacity=".5"')
        )
        body += shadow(x, 710, 100) + at(x, 710, glass)
    book = (
        shape("M0 0C-80-40-190-44-280-14V200C-190 170-80 176 0 214C80 176 190 170 280 200V-14C190-44 80-40 0 0Z", PAPER)
        + shape("M0 0C80-40 190-44 280-14V200C190 170 80 176 0 214Z", CREAM)
        + line("M0 0V214", SAND, 5)
    )
    for i in range(5):
        book += line(f"M-240 {30 + i * 30}q110-26 200 4M40 {34 + i * 30}q90-30 200-4", INK, 4, ' opacity=".45"')
    return body + shadow(880, 720, 300) + at(880, 510, shape("M-294 0V222C-190 190-70 200 0 236C70 200 190 190 294 222V0Z", CHERRY[1]) + book)


def marmalade_ship(rng: Random) -> str:
    body = ground(rng, "#f6e0bb", "#f6e0bb") + slice_of(840, 270, 190, ORANGE, 0, 11)
    body += rect(0, 520, WIDTH, 280, "#5d8794")
    hull = (
        shape("M-300-90H300C280 20 220 70 160 80H-170C-240 60-290 0-300-90Z", STALK)
        + rect(-310, -116, 620, 34, WOOD, 10)
        + rect(-8, -520, 18, 410, WOOD_SHADE)
        + rect(-190, -400, 14, 290, WOOD_SHADE)
        + rect(190, -380, 14, 270, WOOD_SHADE)
    )
    hull += (
        shape("M14-500C140-450 170-330 130-230H14Z", PAPER)
        + shape("M14-500C140-450 170-330 130-230H90C120-330 100-440 14-500Z", CREAM)
        + shape("M-10-470C-120-420-160-330-130-230H-10Z", CREAM)
        + shape("M-196-390C-280-350-300-270-280-210H-196Z", PAPER)
        + shape("M208-370C290-330 300-260 280-200H208Z", PAPER)
        + shape("M10-520L80-500 10-480Z", BERRY[0])
    )
    for x in range(-210, 230, 70):
        hull += ellipse(x, -124, 34, 12, SAND) + rect(x - 34, -124, 68, 30, CREAM) + ellipse(x, -126, 26, 8, QUINCE[1])
    body += at(460, 560, hull, -3)
    for row, y in enumerate((590, 650, 710, 770)):
        d = f"M{-60 + (row % 2) * 40} {y}" + "q40-34 80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0"
        body += shape(d + "V830H-60Z", ("#5d8794", "#517a88", "#466d7b", "#3b606e")[row]) + line(d, PAPER, 6, ' opacity=".5"')
    return body + line("M150 170q30-26 52 0q24-26 54 0M300 110q22-20 40 0q18-20 42 0", INK, 7)


def village_hall(rng: Random) -> str:
    body = ground(rng, "#d5e0e0", "#f5e2b8", 980, 190, 110) + shape("M0 560Q300 470 640 540T1200 500V800H0Z", SAGE) + rect(0, 680, WIDTH, 120, LEAF)
    body += (
        rect(240, 360, 720, 330, "#cf9a7c")
        + shape("M200 370L600 130 1000 370Z", "#7a5a52")
        + rect(470, 440, 260, 250, INK)
        + circle(600, 290, 46, PAPER)
        + line("M600 290V262M600 290L620 304", INK, 6)
    )
    for x in (290, 800):
        body += rect(x, 440, 120, 130, LEMON[0], 6) + line(f"M{x + 60} 440v130M{x} 505h120", PAPER, 8)
    bricks = "".join(f"M{round(260 + rng.random() * 660)} {round(390 + rng.random() * 280)}h34" for _ in range(26))
    body += (
        line(bricks, "#b57f63", 6)
        + rect(470, 440, 260, 250, "#4a333b")
        + rect(486, 590, 228, 16, WOOD)
        + rect(500, 606, 10, 84, WOOD_SHADE)
        + rect(690, 606, 10, 84, WOOD_SHADE)
    )
    for i, colours in enumerate((PLUM, BERRY, APRICOT, PLUM, GAGE)):
        x = 496 + i * 44
        body += (
            rect(x, 540, 34, 50, colours[0], 6)
            + rect(x + 20, 540, 14, 50, colours[1], 6)
            + rect(x + 2, 530, 30, 12, CREAM, 3)
            + rect(x + 6, 558, 16, 14, PAPER, 2)
        )
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
    loaf = (
        shape("M0-420C60-410 130-100 150 0H-150C-130-100-60-410 0-420Z", "#fff")
        + shape("M20-416C80-380 134-100 150 0H40C90-120 70-330 20-416Z", CREAM)
        + shape("M-150 0C-140-60-120-140-104-190C-40-160 40-160 104-190C120-140 140-60 150 0Z", "#476a96")
        + shape("M60-172C78-176 92-182 104-190C120-140 140-60 150 0H60Z", "#385680")
        + line("M-128-94Q0-60 128-94", SAND, 7)
    )
    body += shadow(380, 710, 190) + at(380, 710, loaf)
    bowl = (
        ellipse(0, -200, 150, 26, SAND)
        + shape("M-150-200C-150-60-90-20-60-10V0H60V-10C90-20 150-60 150-200Z", PAPER)
        + shape("M70-180Q140-186 150-200C150-60 90-20 60-10V0H0C80-30 100-100 70-180Z", CREAM)
        + shape("M-130-206C-80-260 80-260 130-206C80-190-80-190-130-206Z", "#fff")
        + line("M-90-120q90 30 170 0M-70-90q70 24 136 0M-52-62q52 16 100 0", "#476a96", 7)
    )
    body += shadow(780, 716, 160) + at(780, 716, bowl)
    for x, y in ((960, 660), (1030, 690), (990, 620)):
        body += cube(x, y, 34)
    return body
