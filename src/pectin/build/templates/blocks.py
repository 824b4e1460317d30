"""Blocks that are written and shown nowhere, because no template further up has them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from pectin.build.problems import Problems
from pectin.build.suggestions import suggest
from pectin.build.templates.library import Templates
from pectin.build.templates.tags import compile_tags
from pectin.values.place import place_at
from pectin.values.problem import Severity

_TAG = compile_tags(
    r"""extends\s+(?P<parent>"[^"]*"|'[^']*'|[^%]+)|block\s+(?P<block>\w+)|(?P<end>endblock)\b"""
)


class Outline(Struct, frozen=True):
    """What a template extends, "" when nothing, and its blocks.

    `parent` is None when only rendering tells. `outer` are the offsets of the blocks that are in
    no other block.
    """

    parent: str | None
    blocks: frozenset[str]
    outer: tuple[tuple[str, int], ...]


def check_blocks(templates: Templates, problems: Problems) -> None:
    """Report each outer block of the site's templates that none of those it extends has."""
    for name in templates.own:
        text = (templates.load(name) or "") if name.endswith(".html") else ""
        if "extends" not in text:
            continue
        outline = outline_template(text)
        known = _list_inherited(name, outline, templates)
        if known is None:
            continue
        for block, offset in outline.outer:
            if block not in known:
                problems.report(
                    "unknown-block",
                    f"`{outline.parent}` has no block `{block}`, so that this one is not shown",
                    suggest(block, known) or _list_blocks(known),
                    place_at(templates.path_of(name), text, offset),
                    severity=Severity.WARNING,
                )


def outline_template(text: str) -> Outline:
    """The outline of the template that `text` is."""
    parent: str | None = ""
    blocks: dict[str, None] = {}
    outer: list[tuple[str, int]] = []
    depth = 0
    for tag in _TAG.finditer(text):
        if written := tag["parent"]:
            parent = written[1:-1] if written[0] in "\"'" else None
        elif block := tag["block"]:
            blocks[block] = None
            if depth == 0:
                outer.append((block, tag.start("block")))
            depth += 1
        elif tag["end"]:
            depth -= 1
    return Outline(parent, frozenset(blocks), tuple(outer))


def _list_inherited(name: str, outline: Outline, templates: Templates) -> set[str] | None:
    """The blocks of all that the template extends; None where that is nothing or not known."""
    known: set[str] = set()
    seen = {name}
    for ancestor in _climb(outline, templates, seen):
        if ancestor is None:
            return None
        known |= ancestor.blocks
    return known if outline.parent else None


def _climb(outline: Outline, templates: Templates, seen: set[str]) -> Iterator[Outline | None]:
    while outline.parent != "":
        text = None if outline.parent is None else templates.load(outline.parent)
        if text is None or outline.parent is None or outline.parent in seen:
            yield None
            return
        seen.add(outline.parent)
        outline = outline_template(text)
        yield outline


def _list_blocks(known: set[str]) -> str:
    if not known:
        return "give that one a block of this name"
    return f"its blocks are {', '.join(f'`{name}`' for name in sorted(known))}"
