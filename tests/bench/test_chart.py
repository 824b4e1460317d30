"""The chart of a result."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

from bench.chart import Bars, read_bars, render_chart
from bench.report import Report, Table, render_json

COLD = Table(
    "9 posts, cold; ratios are to Hugo",
    ("", "wall s", "ratio"),
    (("Hugo", 4.0, 1.0), ("A & B", 1.0, 0.25)),
)
AGAIN = Table(
    "9 posts, one body edited; ratios are to Hugo",
    ("", "CPU s", "wall s", "ratio"),
    (("Hugo", 5.0, 3.0, 1.0), ("A & B", 0.5, 0.5, 0.2)),
)


def test_each_step_of_each_site_is_a_chart_of_wall_times() -> None:
    result = json.loads(render_json([Report("build", (COLD, AGAIN), ())]))
    assert list(read_bars(result)) == [
        Bars("9 posts, cold: seconds", [("Hugo", 4.0), ("A & B", 1.0)]),
        Bars("9 posts, one body edited: seconds", [("Hugo", 3.0), ("A & B", 0.5)]),
    ]


def test_bars_are_as_long_as_their_figures_say() -> None:
    drawn = ET.fromstring(render_chart([Bars("x", [("Hugo", 4.0), ("A & B", 1.0)])]))
    _, longest, short = drawn.iter("{http://www.w3.org/2000/svg}rect")
    assert int(longest.attrib["width"]) == 4 * int(short.attrib["width"])
    assert "A & B" in "".join(drawn.itertext())
