"""Every example of the documentation is tried: none is only text."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import typer.main
from rich.text import Text
from tests.build.conftest import PlainEncoder
from tests.docs.blocks import BLOCKS, DOCS, Block

from pectin.adapters.memory_source import MemorySource
from pectin.app.archetypes import Archetype
from pectin.app.building import load_theme
from pectin.build.builder import Build, BuildOptions, build
from pectin.build.configuration.parser import parse_config
from pectin.build.images.images import ImageTools
from pectin.build.source import CONFIG_FILE, FOLDERS
from pectin.cli.main import make_application
from pectin.cli.problems import render_problem

COMMAND = (sys.executable, "-c", "from pectin.cli.main import main; main()")
NEEDED = {"name": "jam", "title": "Jam", "url": "https://example.org"}
TODAY = date(2026, 8, 1)
PUBLISHED = re.compile(r"This publishes (.+?)\.(?=\s|$)", re.DOTALL)
BLOCKING = ("pectin dev", "pectin serve")

# Tried by a test of their own, which knows what is around them.
ELSEWHERE = {
    ("assets.md", "ts"): "test_assets_page.py",
    ("data.md", "python"): "test_loader_examples.py",
    ("rules.md", "redirects"): "test_rules_page.py",
    ("rules.md", "headers"): "test_rules_page.py",
    ("benchmarks.md", "indented"): "the names of packages of Debian",
}

PANTRY = {
    "content/_index.md": "# Home\n",
    "content/about.md": "---\ntitle: About\n---\nSee [plums](fruit/plum.md).\n",
    "content/blog/plum-jam.md": "---\ndate: 2024-02-01\ntags: [plum jam]\n---\nJam.\n",
    "content/fruit/_index.md": "---\ntitle: Fruit\n---\n",
    "content/fruit/plum.md": "---\ntitle: Plum\nauthor: anna\nrating: 3\n---\n## Sugar\n",
    "content/recipes/_index.md": "---\ntitle: Recipes\n---\n",
    "content/plums.jpg": "jpeg 2400x1800",
    "content/cover.jpg": "jpeg 1600x900",
    "content/jar.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "assets/css/main.css": "p { margin: 0 }\n",
    "assets/js/main.js": "export const jam = 1;\n",
    "assets/img/jar.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "data/fruit.yaml": "[plum, fig]\n",
    "static/pagefind/pagefind-component-ui.css": "",  # as a publish with [search] makes them
    "static/pagefind/pagefind-component-ui.js": "",
    "i18n/en.toml": 'hello = "Hello, {name}!"\nterms_html = "Read {what}"\n'
    '[cart]\ntitle = "Cart"\nitems = { one = "a jar", other = "{count} jars" }\n',
    "templates/shortcodes/figure.html": '<img src="{{ src }}" alt=""> {{ caption }}',
    "templates/shortcodes/note.html": '<aside class="{{ kind }}">{{ body }}</aside>',
}
"""What the examples take for granted."""

ABOUT = "content/tried.md"
"""The page that an example is, or is rendered for."""


@dataclass(frozen=True)
class Tried:
    """A build of an example, with its files as text."""

    build: Build
    files: Mapping[str, str]

    @property
    def told(self) -> list[str]:
        """Its problems in a line each."""
        return [f"{found.code} {found.place}: {found.message}" for found in self.build.problems]


def complete(config: str) -> str:
    """`config` with what every site needs and it does not say."""
    said = tomllib.loads(config)
    return (
        "".join(f'{key} = "{value}"\n' for key, value in NEEDED.items() if key not in said) + config
    )


def try_site(files: Mapping[str, str], config: str = "", *, inspect: bool = False) -> Tried:
    """A build of the pantry with `files`."""
    written: dict[str, str] = {}
    source = MemorySource({**PANTRY, **files, CONFIG_FILE: complete(config)})
    done = build(
        source,
        today=TODAY,
        emit=lambda file: written.update(
            {file.path: file.body.decode(errors="replace") if isinstance(file.body, bytes) else ""}
        ),
        theme=load_theme(),
        options=BuildOptions(inspect=inspect),
        image_tools=ImageTools(PlainEncoder()),
    )
    return Tried(done, written)


def select(*languages: str, named: bool | None = None) -> list[Block]:
    """The examples in these languages that no other test tries."""
    return [
        block
        for block in BLOCKS
        if block.language in languages
        and (block.document, block.language) not in ELSEWHERE
        and named in (None, bool(block.file))
        and not (block.file and (block.document, block.section) in PUBLISHING)
    ]


def list_publishing() -> Mapping[tuple[str, str], list[str]]:
    """What sections say that their examples publish, by document and section."""
    said: dict[tuple[str, str], list[str]] = {}
    for document in {block.document for block in BLOCKS}:
        text = (DOCS / document).read_text(encoding="utf-8")
        for part in text.split("\n## ")[1:]:
            paths = [
                path for told in PUBLISHED.findall(part) for path in re.findall("`([^`]+)`", told)
            ]
            if paths:
                said[document, part.partition("\n")[0]] = paths
    return said


PUBLISHING = list_publishing()
PUBLISHED_FILES = [
    block for block in BLOCKS if block.file and (block.document, block.section) in PUBLISHING
]
SETTINGS = select("toml", named=False)
STEPS = [block for block in select("yaml", named=False) if block.text.startswith("- run: pectin ")]
FRONT_MATTER = [block for block in select("yaml", named=False) if block not in STEPS]
PAIRS = [(source, made) for source, made in pairwise(BLOCKS) if made.lead == "becomes"]
MADE = [made for _, made in PAIRS]
TEMPLATES = [block for block in select("jinja", "html", named=False) if block not in MADE]
ARCHETYPES = [block for block in select("jinja") if block.file.startswith("archetypes/")]
FILES = [b for b in select("toml", "yaml", "jinja", "html", named=True) if b not in ARCHETYPES]
PAGES = select("markdown")
SHORTCODES = select("indented")
PLAIN_MARKDOWN = [b for b in BLOCKS if b.document == "markdown.md" and not b.language]
TYPED = [b for b in BLOCKS if b.document in {"start.md", "archetypes.md"} and "$ " in b.text]
TOLD = [block for block in BLOCKS if re.match(r"(error|warning)\[", block.text)]
TREES = [block for block in BLOCKS if block.text.startswith("my-site/")]
INSTALLED = [block for block in BLOCKS if block.text.startswith("pip install ")]


@pytest.mark.parametrize("place", sorted(PUBLISHING), ids="-".join)
def test_a_section_publishes_what_it_says(place: tuple[str, str]) -> None:
    files = {
        block.file: block.text
        for block in BLOCKS
        if (block.document, block.section) == place and block.file
    }
    assert files
    config = complete(files.pop(CONFIG_FILE, ""))
    made: set[str] = set()
    built = build(
        MemorySource({CONFIG_FILE: config, **files}),
        today=TODAY,
        emit=lambda file: made.add(file.path),
        theme=load_theme(),
    )
    assert built.problems == ()
    said = {path + "index.html" if path.endswith("/") else path for path in PUBLISHING[place]}
    assert said <= made


@pytest.mark.parametrize("block", SETTINGS, ids=str)
def test_settings_are_settings(block: Block) -> None:
    if block.lead.endswith("named for the language:"):
        tried = try_site({"i18n/de.toml": block.text}, 'language = "en"\n[languages.de]\n')
        assert tried.told == []
        return
    config, problems = parse_config(complete(block.text))
    assert problems == ()
    assert config


@pytest.mark.parametrize("block", FILES, ids=str)
def test_a_file_that_is_named_is_read(block: Block) -> None:
    if block.file == CONFIG_FILE:
        assert parse_config(complete(block.text))[1] == ()
        return
    recipe = "{{ page.content }} by {{ page.params.author }}"
    tried = try_site({block.file: block.text, "templates/recipe.html": recipe})
    assert tried.told == []


@pytest.mark.parametrize("block", FRONT_MATTER, ids=str)
def test_front_matter_is_front_matter(block: Block) -> None:
    text = block.text if block.text.startswith("---") else f"---\n{block.text}---\n"
    is_section = "cascade:" in text
    below = {"content/tried/draft-x.md": "", "content/tried/x.md": ""}
    files = {
        "templates/recipe.html": "{{ page.title }}",
        **({"content/tried/_index.md": text, **below} if is_section else {ABOUT: text}),
    }
    menu = '[[menus.main]]\nname = "Recipes"\npage = "recipes/_index.md"\n'
    assert try_site(files, menu).told == []


@pytest.mark.parametrize("block", TEMPLATES, ids=str)
def test_a_template_renders(block: Block) -> None:
    front = "---\nauthor: anna\noutputs: [html, json]\n---\n"
    menu = '[[menus.main]]\nname = "Fruit"\npage = "fruit/_index.md"\n'
    config = f'language = "en"\n{menu}\n[languages.de]\ntitle = "Marmelade"\n'
    files = {
        ABOUT: f"{front}Text.\n",
        "content/tried.de.md": f"{front}Text.\n",
        "i18n/de.toml": PANTRY["i18n/en.toml"],
        "templates/tried.html": block.text,
        "content/_defaults.yaml": "defaults: [{target: {path: tried*}, template: tried.html}]\n",
        "content/linking.md": "See [this](tried.md).\n",
    }
    tried = try_site(files, config)
    assert tried.told == []
    assert tried.files["/tried/index.html"].strip()


@pytest.mark.parametrize(("source", "made"), PAIRS, ids=str)
def test_an_example_becomes_what_is_shown(source: Block, made: Block) -> None:
    files = {ABOUT: "---\ntemplate: tried.html\n---\n", "templates/tried.html": source.text}
    html = try_site(files).files["/tried/index.html"]
    pattern = re.escape("".join(made.text.split("\n"))).replace(r"\.\.\.", ".*?")
    pattern = re.sub(r"(?<=\\\.)[0-9a-f]{12}(?=\\\.)", "[0-9a-f]{12}", pattern)
    pattern = re.sub(r"\\#[0-9a-f]{6}", "#[0-9a-f]{6}", pattern)
    assert re.fullmatch(pattern, "".join(html.split("\n")).strip())


def test_pages_are_pages() -> None:
    for block in PAGES:
        assert try_site({block.file or ABOUT: block.text}).told == [], str(block)


@pytest.mark.parametrize("block", ARCHETYPES, ids=str)
def test_an_archetype_makes_a_page(block: Block) -> None:
    variables = {"title": 'A "jam": plum', "date": TODAY, "slug": "a", "section": "blog"}
    made = Archetype(block.file, block.text).render(variables)
    tried = try_site({ABOUT: made.replace("draft: true", "")})
    assert tried.told == []
    assert 'A "jam": plum' in tried.files["/tried/index.html"].replace("&#34;", '"').replace(
        "&quot;", '"'
    )


@pytest.mark.parametrize("block", SHORTCODES, ids=str)
def test_shortcodes_are_called_as_shown(block: Block) -> None:
    assert "{{" in block.text
    beside = {"plum.svg": PANTRY["content/jar.svg"], "plums.jpg": PANTRY["content/plums.jpg"]}
    files = {f"content/tried/{name}": body for name, body in beside.items()}
    tried = try_site({"content/tried/index.md": block.text, **files})
    assert tried.told == []
    assert "{{" not in tried.files["/tried/index.html"]


def render_told(tried: Tried, code: str) -> str:
    """The problem as the command prints it."""
    (problem,) = [found for found in tried.build.problems if found.code == code]
    shown = render_problem(problem)
    assert isinstance(shown, Text)
    return shown.plain


def test_a_problem_is_printed_as_shown() -> None:
    shown = {block.document: block.text for block in TOLD}
    assert set(shown) == {"cli.md", "check.md"}
    jam = "---\ntitle: Jam\n---\n" + "\n" * 8 + "A [jam](plm.md).\n"
    told = render_told(try_site({"content/blog/jam.md": jam}), "broken-link")
    assert told.split() == shown["cli.md"].split()
    plum = "---\ntitle: Plum\n---\n## Fruit\n\n#### Stones\n"
    told = render_told(try_site({"content/plum.md": plum}, inspect=True), "heading-order")
    assert told.split() == shown["check.md"].split()


def test_every_extra_that_is_installed_exists() -> None:
    text = (DOCS.parent / "pyproject.toml").read_text(encoding="utf-8")
    extras = tomllib.loads(text)["project"]["optional-dependencies"]
    documents = "".join(path.read_text(encoding="utf-8") for path in DOCS.glob("*.md"))
    named = set(re.findall(r"pip install 'pectin\[(\w+)\]'", documents))
    assert named
    assert named <= set(extras)


def test_the_folder_of_a_site_is_as_shown() -> None:
    (tree,) = TREES
    names = re.findall(r"^  ([\w.]+)/? ", tree.text, re.MULTILINE)
    assert set(names) <= {CONFIG_FILE, *FOLDERS}
    assert len(names) > 4


@pytest.mark.parametrize("block", PLAIN_MARKDOWN, ids=str)
def test_what_markdown_can_do_is_done(block: Block) -> None:
    if "{{ destination }}" in block.text:
        page = '![Jar](jar.svg "A jar")\n'
        tried = try_site({ABOUT: page, "templates/hooks/image.html": block.text})
        assert "<figcaption>A jar</figcaption>" in tried.files["/tried/index.html"]
    else:
        tried = try_site({ABOUT: block.text})
        html = tried.files["/tried/index.html"]
        for name in re.findall(r"\{\.([\w-]+)", block.text):
            assert re.search(rf'class="[^"]*\b{name}\b', html)
        for name in re.findall(r'title="([^"]+)"', block.text):
            assert f"<figcaption>{name}</figcaption>" in html
    assert tried.told == []


def list_commands(document: str) -> list[str]:
    """The commands that the document has readers type, without their remarks."""
    texts = [block.text for block in TYPED if block.document == document]
    return [
        command
        for text in texts
        for command in re.findall(r"^\$ (.*?)(?: +# .*)?$", text, re.MULTILINE)
        if command not in BLOCKING
    ]


@pytest.mark.parametrize("document", ["start.md", "archetypes.md"])
def test_every_command_ends_well(document: str, tmp_path: Path) -> None:
    pectin = tmp_path / "bin" / "pectin"
    pectin.parent.mkdir()
    pectin.write_text(f'#!/bin/sh\nexec {shlex.join(COMMAND)} "$@"\n')
    pectin.chmod(0o755)
    commands = list_commands(document)
    assert len(commands) > 3
    started = [] if document == "start.md" else ["pectin new my-site", "cd my-site"]
    script = "\n".join(f"{command} || exit 1" for command in [*started, *commands])
    environment = {"PATH": f"{pectin.parent}:/usr/bin:/bin", "HOME": str(tmp_path), "EDITOR": "cat"}
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_steps_of_workflows_call_commands_that_there_are() -> None:
    commands: dict[str, Any] = dict(typer.main.get_command(make_application()).commands)  # type: ignore[attr-defined]  # a group
    for block in STEPS:
        for line in re.findall("^- run: pectin (.+)$", block.text, re.MULTILINE):
            name, *options = shlex.split(line.partition(">")[0])
            known = {option for parameter in commands[name].params for option in parameter.opts}
            assert set(options) <= known, line


def test_every_example_is_tried() -> None:
    tried = [
        *(PUBLISHED_FILES + SETTINGS + FILES + FRONT_MATTER + TEMPLATES + MADE + ARCHETYPES),
        *(PAGES + SHORTCODES + PLAIN_MARKDOWN + TYPED + STEPS + TOLD + TREES + INSTALLED),
    ]
    untried = [
        f"{block}: {block.text.partition(chr(10))[0]}"
        for block in BLOCKS
        if block not in tried and (block.document, block.language) not in ELSEWHERE
    ]
    assert untried == [], "tell above how these are tried"
