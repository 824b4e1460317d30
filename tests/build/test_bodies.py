from __future__ import annotations

import pytest

import pectin.build.templates.bodies as bodies_module
from pectin.adapters.memory_cache import MemoryCache
from pectin.adapters.memory_source import MemorySource
from pectin.build.content.document import Content, FrontMatter, Head
from pectin.build.problems import Problems
from pectin.build.site.model import Kind, Page
from pectin.build.templates.bodies import Bodies, Outline
from pectin.build.templates.memory import BodyMemory
from pectin.build.traces.cache import NoCache
from pectin.build.traces.recorder import Recorder

HTML = "<p>Plum &amp; pear</p>"


def make_page(name: str) -> Page:
    source = f"content/{name}.md"
    head = Head(source, 0, FrontMatter())
    return Page(Kind.PAGE, name, f"/{name}/", f"/{name}/index.html", name, source, head=head)


class Renders:
    """Renders bodies, and remembers of which pages."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, page: Page) -> Content:
        self.names.append(page.slug)
        return Content(HTML, page.slug, ((1, "a", "A"),), frozenset())


@pytest.fixture
def renders() -> Renders:
    return Renders()


def make_bodies(renders: Renders, keep: frozenset[Page] = frozenset()) -> Bodies:
    memory = BodyMemory(NoCache(), MemorySource({}), Problems(), Recorder(), lambda _: b"")
    return Bodies(renders, keep, memory)


PLUM, PEAR = make_page("plum"), make_page("pear")


def test_a_body_is_rendered_once_whatever_is_asked_of_it_first(renders: Renders) -> None:
    bodies = make_bodies(renders)
    assert bodies.word_count_of(PLUM) == 3
    assert bodies.outline_of(PLUM) == Outline("plum", ((1, "a", "A"),))
    assert bodies.content_of(PLUM).html == HTML
    assert renders.names == ["plum"]


def test_what_others_show_of_a_page_outlives_its_body(renders: Renders) -> None:
    bodies = make_bodies(renders)
    bodies.content_of(PLUM)
    bodies.drop(PLUM)
    assert bodies.outline_of(PLUM).summary == "plum"
    assert renders.names == ["plum"]
    bodies.content_of(PLUM)
    assert renders.names == ["plum", "plum"]


def test_bodies_that_are_only_asked_about_do_not_pile_up(renders: Renders) -> None:
    bodies = make_bodies(renders)
    bodies.outline_of(PLUM)
    bodies.outline_of(PEAR)
    bodies.content_of(PLUM)
    assert renders.names == ["plum", "pear", "plum"]


def test_a_body_that_is_kept_is_never_rendered_again(renders: Renders) -> None:
    bodies = make_bodies(renders, frozenset([PLUM]))
    bodies.word_count_of(PLUM)
    bodies.outline_of(PEAR)
    bodies.content_of(PLUM)
    bodies.drop(PLUM)
    bodies.content_of(PLUM)
    assert renders.names == ["plum", "pear"]


def test_what_one_learnt_another_need_not(renders: Renders) -> None:
    one, other = make_bodies(renders, frozenset([PLUM])), make_bodies(renders, frozenset([PLUM]))
    for page in (PLUM, PEAR):
        one.word_count_of(page)
        one.content_of(page)
        one.drop(page)
    other.merge(one.drain())
    done = list(renders.names)
    assert other.word_count_of(PEAR) == 3
    assert other.outline_of(PEAR) == one.outline_of(PEAR)
    assert other.content_of(PLUM).html == HTML
    assert renders.names == done
    assert one.drain().outlines == {}


def test_more_outlines_than_are_held_are_loaded_again(
    renders: Renders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies_module, "_MOST_OUTLINES", 1)
    cache = MemoryCache(lambda _digest, _size: None)
    source = MemorySource({PLUM.source: "a", PEAR.source: "b"})
    memory = BodyMemory(cache, source, Problems(), Recorder(), lambda _: b"")
    bodies = Bodies(renders, frozenset(), memory)
    for page in (PLUM, PEAR):
        bodies.content_of(page)
        bodies.drop(page)
    known = bodies.drain()
    assert known.outlines.keys() == {PLUM.source}
    bodies.merge(known)
    assert [bodies.outline_of(page).summary for page in (PLUM, PEAR)] == ["plum", "pear"]
    assert renders.names == ["plum", "pear"]
