"""Pages made of data: what the golden sites cannot show."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.build.conftest import THEME, TODAY, BuildSite

from pectin.adapters.forked_workers import ForkedWorkers
from pectin.adapters.memory_source import MemorySource
from pectin.build.builder import build
from pectin.build.content.shortcode_syntax import parse_tag
from pectin.build.generation.items import Item, Origin, list_items
from pectin.build.generation.markdown_text import escape_markdown, render_call
from pectin.build.problems import Problems
from pectin.build.templates.data_folder import open_data
from pectin.build.workers import OneWorker, Workers
from pectin.values.output import OutputFile, read_body
from pectin.values.problem import Problem

EACH = '---\npages_from: data.jams\nslug: "{{ item.id }}"\n---\n{{ item.text }}\n'
CONFIG = 'name = "jam"\ntitle = "Jam"\nurl = "https://example.org"\n[markdown]\nsmart_punctuation = false\n'


@pytest.mark.parametrize(
    ("path", "text", "expression", "lines"),
    [
        ("data/a.yaml", "- x: 1\n  y: [1]\n-  x: 2\n", "data.a", [1, 3]),
        ("data/a.yaml", "z: 1\nb:\n  - x: 1\n    c:\n      - 1\n  - x: 2\n", "data.a.b", [3, 6]),
        ("data/a.json", '{"z": [1],\n "b": [\n{"x": 1},\n\n{"x": 2}]}', 'data["a"].b', [3, 5]),
        ("data/a.toml", "[[c]]\nx=0\n[[b]]\nx = 1\n[[b]]\nx = 2\n", "data.a.b", [3, 5]),
        ("data/a.csv", 'x\n"1\n"\n\n2\n', "data.a", [2, 5]),
        ("data/f/a.tsv", "x\n1\n2\n", "data.f.a", [2, 3]),
    ],
)
def test_each_item_has_its_line(path: str, text: str, expression: str, lines: list[int]) -> None:
    source = MemorySource({path: text})
    data = open_data([path], source, Problems(), lambda _kind, _subject: None)
    origin = Origin(expression, data, source)
    found = data.root
    for name in origin.names:
        found = found[name]
    places = [origin.place(item) for item in list_items(found)]
    assert [place.line for place in places if place] == lines


def test_an_item_that_a_filter_moved_has_its_line() -> None:
    source = MemorySource({"data/a.yaml": "- b\n- a\n"})
    data = open_data(["data/a.yaml"], source, Problems(), lambda _kind, _subject: None)
    place = Origin("data.a|sort", data, source).place(Item("a", 1))
    assert str(place) == "data/a.yaml:2:1"


def test_a_key_of_a_mapping_has_its_line() -> None:
    source = MemorySource({"data/a.toml": "[anna]\nx = 1\n[ben]\nx = 1\n"})
    data = open_data(["data/a.toml"], source, Problems(), lambda _kind, _subject: None)
    place = Origin("data.a", data, source).place(Item({"x": 1}, 2, "ben"))
    assert place is not None
    assert place.line == 3


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_any_text_comes_out_of_markdown_as_it_was(text: str) -> None:
    made: dict[str, OutputFile] = {}
    build(
        MemorySource({"pectin.toml": CONFIG, "content/a.md": f"x{escape_markdown(text)}x\n"}),
        today=TODAY,
        emit=lambda file: made.update({file.path: file}),
        theme=THEME,
    )
    html = read_body(made["/a/index.html"].body).decode()
    assert unescape(html.strip().removeprefix("<p>").removesuffix("</p>")) == f"x{text}x"


SCALARS = st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text()


@given(st.dictionaries(st.from_regex(r"[a-z]\w{0,5}", fullmatch=True), SCALARS | st.lists(SCALARS)))
def test_a_call_of_a_shortcode_is_read_as_it_was_meant(arguments: dict[str, object]) -> None:
    assert parse_tag(render_call("box", arguments, "{{", "}}"), 0).arguments == arguments


def test_the_item_itself_is_a_variable_of_the_page(build_site: BuildSite) -> None:
    built = build_site(
        {
            "data/jams.toml": '[[jams]]\nid = "fig"\nmade = 2024-05-01\n',
            "content/each.md": EACH.replace("data.jams", "data.jams.jams").replace(".text", ".id"),
            "templates/page.html": "{{ page.item.made|date('%Y') }} {{ page.params|length }}",
        }
    )
    assert built.text("/fig/index.html") == "2024 0"
    assert not built.codes


def test_drafts_and_future_pages_of_data_are_left_out(build_site: BuildSite) -> None:
    built = build_site(
        {
            "data/jams.json": '[{"id": "a", "draft": true}, {"id": "b", "draft": false}]',
            "content/each.md": EACH.replace(
                "---\n{{ item.text }}", 'draft: "{{ item.draft }}"\n---\n'
            ),
        }
    )
    assert "/b/index.html" in built.files
    assert "/a/index.html" not in built.files


def make(files: dict[str, str], workers: Workers) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    made: dict[str, bytes] = {}

    def emit(file: OutputFile) -> None:
        made[file.path] = read_body(file.body)

    done = build(MemorySource(files), today=TODAY, emit=emit, theme=THEME, workers=workers)
    return made, done.problems


def test_workers_make_the_same_as_one() -> None:
    items = ",".join(f'{{"id": "i{n}", "text": "*{n}*", "x": {n % 7}}}' for n in range(450))
    each = EACH.replace(
        "---\n{{", 'tags: "{{ item.x }}"\nweight: "{{ 1 / (item.x - 3) }}"\n---\n{{'
    )
    files = {"pectin.toml": CONFIG, "data/jams.json": f"[{items}]", "content/each.md": each}
    alone, together = (make(files, workers) for workers in (OneWorker(), ForkedWorkers(3)))
    assert alone == together
    assert "front-matter-value" in {problem.code for problem in alone[1]}
