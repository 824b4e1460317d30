"""Attributes of a block, on the line below it: `{.class #id key=value}`.

A line becomes a comment while Markdown is read, because a comment ends every block that can have
attributes and is no part of any.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pyromark import Markdown

from pectin.build.content.attributes import (
    Attributes,
    keep_harmless,
    merge_attributes,
    parse_attributes,
    read_attributes,
    render_attributes,
)
from pectin.build.content.spans import find_code_and_html, is_inside

# It begins with a character that few texts have: what may stand before that is looked at after.
_BRACES = re.compile(r"\{(?=[.#\w])([^{}\n]++)\}[ \t]*+$", re.MULTILINE)
_INDENTATION = " \t>"
_COMMENT = "<!--pectin-attributes-{}-->"
_TAG = re.compile(
    r"<(?P<end>/)?(?P<name>p|ul|ol|dl|table|blockquote)(?P<rest>(?:\s[^<>]*)?)>"
    r"|<!--pectin-attributes-(?P<number>\d+)-->\n?"
)


def take_block_attributes(text: str, markdown: Markdown) -> tuple[str, Sequence[Attributes]]:
    """`text` with a comment in the place of each line of attributes, and the attributes by number."""
    lines = [found for found in _BRACES.finditer(text) if _is_below_text(text, found.start())]
    if not lines:
        return text, ()
    literal = find_code_and_html(text, markdown)
    found: list[Attributes] = []
    pieces: list[str] = []
    done = 0
    for line in lines:
        attributes = parse_attributes(line[1])
        if attributes is None or is_inside(line.start(), literal):
            continue
        pieces += (text[done : line.start()], _COMMENT.format(len(found)))
        done = line.end()
        found.append(attributes)
    return "".join((*pieces, text[done:])), tuple(found)


def _is_below_text(text: str, offset: int) -> bool:
    """Whether a line begins at `offset`, but for its indentation, below one that ends in text."""
    begin = text.rfind("\n", 0, offset) + 1
    return (
        begin > 1 and not text[begin - 2].isspace() and not text[begin:offset].strip(_INDENTATION)
    )


def give_block_attributes(
    html: str, attributes: Sequence[Attributes], *, is_trusted: bool = True
) -> str:
    """`html` in which each comment's attributes are those of the block that ends before it.

    A comment that no block ends before is left out.
    """
    by_number = dict(enumerate(attributes))
    still_open: dict[str, list[re.Match[str]]] = {}
    ended: dict[int, re.Match[str]] = {}
    changes: list[tuple[int, int, str]] = []
    for tag in _TAG.finditer(html):
        if tag["number"]:
            at = tag.start()
            opening = ended.pop(at - (html[at - 1 : at] == "\n"), None)
            given = by_number.get(int(tag["number"]))
            if opening is not None and given is not None:
                given = given if is_trusted else keep_harmless(given)
                changes.append((*opening.span(), _render(opening, given)))
            changes.append((*tag.span(), ""))
        elif tag["end"]:
            opened = still_open.get(tag["name"])
            if opened:
                ended[tag.end()] = opened.pop()
        else:
            still_open.setdefault(tag["name"], []).append(tag)
    return _change(html, sorted(changes))


def _render(opening: re.Match[str], given: Attributes) -> str:
    attributes = merge_attributes(read_attributes(opening["rest"]), given)
    return f"<{opening['name']}{render_attributes(attributes)}>"


def _change(html: str, changes: Sequence[tuple[int, int, str]]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end, changed in changes:
        pieces += (html[done:start], changed)
        done = end
    return "".join((*pieces, html[done:]))
