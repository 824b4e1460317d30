"""The pictures of pages that are no articles, and the figures inside some that are."""

from __future__ import annotations

from math import cos, radians, sin
from random import Random

from fruit import ball, leaf, slice_of
from shapes import (
    APPLE,
    APRICOT,
    BERRY,
    CHERRY,
    CREAM,
    CURRANT,
    DAMSON,
    GAGE,
    INK,
    LEMON,
    MEDLAR,
    ORANGE,
    PAPER,
    PLUM,
    QUINCE,
    SAND,
    SEA,
    STEEL,
    WIDTH,
    WOOD,
    WOOD_SHADE,
    circle,
    ellipse,
    line,
    num,
    rect,
    shape,
    speckle,
)
from things import dish, ground, jar, pan, shadow, spoon, steam, table


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
        2: (
            "M850 100Q980 190 1130 110",
            "M850 240Q980 190 1140 250",
            "M850 390Q990 270 1140 370",
            "M900 70Q920 240 890 420",
            "M1010 70Q980 230 1010 420",
            "M1100 80Q1110 260 1080 420",
        ),
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
    body = (
        rect(0, 0, 1200, 640, "#dcd8d2")
        + circle(600, 320, 270, "#c8cdd8")
        + speckle(rng, 120, 0, 0, 1200, 640, "#fff", 0.5, 5)
        + rect(0, 540, 1200, 100, "#6d5a57")
        + ellipse(600, 580, 280, 28, INK, ' opacity=".2"')
    )
    body += (
        ellipse(600, 190, 270, 46, SAND)
        + shape("M360 184C430 90 770 90 840 184C770 216 430 216 360 184Z", "#fff")
        + shape("M330 190C330 430 440 520 500 550V570H700V550C760 520 870 430 870 190C760 240 440 240 330 190Z", PAPER)
    )
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
        body += (
            line(f"M110 {num(y)}H1160", SAND, 3)
            + f'<text x="92" y="{num(y + 9)}" font-family="Georgia, serif" font-size="27" text-anchor="end" fill="{INK}">{brix_}</text>'
        )
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
    return (
        body
        + speckle(rng, 130, 340, 60, 520, 520, "#fff", 0.7, 6)
        + line("M160 120L330 210M120 330H300M170 540L330 440M1040 120L870 210M1080 330H900M1030 540L870 440", LEMON[1], 9, ' stroke-dasharray="2 22"')
    )
