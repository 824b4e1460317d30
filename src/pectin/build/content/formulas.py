"""Formulas in TeX as MathML Core."""

from __future__ import annotations

import re
from functools import cache

from math_core import LatexError, LatexToMathML

from pectin.build.content.slips import Slip
from pectin.build.content.text import unescape

MATH = "math"
"""The language of a block of code that is a formula."""

_SPAN = re.compile(r'<span class="math math-(inline|display)">([^<]*)</span>')
_ERROR = re.compile(r"(\d+): (.*)", re.DOTALL)
_HINT = "write what LaTeX has between dollars; `math = false` makes them text"


def render_formulas(html: str) -> tuple[str, list[Slip]]:
    """Rendered Markdown with its formulas as MathML; one that cannot be read stays as it is written."""
    slips: list[Slip] = []

    def render(span: re.Match[str]) -> str:
        formula, slip = render_formula(unescape(span[2]), is_display=span[1] == "display")
        if slip is not None:
            slips.append(slip)
        return formula or span[0]

    return _SPAN.sub(render, html), slips


def render_formula(tex: str, *, is_display: bool) -> tuple[str, Slip | None]:
    """`tex` as a `math` element; "" where it cannot be read, and what is wrong with it."""
    try:
        return _open_converter().convert_with_local_state(tex, displaystyle=is_display), None
    except LatexError as error:
        found = _ERROR.fullmatch(str(error))
        offset, message = (int(found[1]), found[2]) if found else (0, str(error))
        message = f"a formula cannot be read: {message[:1].lower()}{message[1:].rstrip('.')}"
        return "", Slip("bad-math", message, _HINT, tex, offset=min(offset, max(len(tex) - 1, 0)))


@cache
def _open_converter() -> LatexToMathML:
    return LatexToMathML(fancy_error=False)
