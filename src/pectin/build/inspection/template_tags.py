"""The tags that templates write, and which of them became a tag of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

_EXPRESSION = r"\{(?:\{.*?\}|%.*?%|\#.*?\#)\}"
_TAG = re.compile(
    rf"""</?(?:[a-zA-Z]|{_EXPRESSION})(?:{_EXPRESSION}|"[^"{{]*+"|'[^'{{]*+'|[^>])*+>""", re.DOTALL
)
_STATEMENTS = re.compile(r"\{%.*%\}", re.DOTALL)
_OUTPUT = re.compile(r"\{[{#].*?[}#]\}", re.DOTALL)
_NAME = re.compile(r"</?[a-zA-Z][\w-]*+(?![\w{-])")
_BLANKS = re.compile(r"\s+")
REACH = 4
"""How many tags before and behind one are compared."""

_LONGEST = 2_000
"""Characters of a tag of which anybody asks: a pattern with many gaps takes long for longer ones."""


class TemplateTag(Struct, frozen=True):
    """A tag at the offset `start` of a template, and what may become of it."""

    start: int
    pattern: re.Pattern[str]

    def may_become(self, written: str) -> bool:
        """Whether it may be `written` on a page."""
        return len(written) <= _LONGEST and self.pattern.fullmatch(written) is not None


class TemplateTags:
    """The tags of one template, in order."""

    def __init__(self, text: str) -> None:
        self._tags: list[TemplateTag] = []
        self._by_name: dict[str, list[int]] = {}
        for found in _TAG.finditer(text):
            self._by_name.setdefault(_name_of(found[0]), []).append(len(self._tags))
            self._tags.append(TemplateTag(found.start(), _compile(found[0])))

    def find(self, tags: Sequence[str], index: int) -> tuple[int, int] | None:
        """Where it has what became the tag `index` of the `tags` of a page, with how sure that is.

        The more of the tags around it are like those of the page, the surer. None where it has none.
        """
        wanted = tags[index]
        candidates = (*self._by_name.get(_name_of(wanted), ()), *self._by_name.get("", ()))
        found = [
            (-self._count_alike(at, tags, index), self._tags[at].start)
            for at in candidates
            if self._tags[at].may_become(wanted)
        ]
        if not found:
            return None
        likeness, start = min(found)
        return start, -likeness

    def _count_alike(self, at: int, tags: Sequence[str], index: int) -> int:
        return sum(self._count_towards(step, at, tags, index) for step in (-1, 1))

    def _count_towards(self, step: int, at: int, tags: Sequence[str], index: int) -> int:
        for distance in range(1, REACH + 1):
            here, there = at + step * distance, index + step * distance
            is_inside = 0 <= here < len(self._tags) and 0 <= there < len(tags)
            if not is_inside or not self._tags[here].may_become(tags[there]):
                return distance - 1
        return REACH


def _name_of(written: str) -> str:
    """The slash and the name of a tag; "" where a template computes it."""
    found = _NAME.match(written)
    return found[0].lower() if found else ""


def _compile(written: str) -> re.Pattern[str]:
    """The pattern of all that a tag of a template may become."""
    pieces = _STATEMENTS.split(_OUTPUT.sub("{%%}", written))
    return re.compile(".*".join(map(_escape, pieces)), re.DOTALL | re.IGNORECASE)


def _escape(text: str) -> str:
    return r"\s*+".join(map(re.escape, _BLANKS.split(text)))
