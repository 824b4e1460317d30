"""Headings of a page: their anchors, and the table of contents they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from pectin.build.content.document import Heading
from pectin.build.content.hooks import OWN, RenderHook, make_heading_call
from pectin.build.content.text import plain_text, unescape
from pectin.build.slugs import anchor_name

# A heading ends before the next begins, so that one that is never closed is read once.
_FROM_LEVEL = r"h([1-6])(\s[^<>]*+)?>([^<]*+(?:<(?!h[1-6]\b|/h\1>)[^<]*+)*+)</h\1>"
_HEADING = re.compile(rf"<{_FROM_LEVEL}")
_HEADING_OR_HIDDEN = re.compile(
    rf"<(?:!--.*?(?:-->|\Z)|script\b.*?(?:</script>|\Z)|{_FROM_LEVEL})", re.DOTALL
)
_ID = re.compile(r"<[a-zA-Z][^<>]*?\s(?:id|name)=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_OWN_ID = re.compile(r"\sid=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_LINKS_AND_NOTES = re.compile(
    r'<sup class="footnote-reference".*?(?:</sup>|\Z)|</?a\b[^>]*>?|\sid="[^"]*"', re.DOTALL
)


class Headings:
    """Gives the headings of one page their anchors. `flat` lists them in order."""

    def __init__(
        self, taken: Iterable[str], *, anchors: bool, render: RenderHook | None = None
    ) -> None:
        self.ids: set[str] = set(taken)
        self.flat: list[tuple[int, str, str]] = []
        self._anchors = anchors
        self._render = render
        self._numbers: dict[str, int] = {}

    def mark(self, html: str, *, is_rich: bool) -> str:
        """`html` with an id on every heading, and a link to it when anchors are on.

        `is_rich` says that there may be comments and scripts, in which nothing is a heading.
        """
        pattern = _HEADING_OR_HIDDEN if is_rich else _HEADING
        return pattern.sub(self._mark_one, html)

    def _mark_one(self, match: re.Match[str]) -> str:
        level, attributes, inner = match.groups()
        if level is None:
            return match[0]
        is_hooked = attributes is not None and attributes.startswith(OWN)
        if is_hooked:
            attributes = attributes.removeprefix(OWN)
        own = _OWN_ID.search(attributes) if attributes else None
        text = plain_text(inner) if "<" in inner or "&" in inner else inner
        if own:
            identifier = unescape(own[1] or own[2] or own[3] or "")
        else:
            identifier = self._choose(anchor_name(text) or "section")
            attributes = f' id="{identifier}"{attributes or ""}'
        self.flat.append((int(level), identifier, _render_title(inner)))
        link = _render_anchor(identifier, text) if self._anchors else ""
        html = f"<h{level}{attributes}>{inner}{link}</h{level}>"
        if self._render is None or not is_hooked:
            return html
        return self._render(
            make_heading_call(int(level), identifier, inner, text, attributes, html)
        )

    def _choose(self, name: str) -> str:
        """`name`, or `name-1`, `name-2` and so on: the first that the page has not."""
        chosen, number = name, self._numbers.get(name, 0)
        while chosen in self.ids:
            number += 1
            chosen = f"{name}-{number}"
        self._numbers[name] = number
        self.ids.add(chosen)
        return chosen


def find_ids(html: str) -> list[str]:
    """Every fragment identifier in `html`, in order, as often as it stands there."""
    return [unescape(a or b or c) for a, b, c in _ID.findall(html)]


def nest(flat: Sequence[tuple[int, str, str]]) -> tuple[Heading, ...]:
    """The tree of headings that (level, id, title) in reading order make.

    A heading's children are the deeper ones up to the next that is not deeper.
    """
    pending: list[Heading] = []
    for level, identifier, title in reversed(flat):
        children: list[Heading] = []
        while pending and pending[-1].level > level:
            children.append(pending.pop())
        pending.append(Heading(level, identifier, title, tuple(children)))
    return tuple(reversed(pending))


def _render_title(inner: str) -> str:
    return _LINKS_AND_NOTES.sub("", inner) if "<" in inner else inner


def _render_anchor(identifier: str, text: str) -> str:
    label = escape(f"# {text.strip()}")
    target = escape(f"#{identifier}")
    return f' <a class="heading-anchor" href="{target}" aria-label="{label}">#</a>'
