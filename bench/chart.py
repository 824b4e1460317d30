"""`python -m bench.chart RESULT.json CHART.svg`: the tables of `bench.build --json` as bars."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

_WIDTH, _LABELS, _FIGURES = 760, 170, 70
_BAR, _GAP, _TITLE = 16, 8, 34
_COLOURS = ("#8a8f98", "#c98a2b", "#7a3e6b", "#b184a4", "#3e6b7a", "#5b8c5a")
_STYLE = """\
text { font: 13px system-ui, sans-serif; fill: #1d1b20; } .title { font-weight: 600; }
.ground { fill: #fffdfb; }
@media (prefers-color-scheme: dark) { text { fill: #eceaf0; } .ground { fill: #1b181f; } }"""


@dataclass(frozen=True, slots=True)
class Bars:
    """One figure of some peers, in seconds."""

    title: str
    figures: Sequence[tuple[str, float]]

    @property
    def height(self) -> int:
        """How many units of the drawing it needs."""
        return _TITLE + len(self.figures) * (_BAR + _GAP)


def read_bars(result: Any) -> Iterator[Bars]:
    """The wall times in a result of `bench.build --json`: a chart for each of its tables."""
    for table in result[0]["tables"]:
        column = table["columns"].index("wall s")
        title = table["title"].partition(";")[0]
        yield Bars(f"{title}: seconds", [(row[0], row[column]) for row in table["rows"]])


def render_chart(charts: Sequence[Bars]) -> str:
    """An SVG document with `charts` below each other, each to a scale of its own."""
    height = sum(bars.height for bars in charts) + _GAP
    box = f'viewBox="0 0 {_WIDTH} {height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" aria-label="Seconds of builds">',
        f"<style>{_STYLE}</style>",
        f'<rect class="ground" width="{_WIDTH}" height="{height}"/>',
    ]
    top = 0
    for bars in charts:
        parts += _draw(bars, top)
        top += bars.height
    return "".join(parts) + "</svg>\n"


def _draw(bars: Bars, top: int) -> Iterator[str]:
    yield f'<text class="title" x="{_GAP}" y="{top + _TITLE - _GAP - 4}">{escape(bars.title)}</text>'
    longest = max(seconds for _, seconds in bars.figures)
    room = _WIDTH - _LABELS - _FIGURES
    for number, (peer, seconds) in enumerate(bars.figures):
        y = top + _TITLE + number * (_BAR + _GAP)
        width = max(round(room * seconds / longest), 1)
        colour = _COLOURS[number % len(_COLOURS)]
        yield f'<text x="{_GAP}" y="{y + _BAR - 3}">{escape(peer)}</text>'
        yield f'<rect x="{_LABELS}" y="{y}" width="{width}" height="{_BAR}" rx="2" fill="{colour}"/>'
        yield f'<text x="{_LABELS + width + _GAP}" y="{y + _BAR - 3}">{seconds:.3g}</text>'


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    target.write_text(render_chart(list(read_bars(json.loads(source.read_text())))))
