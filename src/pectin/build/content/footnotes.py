"""Footnotes: numbered by their first reference, and gathered in one section at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from pyromark.event import Event

from pectin.build.content.text import unescape

_REFERENCE = re.compile(r'<sup class="footnote-reference"><a href="#([^"]*)">\d+</a></sup>')
_EDGE = re.compile(r'<div class="footnote-definition" id="|</div>\n?')
_LABEL = re.compile(r'([^"]*)"><sup class="footnote-definition-label">\d+</sup>\n?')
_LEFT_OVER = re.compile(
    r"<(pre|code|script|style)\b.*?(?:</\1>|\Z)|<[^>]*>?|\[\^([^\[\]\s]+)\]", re.DOTALL
)


class _Edge(Enum):
    """What made a piece of HTML that looks like the beginning or the end of a note."""

    BEGIN = auto()
    END = auto()
    AUTHOR = auto()


@dataclass(slots=True)
class _Notes:
    definitions: Mapping[str, str]
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


def take_notes(
    html: str, events: Iterable[Event], *, has_raw: bool = True
) -> tuple[str, Mapping[str, str]]:
    """`html` without its footnotes, and those by label, as HTML; the first of a label holds.

    `events` are those that `html` was made of. They tell which tags are a note's own, so that
    no tag in a note, left open or in a comment, can make it longer or shorter. Without `has_raw`
    the author could write no tags.
    """
    listed = _list_edges(events)
    made_by = listed if has_raw else (edge for edge in listed if edge is not _Edge.AUTHOR)
    edges = zip(_EDGE.finditer(html), made_by, strict=True)
    inside: list[tuple[str, list[str]]] = [("", [])]
    notes: dict[str, str] = {}
    done = 0
    for edge, maker in edges:
        if maker is _Edge.AUTHOR:
            continue
        inside[-1][1].append(html[done : edge.start()])
        done = edge.end()
        if maker is _Edge.END:
            label, pieces = inside.pop()
            notes.setdefault(label, "".join(pieces))
        elif label_found := _LABEL.match(html, done):
            inside.append((label_found[1], []))
            done = label_found.end()
    return "".join((*inside[0][1], html[done:])), notes


def gather_footnotes(html: str, notes: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """`html` with the `notes` it refers to in a section at the end, and the labels of the others.

    Notes stand in the order of their first reference; each links back to all of its references.
    """
    gathered = _Notes(notes)
    text = _REFERENCE.sub(gathered.number, html)
    section = gathered.render_section() if gathered.order else ""
    unused = tuple(unescape(label) for label in notes if label not in gathered.uses)
    return text + section, unused


def find_undefined(html: str) -> tuple[str, ...]:
    """The labels of footnote references in `html` that are still text, having no definition."""
    return tuple(unescape(match[2]) for match in _LEFT_OVER.finditer(html) if match[2])


def _list_edges(events: Iterable[Event]) -> Iterator[_Edge]:
    """Who made each `_EDGE` of the HTML that `events` become, in order."""
    images = 0
    for event in events:
        match event:
            case {"Start": {"FootnoteDefinition": _}}:
                yield _Edge.BEGIN
            case {"End": "FootnoteDefinition"}:
                yield _Edge.END
            case {"Start": {"Image": _}}:
                images += 1
            case {"End": "Image"}:
                images -= 1
            # The names of attributes are not escaped.
            case {"Start": {"Heading": {"attrs": names}}}:
                yield from (_Edge.AUTHOR for name, _ in names for _ in _EDGE.finditer(name))
            # What describes an image is text: there, HTML is escaped.
            case {"Html": str(raw)} | {"InlineHtml": str(raw)} if not images:
                yield from (_Edge.AUTHOR for _ in _EDGE.finditer(raw))


def _reference_id(number: int, nth: int) -> str:
    return f"fnref-{number}" if nth == 1 else f"fnref-{number}-{nth}"


def _render_back_link(number: int, nth: int) -> str:
    mark = "" if nth == 1 else f"<sup>{nth}</sup>"
    label = f"{number}" if nth == 1 else f"{number}-{nth}"
    return (
        f' <a class="footnote-backref" href="#{_reference_id(number, nth)}"'
        f' role="doc-backlink" aria-label="Back to reference {label}">\u21a9{mark}</a>'
    )
