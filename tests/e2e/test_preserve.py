"""The example magazine, built as `make demo` builds it, and read as a browser reads it."""

from __future__ import annotations

import base64
import doctest
import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest

from pectin.adapters.folder_source import FolderSource
from pectin.adapters.pillow_encoder import PillowEncoder
from pectin.app.building import load_theme
from pectin.build.builder import Build, build
from pectin.build.content.highlight import render_highlight_css
from pectin.build.images.images import ImageTools
from pectin.values.output import OutputFile

ROOT = Path(__file__).parents[2] / "examples/preserve"
TODAY = date(2026, 11, 23)
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
LOADING = {"script": "src", "img": "src", "iframe": "src", "source": "srcset", "use": "href"}
ACCENTS = ("plum", "citrus", "quince", "berry", "slate", "apricot", "damson", "leaf")


@dataclass
class Tag:
    name: str
    attributes: dict[str, str | None]
    text: str = ""


@dataclass
class Reader(HTMLParser):
    """The elements of a page in order, and what was open or closed wrongly."""

    tags: list[Tag] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[Tag] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len({name for name, _ in attrs}) < len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        self.tags.append(Tag(tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(self.tags[-1])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.faults.append(f"<{tag}/> closes itself, which HTML has not")

    def handle_endtag(self, tag: str) -> None:
        last = self._open.pop().name if self._open else "nothing"
        if last != tag:
            self.faults.append(f"</{tag}> closes {last}")

    def handle_data(self, data: str) -> None:
        for tag in self._open:
            tag.text += data


@cache
def built() -> tuple[Build, dict[str, OutputFile]]:
    files: dict[str, OutputFile] = {}

    def emit(file: OutputFile) -> None:
        files[file.path] = file

    source = FolderSource(ROOT)
    assert source.problems == ()
    tools = ImageTools(PillowEncoder())
    return build(source, today=TODAY, emit=emit, theme=load_theme(), image_tools=tools), files


def body_of(path: str) -> bytes:
    body = built()[1][path].body
    assert isinstance(body, bytes)
    return body


@cache
def pages() -> dict[str, Reader]:
    """Every page of HTML by its path."""
    read: dict[str, Reader] = {}
    for path in built()[1]:
        if path.endswith(".html"):
            reader = Reader()
            reader.feed(body_of(path).decode())
            reader.close()
            read[path] = reader
    return read


def tags(page: Reader, *names: str) -> list[Tag]:
    return [tag for tag in page.tags if tag.name in names]


def articles() -> dict[str, Reader]:
    """The pages that are a piece of the magazine: those with a date of their own."""
    return {
        path: page
        for path, page in pages().items()
        if any(tag.attributes.get("property") == "article:published_time" for tag in page.tags)
    }


def structured(page: Reader) -> list[Any]:
    scripts = [
        tag for tag in tags(page, "script") if "ld+json" in (tag.attributes.get("type") or "")
    ]
    return [json.loads(script.text) for script in scripts]


def test_builds_without_a_problem_not_even_a_warning() -> None:
    assert built()[0].problems == ()


def test_has_at_least_thirty_pieces_of_350_to_900_words_each() -> None:
    counts = {}
    for path in (ROOT / "content").rglob("*.md"):
        _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
        if "\ndate: " in head:
            counts[path.name] = len(body.split())
    assert len(counts) >= 30
    assert {name: count for name, count in counts.items() if not 350 <= count <= 900} == {}
    assert len(articles()) == len(counts)


def test_every_element_is_closed_where_it_should_be() -> None:
    assert {path: page.faults for path, page in pages().items() if page.faults} == {}


def test_every_image_says_what_it_shows_and_how_large_it_is() -> None:
    images = [(path, tag) for path, page in pages().items() for tag in tags(page, "img")]
    assert len(images) > 300
    for path, image in images:
        assert image.attributes.get("alt") is not None, (path, image)
        assert (image.attributes.get("width") or "").isdigit(), (path, image)
        assert (image.attributes.get("height") or "").isdigit(), (path, image)


def test_every_piece_has_a_picture_of_its_own_with_words_for_it() -> None:
    heroes = [
        next(tag for tag in tags(page, "img") if tag.attributes["alt"])
        for page in articles().values()
    ]
    assert max(Counter(tag.attributes["src"] for tag in heroes).values()) == 1
    assert min(len(tag.attributes["alt"] or "") for tag in heroes) > 30


def test_nothing_is_loaded_from_elsewhere() -> None:
    for path, page in pages().items():
        loaded = [tag.attributes.get(LOADING[tag.name]) for tag in tags(page, *LOADING)]
        linked = [
            tag.attributes["href"]
            for tag in tags(page, "link")
            if tag.attributes.get("rel") != "canonical"
        ]
        for url in filter(None, (*loaded, *linked)):
            assert url.startswith("/"), (path, url)
            assert not url.startswith("//"), (path, url)
            assert unquote(urlsplit(url).path) in built()[1], (path, url)
    for path in built()[1]:
        if path.endswith((".css", ".svg")):
            text = re.sub(r'xmlns="[^"]*"', "", body_of(path).decode())
            assert "//" not in text, path
            assert "@import" not in text, path


def test_every_integrity_is_that_of_the_file_it_names() -> None:
    seen = set()
    for page in pages().values():
        for tag in page.tags:
            if "integrity" in tag.attributes:
                url = tag.attributes.get("src") or tag.attributes["href"]
                assert url is not None
                digest = base64.b64encode(hashlib.sha384(body_of(url)).digest()).decode()
                assert tag.attributes["integrity"] == f"sha384-{digest}"
                seen.add(url)
    assert len(seen) == 4


def test_headings_begin_with_one_h1_and_skip_no_level() -> None:
    for path, page in pages().items():
        levels = [int(tag.name[1]) for tag in tags(page, "h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        steps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
        assert steps == [], path


def test_every_page_has_its_landmarks_and_a_way_past_them() -> None:
    for path, page in pages().items():
        names = Counter(tag.name for tag in page.tags)
        assert names["main"] == 1, path
        assert names["nav"] >= 1, path
        assert any(tag.attributes.get("href") == "#main" for tag in tags(page, "a")), path
        assert tags(page, "html")[0].attributes["lang"] == "en-GB"
        navs = [
            tag.attributes.get("aria-label") or tag.attributes.get("aria-labelledby")
            for tag in tags(page, "nav")
        ]
        assert len(set(navs)) == len(navs), path
        assert None not in navs, path


def test_ids_are_unique_and_every_reference_to_one_holds() -> None:
    for path, page in pages().items():
        ids = [tag.attributes["id"] for tag in page.tags if "id" in tag.attributes]
        assert len(ids) == len(set(ids)), path
        named = [tag.attributes.get("aria-labelledby") for tag in page.tags]
        assert {name for name in named if name} <= set(ids), path


def test_links_have_words_and_hidden_ones_are_out_of_the_tab_order() -> None:
    for path, page in pages().items():
        for link in tags(page, "a"):
            if link.attributes.get("aria-hidden"):
                assert link.attributes.get("tabindex") == "-1", path
            else:
                assert link.text.strip() or link.attributes.get("aria-label"), (path, link)


def test_titles_and_descriptions_are_there_and_tell_pages_apart() -> None:
    titles = {path: tags(page, "title")[0].text for path, page in pages().items()}
    assert all(titles.values())
    dated = [titles[path] for path in articles()]
    assert len(set(dated)) == len(dated)
    for path, page in pages().items():
        named = {
            tag.attributes.get("name") or tag.attributes.get("property")
            for tag in tags(page, "meta")
        }
        assert {"description", "viewport"} <= named, path
        card = {"og:title", "og:description", "og:image", "og:image:width", "twitter:card"}
        assert path == "/404.html" or card <= named, path


def test_every_recipe_is_structured_data_that_a_machine_can_cook_from() -> None:
    recipes = [
        item
        for page in articles().values()
        for item in structured(page)
        if item["@type"] == "Recipe"
    ]
    assert len(recipes) >= 10
    for recipe in recipes:
        assert len(recipe["recipeIngredient"]) >= 3
        assert all(re.match(r"\S.* \S", part) for part in recipe["recipeIngredient"])
        assert len(recipe["recipeInstructions"]) >= 4
        assert all(
            step["@type"] == "HowToStep" and step["text"] for step in recipe["recipeInstructions"]
        )
        assert all(
            re.fullmatch(r"PT\d+M", recipe[name]) for name in ("prepTime", "cookTime", "totalTime")
        )
        assert recipe["author"]["name"]
        assert date.fromisoformat(recipe["datePublished"]) <= TODAY


def test_every_other_piece_is_an_article_in_structured_data() -> None:
    kinds = Counter(item["@type"] for page in articles().values() for item in structured(page))
    assert kinds.keys() == {"Recipe", "Article"}
    assert sum(kinds.values()) == len(articles())


def test_every_author_has_a_page_and_every_name_is_known() -> None:
    names = {item["author"]["name"] for page in articles().values() for item in structured(page)}
    assert len(names) >= 5
    known = (ROOT / "data/authors.yaml").read_text(encoding="utf-8")
    assert {name for name in names if f"\n{name}:" not in f"\n{known}"} == set()
    assert len(
        [path for path in pages() if re.fullmatch(r"/authors/[^/]+/index\.html", path)]
    ) == len(names)


def test_feeds_and_pictures_are_well_formed_xml() -> None:
    made = [path for path in built()[1] if path.endswith((".xml", ".svg"))]
    assert len(made) > 50
    for path in made:
        ET.fromstring(body_of(path))


def test_the_pictures_are_those_that_the_drawing_program_draws(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-B", ROOT / "tools/draw.py", tmp_path], check=True)
    drawn = {path.relative_to(tmp_path): path for path in tmp_path.rglob("*") if path.is_file()}
    assert len(drawn) > 45
    differing = [
        str(name)
        for name, path in drawn.items()
        # zlib may pack the same pixels otherwise in another version
        if name.suffix == ".svg" and (ROOT / name).read_bytes() != path.read_bytes()
    ]
    assert differing == []


def test_the_sum_in_the_piece_on_brix_comes_out_as_printed() -> None:
    text = (ROOT / "content/craft/science/brix.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert code
    names: dict[str, Any] = {"__name__": "brix"}
    # This module's future import must not reach the printed program.
    exec(compile(code[1], "brix.md", "exec", dont_inherit=True), names)
    test = doctest.DocTestParser().get_doctest(
        names["plan_batch"].__doc__, names, "brix", None, None
    )
    assert len(test.examples) == 1
    assert doctest.DocTestRunner(verbose=False).run(test).failed == 0


def palette() -> dict[str, tuple[str, str]]:
    """The colours of main.css by name: in light, in dark."""
    css = (ROOT / "assets/css/main.css").read_text(encoding="utf-8")
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", css)
    return {name: (light, dark) for name, light, dark in found}


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


PAIRS = [
    ("ink", "paper"),
    ("ink", "leaf-paper"),
    ("soft", "paper"),
    ("soft", "leaf-paper"),
    *(
        (accent, ground)
        for accent in ACCENTS
        for ground in ("paper", "leaf-paper", f"{accent}-wash")
    ),
    *((ink, f"{accent}-wash") for ink in ("ink", "soft") for accent in ACCENTS),
]


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS, ids="-on-".join)
def test_text_stands_out_from_its_ground(ink: str, ground: str, mode: int) -> None:
    assert contrast(palette()[ink][mode], palette()[ground][mode]) >= 4.5


BARS = ("plum", "damson", "apricot", "lemon", "cherry", "leaf", "sage", "medlar")


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("fruit", BARS)
def test_the_bars_of_the_calendar_stand_out_from_the_paper(fruit: str, mode: int) -> None:
    """WCAG 2.2, 1.4.11: what is needed to read a graphic."""
    assert contrast(palette()[f"bar-{fruit}"][mode], palette()["paper"][mode]) >= 3


def test_every_bar_of_the_calendar_has_one_of_these_colours() -> None:
    css = (ROOT / "assets/css/main.css").read_text(encoding="utf-8")
    seasons = (ROOT / "data/seasons.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert {row.split(",")[1] for row in seasons} <= set(BARS)
    assert all(f"--bar: var(--bar-{fruit});" in css for fruit in BARS)
    (bar,) = re.findall(r"\.calendar td\[class\^=\"grade\"\]::before \{([^}]*)\}", css)
    assert "background: var(--bar);" in bar
    assert not re.search(r"\.calendar td[^{]*::before \{[^}]*opacity", css)


def test_the_colours_of_code_are_those_that_the_highlighter_knows() -> None:
    note, css = (ROOT / "assets/css/highlight.css").read_text(encoding="utf-8").split("\n", 1)
    assert note.startswith("/*")
    assert css == render_highlight_css()
