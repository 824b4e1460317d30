"""Footnotes: numbered by their first reference, and gathered in one section at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pectin.build.content.elements import find_end
from pectin.build.content.text import unescape

_REFERENCE = re.compile(r'<sup class="footnote-reference"><a href="#([^"]*)">\d+</a></sup>')
_DEFINITION = re.compile(
    r'<div class="footnote-definition" id="([^"]*)">'
    r'<sup class="footnote-definition-label">\d+</sup>\n?'
)
_LEFT_OVER = re.compile(
    r"<(pre|code|script|style)\b.*?(?:</\1>|\Z)|<[^>]*>?|\[\^([^\[\]\s]+)\]", re.DOTALL
)


@dataclass(slots=True)
class _Notes:
    definitions: dict[str, str]
    order: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    uses: dict[str, int] = field(default_factory=dict)

    def number(self, match: re.Match[str]) -> str:
        label = match[1]
        if label not in self.definitions:
            return match[0]
        if label not in self.uses:
            self.order.append(label)
            self.numbers[label] = len(self.order)
        self.uses[label] = nth = self.uses.get(label, 0) + 1
        number = self.numbers[label]
        return (
            f'<sup class="footnote-reference" id="{_reference_id(number, nth)}">'
            f'<a href="#fn-{number}" role="doc-noteref">{number}</a></sup>'
        )

    def render_section(self) -> str:
        # `order` grows meanwhile, when a note refers to a further one.
        items = [_REFERENCE.sub(self.number, self.definitions[n]).strip() for n in self.order]
        lines = (self._render_item(number, body) for number, body in enumerate(items, 1))
        return (
            '<section class="footnotes" role="doc-endnotes">\n<ol>\n'
            + "".join(lines)
            + "</ol>\n</section>\n"
        )

    def _render_item(self, number: int, body: str) -> str:
        uses = self.uses[self.order[number - 1]]
        links = "".join(_render_back_link(number, nth) for nth in range(1, uses + 1))
        if body.endswith("</p>"):
            return f'<li id="fn-{number}">{body[:-4]}{links}</p></li>\n'
        return f'<li id="fn-{number}">{body}{links}</li>\n'


def gather_footnotes(html: str) -> tuple[str, tuple[str, ...]]:
    """`html` with its footnotes in a section at the end, and the labels that nothing refers to.

    Notes stand in the order of their first reference; each links back to all of its references.
    """
    text, definitions = _take_definitions(html)
    notes = _Notes(definitions)
    text = _REFERENCE.sub(notes.number, text)
    section = notes.render_section() if notes.order else ""
    unused = tuple(unescape(label) for label in definitions if label not in notes.uses)
    return text + section, unused


def find_undefined(html: str) -> tuple[str, ...]:
    """The labels of footnote references in `html` that are still text, having no definition."""
    return tuple(unescape(match[2]) for match in _LEFT_OVER.finditer(html) if match[2])


def _take_definitions(html: str) -> tuple[str, dict[str, str]]:
    kept: list[str] = []
    definitions: dict[str, str] = {}
    end = 0
    while match := _DEFINITION.search(html, end):
        kept.append(html[end : match.start()])
        close = find_end(html, "div", match.end())
        definitions.setdefault(match[1], html[match.end() : close])
        end = min(close + len("</div>\n"), len(html))
    kept.append(html[end:])
    return "".join(kept), definitions


def _reference_id(number: int, nth: int) -> str:
    return f"fnref-{number}" if nth == 1 else f"fnref-{number}-{nth}"


def _render_back_link(number: int, nth: int) -> str:
    mark = "" if nth == 1 else f"<sup>{nth}</sup>"
    label = f"{number}" if nth == 1 else f"{number}-{nth}"
    return (
        f' <a class="footnote-backref" href="#{_reference_id(number, nth)}"'
        f' role="doc-backlink" aria-label="\u21a9 {label}">\u21a9{mark}</a>'
    )
