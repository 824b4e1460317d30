"""What is in a circle is told the same, wherever one begins and whatever is remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.build.conftest import THEME, TODAY
from tests.build.test_incremental import SITE, Disk, run

from pectin.adapters.forked_workers import ForkedWorkers
from pectin.adapters.memory_cache import MemoryCache
from pectin.adapters.memory_source import MemorySource
from pectin.build.builder import build
from pectin.build.circles import Circles
from pectin.build.workers import OneWorker
from pectin.values.output import read_body
from pectin.values.problem import Problem

Graph = Mapping[str, Sequence[str]]


def walk(graph: Graph, roots: Sequence[str]) -> set[tuple[str, str]]:
    """The needs of a `graph` that cannot be met, when its items are made from `roots` on."""
    circles = Circles()
    made: set[str] = set()
    unmet: set[tuple[str, str]] = set()

    def make(item: str) -> None:
        with circles.making(item):
            for needed in graph[item]:
                if not circles.has(needed):
                    if needed not in made:
                        make(needed)
                    if not circles.has(needed):
                        continue
                unmet.add((item, needed))
        made.add(item)

    for root in roots:
        if root not in made:
            make(root)
    return unmet


def reach(graph: Graph, start: str) -> set[str]:
    reached: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        item = waiting.pop()
        if item not in reached:
            reached.add(item)
            waiting += graph[item]
    return reached


GRAPHS = st.integers(1, 5).flatmap(
    lambda size: st.fixed_dictionaries(
        {item: st.lists(st.sampled_from("abcde"[:size]), max_size=4) for item in "abcde"[:size]}
    )
)


@given(GRAPHS)
def test_what_needs_each_other_is_the_same_wherever_one_begins(graph: Graph) -> None:
    wanted = {
        (item, needed) for item in graph for needed in graph[item] if item in reach(graph, needed)
    }
    assert all(walk(graph, roots) == wanted for roots in permutations(graph))


def show(*names: str) -> str:
    return "".join(f'{{{{ show(of="{name}.md") }}}}\n' for name in names)


SHOWING = {
    "pectin.toml": SITE["pectin.toml"],
    "templates/shortcodes/show.html": "<i>{{ get_page(of).content }}</i>",
}
ROUND = {
    **SHOWING,
    "content/a.md": show("b"),
    "content/b.md": "B.\n" + show("c", "d"),
    "content/c.md": show("a"),
    "content/d.md": "D.\n",
    "content/e.md": show("a", "d"),
}
FILES_IN_CIRCLES = {
    "pectin.toml": SITE["pectin.toml"],
    "templates/page.html": "{{ asset(page.slug ~ '.js').url }}{{ asset(page.slug ~ '.css').url }}",
    "content/a.md": "",
    "content/b.md": "",
    "content/c.md": "",
    "assets/a.js": 'import "./b.js"',
    "assets/b.js": 'import "./c.js"; import "./d.js"',
    "assets/c.js": 'import "./a.js"',
    "assets/d.js": "",
    "assets/a.css": '@import "b.css";',
    "assets/b.css": '@import "a.css"; a { background: url(c.css) }',
    "assets/c.css": '@import "b.css";',
}


def test_each_body_of_a_circle_is_told_where_it_shows_the_next() -> None:
    built, files = run(ROUND, TODAY, Disk(), None)
    told = [problem for problem in built.problems if problem.code == "endless-content"]
    assert sorted(problem.message[20:21] for problem in told) == ["a", "b", "c"]
    assert b"<i>D.</i>" not in files["/b/index.html"]
    assert b"<p>D.</p>" in files["/e/index.html"]


def build_with(files: Mapping[str, str], workers: int) -> tuple[tuple[Problem, ...], object]:
    made: dict[str, bytes] = {}
    built = build(
        MemorySource(files),
        today=TODAY,
        emit=lambda file: made.update({file.path: read_body(file.body)}),
        theme=THEME,
        workers=ForkedWorkers(workers) if workers > 1 else OneWorker(),
    )
    return built.problems, made


@pytest.mark.parametrize("site", [ROUND, FILES_IN_CIRCLES])
@pytest.mark.parametrize("changed", "abcd")
def test_circles_are_told_the_same_whatever_is_remembered(
    site: Mapping[str, str], changed: str
) -> None:
    files = dict(site)
    for path in site:
        if path.rpartition("/")[2].startswith(f"{changed}."):
            files[path] = ""
    disk = Disk()
    cache = MemoryCache(disk.find)
    run(files, TODAY, disk, cache)
    built, made = run(dict(site), TODAY, disk, cache)
    clean, wanted = run(dict(site), TODAY, Disk(), None)
    assert made == wanted
    assert built.problems == clean.problems


@pytest.mark.parametrize("site", [ROUND, FILES_IN_CIRCLES])
def test_circles_are_told_the_same_by_any_number_of_workers(site: Mapping[str, str]) -> None:
    more = {f"content/more/{name}.md": show("a") for name in "0123456789"}
    more |= {f"content/0/{name}.md": "" for name in range(50)}
    files = {**site, **(more if site is ROUND else {})}
    for name in range(60):
        files[f"content/z/{name}.md"] = f"---\nslug: {'abc'[name % 3]}\nurl: /z/{name}/\n---\n"
    assert build_with(files, 3) == build_with(files, 1)


def chain(length: int) -> dict[str, str]:
    links = {f"content/n{n:03}.md": f"{n}.\n{show(f'n{n + 1:03}')}" for n in range(length)}
    return {**SHOWING, **links, f"content/n{length:03}.md": "The end.\n"}


def test_bodies_show_each_other_however_deep() -> None:
    built, files = run(chain(150), TODAY, Disk(), None)
    assert built.problems == ()
    assert b"The end." in files["/n000/index.html"]


def test_a_chain_that_is_remembered_in_part_becomes_what_it_was() -> None:
    files = chain(60)
    disk = Disk()
    cache = MemoryCache(disk.find)
    run(files, TODAY, disk, cache)
    files["content/n060.md"] = "Another end.\n"
    assert run(files, TODAY, disk, cache)[1] == run(files, TODAY, Disk(), None)[1]


def test_a_circle_that_is_longer_than_what_is_rendered_at_once_is_told_at_each_of_its_bodies() -> (
    None
):
    files = {**chain(40), "content/n040.md": show("n000"), "content/x.md": show("n020")}
    built, made = run(files, TODAY, Disk(), None)
    told = [problem for problem in built.problems if problem.code == "endless-content"]
    assert len(told) == 41
    moved = {**files, "content/0.md": show("n020")}
    again, made_again = run(moved, TODAY, Disk(), None)
    assert [p for p in again.problems if p.code == "endless-content"] == told
    assert {path: made_again[path] for path in made if path.startswith("/n")} == {
        path: made[path] for path in made if path.startswith("/n")
    }
