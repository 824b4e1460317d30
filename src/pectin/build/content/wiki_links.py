"""Wiki links, `[[Plum jam]]`: what they name is a page, by its title, its file or an alias."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from msgspec import Struct
from pyromark import Markdown, Options

from pectin.build.content.spans import count_characters
from pectin.build.slugs import anchor_name

_TARGET = "/~wiki~/"
"""Begins the target that stands for a wiki link until it is resolved. No page is there."""

_BRACKET = re.compile(r"(?<!\\)[\[\]|]")


class WikiLink(Struct, frozen=True):
    """A wiki link from character `start` to `end` of a text. `text` is Markdown; `fragment` has its `#`."""

    start: int
    end: int
    name: str
    fragment: str
    text: str

    @property
    def target(self) -> str:
        """What the link has in the place of a URL."""
        return (
            f"{_TARGET}{quote(self.name, safe='')}{self.fragment}" if self.name else self.fragment
        )


def make_wiki_parser(options: Options) -> Markdown:
    """What reads Markdown by `options`, and wiki links too."""
    return Markdown(options=options | Options.ENABLE_WIKILINKS)


def name_in_target(target: str) -> str | None:
    """The name that the wiki link with `target` has, or None where it is of another link."""
    if not target.startswith(_TARGET):
        return None
    return unquote(target.partition("#")[0].removeprefix(_TARGET))


def write_links(text: str, parser: Markdown) -> str:
    """`text` with its wiki links as Markdown's own."""
    pieces: list[str] = []
    done = 0
    for link in find_wiki_links(text, parser):
        pieces += text[done : link.start], f"[{link.text}](<{link.target}>)"
        done = link.end
    return "".join(pieces) + text[done:] if pieces else text


def find_wiki_links(text: str, parser: Markdown) -> Iterator[WikiLink]:
    """The wiki links in `text`, in order; what is in code is none."""
    if "[[" not in text:
        return
    found = [
        (span["start"], span["end"])
        for event, span in parser.events_with_range(text)
        if _is_wiki_link(event)
    ]
    characters = count_characters(text, (offset for span in found for offset in span))
    for first, last in found:
        start, end = characters[first], characters[last]
        written = text[start:end].removeprefix("[[").removesuffix("]]")
        # In a table, the bar that is not the end of a cell has a backslash before it.
        target, bar, shown = written.replace("\\|", "|").partition("|")
        name, mark, fragment = target.partition("#")
        yield WikiLink(
            start,
            end,
            " ".join(name.split()),
            f"#{anchor_name(fragment)}" if mark else "",
            _escape(shown.strip() if bar else target.strip()),
        )


def _is_wiki_link(event: object) -> bool:
    match event:
        case {"Start": {"Link": {"link_type": {"WikiLink": _}}}}:
            return True
    return False


def _escape(text: str) -> str:
    """`text` as it can stand in the brackets of a link."""
    return _BRACKET.sub(r"\\\g<0>", text)
