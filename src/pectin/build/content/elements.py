"""Elements of rendered HTML, found without a parser."""

from __future__ import annotations

import re
from functools import cache


def find_end(html: str, name: str, start: int) -> int:
    """The offset of the end tag that closes the element `name` whose content begins at `start`.

    Elements of the same name inside are stepped over. The end of `html` when it never closes.
    """
    depth = 1
    for tag in _tag_pattern(name).finditer(html, start):
        depth += -1 if tag[0].startswith("</") else 1
        if depth == 0:
            return tag.start()
    return len(html)


@cache
def _tag_pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"</?{name}\b")
