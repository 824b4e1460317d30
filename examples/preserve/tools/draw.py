"""Draws the pictures of Preserve: `python tools/draw.py [FOLDER]`.

Every picture is made of a few parts (fruit, leaves, jars, tables) in one palette, with
speckles from a seeded generator, so that the same bytes come out on every machine. The
standard library is enough. FOLDER is the site's, by default the one above this file.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

from craft_pictures import acid, botulism, brix, candying, drying, jars, less_sugar, pan_picture, pectin, setting_point, water_bath
from fruit_pictures import (
    apricot,
    blackcurrant,
    cherry,
    crab_apple,
    damson,
    greengage,
    kumquat,
    medlars,
    pith,
    quinces,
    sea_buckthorn,
    seville,
    strawberry_picture,
)
from other_pictures import candied_slice, gel, kitchen, lost, season, steps, sugar_bowl
from pixels import card, icon
from recipe_pictures import (
    apple_chutney,
    candied_peel,
    damson_jam,
    elderflower_cordial,
    membrillo,
    plum_leather,
    preserved_lemons,
    rosehip_syrup,
    seville_marmalade,
    strawberry_jam,
    umeboshi,
)
from shapes import HEIGHT, WIDTH, Draw
from story_pictures import appert, marmalade_ship, sugar, village_hall

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


def render(name: str, draw: Draw, height: int = HEIGHT) -> str:
    """The picture `name` as an SVG document."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">{draw(Random(name))}</svg>\n'


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
