"""The pictures of the recipes."""

from __future__ import annotations

from random import Random

from fruit import ball, blossom, branch, leaf, quince, rosehip, slice_of, strawberry, umbel
from shapes import (
    APPLE,
    APRICOT,
    BERRY,
    CHERRY,
    CREAM,
    DAMSON,
    INK,
    LEAF_SHADE,
    LEMON,
    MEDLAR,
    ORANGE,
    PAPER,
    PLUM,
    QUINCE,
    SAGE,
    SAGE_SHADE,
    SAND,
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
    shape,
    speckle,
)
from things import bottle, ground, jar, shadow, spoon, table, wedge


def damson_jam(rng: Random) -> str:
    body = ground(rng, "#ecd9d6", "#ddbcc1", 520, 360, 300) + table(rng, 640, PAPER, CREAM)
    body += shadow(470, 716, 200) + jar(rng, 470, 710, 370, 490, PLUM, DAMSON[0], cloth=True, label=DAMSON[0]) + spoon(690, 740, 420, -14)
    for x, y in ((790, 590), (900, 560), (850, 480), (1010, 600)):
        body += shadow(x, y + 80, 60) + ball(rng, x, y, 66, DAMSON, 80, (x % 5) * 9, bloom=True)
    return body + leaf(880, 420, 150, -40) + leaf(860, 430, 120, -110)


def seville_marmalade(rng: Random) -> str:
    body = ground(rng, "#f7e3bd", "#f3c87c", 520, 350, 310) + table(rng, 650, "#8d6f5a", "#755a47")
    shreds = "".join(
        line(
            f"M{round(rng.random() * 240 - 130)} {round(-330 + rng.random() * 280)}q{round(20 + rng.random() * 16)} {round(rng.random() * 40 - 20)} {round(40 + rng.random() * 30)} {round(rng.random() * 24 - 12)}",
            LEMON[0],
            10,
        )
        for _ in range(18)
    )
    body += shadow(470, 716, 200) + jar(rng, 470, 712, 370, 480, ORANGE, STEEL, bits=shreds)
    knife = rect(-180, -14, 170, 30, INK, 12) + shape("M-10-16H210Q240-10 230 18H-10Z", STEEL) + shape("M-10 4H234Q234 14 230 18H-10Z", STEEL_SHADE)
    return body + shadow(850, 690, 150) + slice_of(850, 540, 150, ORANGE, 8) + at(880, 744, knife, -5)


def strawberry_jam(rng: Random) -> str:
    body = ground(rng, "#f6ddd7", "#efb9b2", 480, 340, 290) + rect(0, 620, WIDTH, 180, PAPER)
    for x in range(0, WIDTH, 80):
        body += rect(x, 620, 40, 180, BERRY[0], 0, ' opacity=".28"')
    for y in (640, 720):
        body += rect(0, y, WIDTH, 40, BERRY[0], 0, ' opacity=".28"')
    inside = "".join(
        strawberry(x, y, 46, a)
        for x, y, a in ((-90, -90, 10), (10, -80, -20), (90, -120, 30), (-60, -200, -10), (50, -210, 14), (-110, -270, 24), (110, -250, -16))
    )
    body += shadow(440, 716, 230) + jar(rng, 440, 712, 430, 430, BERRY, CREAM, cloth=True, bits=inside)
    scone = shape("M-138 96C-158 40-150-30-118-44C-60-66 60-66 118-44C150-30 158 40 138 96Q0 112-138 96Z", "#e2b878")
    scone += shape("M40-58Q90-56 118-44C150-30 158 40 138 96Q90 104 30 106Q110 40 40-58Z", "#cf9c58") + line(
        "M-140 34Q-60 50-20 36T60 40T140 30", "#b9853f", 6, ' opacity=".6"'
    )
    scone += (
        shape("M-112-40C-130-90-60-84-50-100C-30-130 40-130 56-98C80-86 130-84 112-40C70-20 60-44 30-30C0-14-20-40-50-28C-80-18-100-24-112-40Z", "#fffaf0")
        + shape("M-70-78C-66-112 66-116 72-76C60-56 44-78 22-62C4-50-20-78-36-64C-52-52-66-62-70-78Z", BERRY[0])
        + line("M-40-84Q-20-94 0-92", "#fff", 8, ' opacity=".6"')
    )
    return body + shadow(890, 724, 190) + at(890, 626, scone) + strawberry(1080, 650, 66, 30) + leaf(690, 690, 90, -30)


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
        roll = (
            shape("M-90-78H60V78H-90Z", "#a8284a")
            + ellipse(60, 0, 46, 78, "#c9476a")
            + line("M60-54A38 54 0 1 1 40 44A26 40 0 1 1 76 22A14 22 0 1 1 54-10", PLUM[1], 7)
            + rect(-40, -80, 22, 160, SAND)
            + line("M-30-80q-30-30-46-8q10 20 46 8q30-34 50-10q-14 22-50 10", SAND, 7)
            + line("M-76-50V50", "#fff", 9, ' opacity=".35"')
        )
        body += shadow(x, y + 82, 110) + at(x, y, roll)
    return (
        body
        + shadow(930, 724, 110)
        + ball(rng, 930, 610, 110, PLUM, bloom=True)
        + shadow(1090, 724, 80)
        + ball(rng, 1080, 650, 76, PLUM, bloom=True)
        + leaf(940, 500, 150, -50)
    )


def candied_peel(rng: Random) -> str:
    body = ground(rng, "#f6e7c9", "#f4cf98", 600, 340, 300) + table(rng, 690, "#7f8f8a", "#697873")
    body += (
        shape("M200 470H1000L950 720H250Z", PAPER)
        + shape("M200 470H1000L985 546H215Z", CREAM)
        + shape("M240 470L300 330 420 420 520 310 640 410 760 300 860 420 950 340 970 470Z", "#fff")
    )
    for i in range(13):
        x, a = 270 + i * 54, -24 + rng.random() * 48
        strip = shape("M-20 150Q-36 0-14-150Q0-164 16-150Q2 0 20 150Q0 164-20 150Z", ORANGE[0]) + shape(
            "M4 156Q-10 0 4-158Q12-156 16-150Q2 0 20 150Q12 156 4 156Z", ORANGE[1]
        )
        if i % 2:
            strip += shape("M-26 20Q-30-70-14-150Q0-164 16-150Q6-70 8 20Q-10 34-26 20Z", "#4a2a22")
        strip += speckle(rng, 12, -16, -130, 26, 270, "#fff", 0.8, 5)
        body += at(x, 430 + (i % 3) * 14, strip, a)
    body += shape("M216 540H984L950 720H250Z", PAPER) + shape("M600 540H984L950 720H600Z", CREAM) + line("M600 540V720", BERRY[0], 22)
    return body + at(
        600, 560, shape("M0 0C-80-70-150-40-120 10C-100 40-40 30 0 0C80-70 150-40 120 10C100 40 40 30 0 0Z", BERRY[0]) + circle(0, 0, 20, BERRY[1])
    )


def apple_chutney(rng: Random) -> str:
    body = ground(rng, "#e6dfcc", "#d3c49c", 460, 340, 300) + table(rng, 650, "#7a4f3a", "#633d2b")
    bits = "".join(
        rect(round(rng.random() * 200 - 120), round(-370 + rng.random() * 320), 40, 30, (SAND, MEDLAR[0], QUINCE[1])[i % 3], 9, ' opacity=".8"')
        for i in range(20)
    )
    body += shadow(380, 720, 180) + jar(rng, 380, 716, 310, 520, (MEDLAR[1], "#6b4021"), LEAF_SHADE, bits=bits, label=LEAF_SHADE)
    body += (
        rect(560, 690, 560, 44, WOOD, 18)
        + wedge(600, 610, 150)
        + ball(rng, 990, 590, 104, APPLE)
        + circle(950, 620, 50, LEMON[0], ' opacity=".35"')
        + line("M990 494Q994 460 1016 444", STALK, 9)
        + leaf(1000, 470, 110, -20)
    )
    for x, a in ((600, 14), (690, -8), (780, 10)):
        body += at(x, 770, ellipse(0, 0, 44, 22, "#5a3020") + line("M-26-6Q0-14 26-4", "#8a5a3e", 5), a)
    return body


def preserved_lemons(rng: Random) -> str:
    body = ground(rng, "#e7ebdc", "#f3e39c", 600, 350, 310) + table(rng, 660, "#88a4a8", "#6d8b90")
    inside = (
        "".join(
            slice_of(x, y, 58, LEMON, 0, 8) if i % 2 else ball(rng, x, y, 66, LEMON, 56, i * 23)
            for i, (x, y) in enumerate(
                ((-100, -90), (10, -86), (110, -110), (-70, -200), (60, -210), (-110, -300), (10, -320), (112, -310), (-50, -400), (70, -410))
            )
        )
        + leaf(-130, -140, 120, -70, (SAGE, SAGE_SHADE), 0.3)
        + leaf(120, -180, 120, -100, (SAGE, SAGE_SHADE), 0.3)
    )
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
            body += ball(rng, x + jitter, y, 47, ("#c4454f", "#9c2b3c"), 40, jitter) + line(
                f"M{num(x + jitter - 20)} {y - 4}q10 14 0 26M{num(x + jitter + 2)} {y - 18}q14 18 4 36", "#8a2233", 5, ' opacity=".7"'
            )
    for x, a in ((150, 20), (1040, 160), (960, 200)):
        body += leaf(x, 730 if x < 500 else 740, 130, a - 180 if x > 500 else a - 40, (PLUM[0], PLUM[1]), 0.6)
    return body + blossom(180, 180, 60, "#f7c9c9", LEMON[0]) + blossom(270, 250, 40, "#f7c9c9", LEMON[0]) + branch("M-20 260C80 240 120 180 150 120", 12)


def elderflower_cordial(rng: Random) -> str:
    body = ground(rng, "#d9e4d3", "#bdd0b1", 520, 360, 300) + table(rng, 670, "#e9dcc0", "#d2c09a")
    body += (
        leaf(780, 420, 260, 20)
        + leaf(760, 430, 240, 70)
        + leaf(740, 420, 200, 140)
        + umbel(780, 230, 210, 320)
        + umbel(1010, 400, 140, 240)
        + umbel(230, 300, 150, 330)
        + leaf(230, 560, 190, -150)
        + leaf(230, 560, 170, -30)
    )
    return (
        body
        + shadow(510, 726, 120)
        + bottle(510, 722, 210, 560, ("#f0e7ad", "#dccf85"), STALK, LEAF_SHADE)
        + shadow(790, 730, 110)
        + slice_of(790, 640, 96, LEMON, 4)
    )


def rosehip_syrup(rng: Random) -> str:
    body = ground(rng, "#e9ddd3", "#ebc4b4", 560, 340, 300) + table(rng, 670, "#a9b5ae", "#8b9991")
    body += branch("M1220 40C960 40 760 120 640 330", 14)
    for x, y, a in ((1060, 56, 60), (960, 76, -80), (860, 120, 140), (760, 180, -30), (690, 250, 170)):
        body += leaf(x, y, 130, a) + leaf(x, y, 100, a + 50)
    body += rosehip(rng, 1040, 250, 92, -6) + rosehip(rng, 880, 300, 104, 6) + rosehip(rng, 740, 420, 90, 10) + rosehip(rng, 1010, 450, 80, 12)
    body += shadow(400, 726, 150) + bottle(400, 722, 270, 500, CHERRY, PAPER, CHERRY[0]) + spoon(600, 730, 330, -10, (STEEL, STEEL_SHADE))
    return body + ellipse(880, 680, 40, 17, BERRY[0])
