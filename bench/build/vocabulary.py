"""The words that the posts are made of."""

from __future__ import annotations

NOUNS = tuple(
    """
    apple apricot autumn basket berry blossom bottle bowl branch bread butter cellar cherry
    cinnamon citrus clove cloth copper core cork crock cupboard damson evening fig flavour
    flower fruit funnel garden ginger glass grape greengage hand harvest heat hedge honey jar
    jelly juice kernel kettle kitchen label ladle larder leaf lemon lid market marmalade medlar
    mint morning muslin nutmeg orange orchard oven pan peach pear pectin peel pepper pip plum
    quince raspberry recipe root rose salt saucepan scale seal season seed shelf skin slice
    spice spoon stalk steam stone sugar summer syrup table tart thermometer thyme tray tree
    vanilla vinegar water wax winter wood zest
    """.split()  # noqa: SIM905 - a paragraph of words reads better than a list of strings
)
VERBS = tuple(
    """
    boils bubbles clears cools drains dries fills floats gathers gives holds keeps lasts leaves
    lifts meets melts needs rests ripens rises sets settles simmers skims softens sparkles
    spoils steeps stirs sweetens takes thickens tightens turns waits wants warms
    """.split()  # noqa: SIM905 - a paragraph of words reads better than a list of strings
)
ADJECTIVES = tuple(
    """
    amber bitter bright bruised clean clear cold crisp dark deep dry early even fragrant fresh
    gentle golden green heavy high late light low old pale plain quick quiet red ripe rough
    sharp short slow small soft sour steady sterile sticky sweet tall thick thin warm wide wild
    """.split()  # noqa: SIM905 - a paragraph of words reads better than a list of strings
)
JOINTS = ("and", "but", "because", "while", "until", "so that", "before", "when")
TAGS = tuple(f"{ADJECTIVES[n % len(ADJECTIVES)]}-{NOUNS[n]}" for n in range(50))
