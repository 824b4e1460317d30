"""The examples of CommonMark 0.31.2, and of GitHub's tables, tasks, strikethrough and autolinks.

They come from the source archive that `requirements-specifications.lock` names. HTML is compared as a
browser reads it, because that is what the specifications promise; the ids that Pectin gives to headings and
the class that it gives to tasks are left out.
"""

from __future__ import annotations

import re
import sys
import tarfile
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pytest

from pectin.build.configuration.model import MarkdownOptions
from pectin.build.content.front_matter import parse_document
from pectin.build.content.markdown import MarkdownRenderer

ARCHIVES = Path(sys.prefix) / "specifications"
EXAMPLE = re.compile(
    r"^`{32} example(?P<extension>[^\n]*)\n(?P<text>.*?)^\.\n(?P<html>.*?)^`{32}$",
    re.MULTILINE | re.DOTALL,
)
EXTENSIONS = {"table": 8, "strikethrough": 2, "disabled": 2, "autolink": 11}
"""How many examples GitHub's specification has of each; it marks tasks as disabled."""

PLAIN = MarkdownRenderer(MarkdownOptions(highlight=False, smart_punctuation=False, autolinks=False))
GITHUB = MarkdownRenderer(MarkdownOptions(highlight=False, smart_punctuation=False))

BLOCKS = frozenset(
    """blockquote div dd dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table tbody td th thead tr
    ul""".split()  # noqa: SIM905 - words
)
HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


class Example(NamedTuple):
    number: int
    extension: str
    text: str
    html: str


@cache
def read_examples(name: str) -> list[Example]:
    archive = next(ARCHIVES.glob("*.tar.gz"), None)
    assert archive is not None, "`make .venv/.developing` fetches the specifications"
    with tarfile.open(archive) as files:
        path = next(path for path in files.getnames() if path.endswith(f"/{name}.txt"))
        member = files.extractfile(path)
        assert member is not None
        specification = member.read().decode()
    found = EXAMPLE.finditer(specification.replace("→", "\t"))
    return [
        Example(number, example["extension"].strip(), example["text"], example["html"])
        for number, example in enumerate(found, 1)
    ]


class Reader(HTMLParser):
    """HTML as a browser reads it: white space counts in text, and not between blocks."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[tuple[str, ...]] = []
        self._preformatted = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._preformatted += tag == "pre"
        read = [attribute for attribute in attrs if not is_added(tag, *attribute)]
        self.seen.append((f"<{tag}>", *sorted(map(str, read))))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._preformatted -= tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        self._preformatted -= tag == "pre"
        self.seen.append((f"</{tag}>",))

    def handle_data(self, data: str) -> None:
        self.seen.append((data if self._preformatted else re.sub(r"\s+", " ", data),))

    def handle_comment(self, data: str) -> None:
        self.seen.append(("<!-->", data))

    def handle_pi(self, data: str) -> None:
        self.seen.append(("<?>", data))

    def handle_decl(self, decl: str) -> None:
        self.seen.append(("<!>", decl))

    def unknown_decl(self, data: str) -> None:
        self.seen.append(("<![>", data))


def is_added(tag: str, name: str, value: str | None) -> bool:
    """Whether Pectin gives the attribute, and no specification."""
    is_of_task = (name, value) == ("class", "task-list-item") or (tag, name) == (
        "input",
        "aria-label",
    )
    return is_of_task or (name == "id" and tag in HEADINGS)


def read(html: str) -> list[tuple[str, ...]]:
    """What `html` is, without the white space at the edges of blocks and bodies of tables that are empty."""
    seen = Reader(html).seen
    kept: list[tuple[str, ...]] = []
    for index, item in enumerate(seen):
        text = item[0]
        if not text.startswith("<"):
            before = seen[index - 1][0].strip("</>") if index else "p"
            after = seen[index + 1][0].strip("</>") if index + 1 < len(seen) else "p"
            text = text.lstrip(" \n") if before in BLOCKS else text
            text = text.rstrip(" \n") if after in BLOCKS else text
            if text:
                kept.append((text,))
        elif item == ("</tbody>",) and kept[-1] == ("<tbody>",):
            kept.pop()
        else:
            kept.append(item)
    return kept


def list_extended() -> list[Example]:
    return [example for example in read_examples("gfm") if example.extension in EXTENSIONS]


def render(renderer: MarkdownRenderer, text: str) -> str:
    document, _ = parse_document("content/a.md", "\n" + text, ())
    content, _ = renderer.render_content(document)
    return content.html


def test_all_examples_are_there() -> None:
    assert len(read_examples("commonmark")) == 652
    extensions = [example.extension for example in list_extended()]
    assert {name: extensions.count(name) for name in EXTENSIONS} == EXTENSIONS


@pytest.mark.parametrize("example", read_examples("commonmark"), ids=lambda e: f"{e.number}")
def test_an_example_of_commonmark_becomes_what_it_must(example: Example) -> None:
    assert read(render(PLAIN, example.text)) == read(example.html)


@pytest.mark.parametrize("example", list_extended(), ids=lambda e: f"{e.extension}-{e.number}")
def test_an_example_of_github_becomes_what_it_must(example: Example) -> None:
    assert read(render(GITHUB, example.text)) == read(example.html)
