"""Rebuilding into a store in memory: what the pages and the author are told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import pectin.app.dev as module
from pectin.adapters.folder_source import SourceMissing
from pectin.adapters.memory_store import MemoryStore
from pectin.app.dev import HostRefused, Listeners, Rebuilt, Workshop, develop
from pectin.app.images import make_image_tools
from pectin.app.late_images import LateImages
from pectin.app.serving import Address
from pectin.app.settings import Settings
from pectin.values.problem import Problem
from pectin.values.site import PRODUCTION, SiteName
from pectin.web.page_list import PageList
from pectin.web.reload import State


class Studio:
    """A workshop, and all that it told."""

    def __init__(self, settings: Settings) -> None:
        self.states: list[State] = []
        self.rebuilt: list[Rebuilt] = []
        self.store = MemoryStore()
        listeners = Listeners(lambda _: None, self.rebuilt.append, render)
        self.images = LateImages(make_image_tools(settings))
        self.pages = PageList()
        self._workshop = Workshop(
            settings, self.store, self.states.append, listeners, 8787, self.images, self.pages
        )

    def rebuild(self, *changed: str) -> tuple[State, Rebuilt]:
        self._workshop.rebuild(frozenset(changed))
        return self.states[-1], self.rebuilt[-1]


def render(problem: Problem) -> str:
    return f"{problem.severity} {problem.code}"


def test_a_good_build_is_live_and_its_id_is_told(settings: Settings) -> None:
    studio = Studio(settings)
    state, rebuilt = studio.rebuild()
    live = studio.store.read(SiteName("plum"), PRODUCTION)
    assert live
    assert state == State(live.snapshot.hex())
    assert (rebuilt.succeeded, rebuilt.pages > 0, rebuilt.changed) == (True, True, frozenset())


def test_an_error_leaves_the_id_and_tells_the_problem_until_it_is_mended(
    settings: Settings,
) -> None:
    studio = Studio(settings)
    good, first = studio.rebuild()
    broken = settings.source / "content" / "broken.md"
    broken.write_text("[x](nope.md)")
    state, rebuilt = studio.rebuild("content/broken.md")
    assert state == State(good.version, ("error broken-link",))
    assert (rebuilt.succeeded, rebuilt.changed) == (False, frozenset(["content/broken.md"]))
    assert (rebuilt.url, first.url) == ("http://plum.localhost:8787/",) * 2
    broken.unlink()
    assert studio.rebuild("content/broken.md")[0] == good


def test_a_site_that_is_broken_from_the_start_is_nowhere(settings: Settings) -> None:
    (settings.source / "content" / "broken.md").write_text("[x](nope.md)")
    assert Studio(settings).rebuild()[1].url == ""


def test_a_site_that_gets_another_name_is_at_another_address(settings: Settings) -> None:
    studio = Studio(settings)
    studio.rebuild()
    config = settings.source / "pectin.toml"
    config.write_text(config.read_text().replace('"plum"', '"sloe"', 1))
    assert studio.rebuild("pectin.toml")[1].url == "http://sloe.localhost:8787/"


def test_warnings_are_for_the_author_and_not_for_the_page(settings: Settings) -> None:
    config = settings.source / "pectin.toml"
    config.write_text(config.read_text() + '\n[check]\nbroken-link = "warning"\n')
    (settings.source / "content" / "a.md").write_text("[x](nope.md)")
    state, rebuilt = Studio(settings).rebuild()
    assert state.problems == ()
    assert [problem.code for problem in rebuilt.problems] == ["broken-link"]
    assert rebuilt.succeeded


@pytest.mark.parametrize("text", ["name = ", 'name = "Plum Jam"\n'])
def test_a_configuration_that_cannot_be_read_is_a_problem_and_not_the_end(
    settings: Settings, text: str
) -> None:
    studio = Studio(settings)
    good, _ = studio.rebuild()
    (settings.source / "pectin.toml").write_text(text)
    state, _ = studio.rebuild("pectin.toml")
    assert state.version == good.version
    assert state.problems
    (settings.source / "pectin.toml").unlink()
    assert studio.rebuild("pectin.toml")[0].problems == ("error source-missing",)


def test_a_bug_is_a_problem_and_not_the_end(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("jam")

    monkeypatch.setattr(module, "stage_site", fail)
    state, rebuilt = Studio(settings).rebuild()
    assert state.problems == ("error bug",)
    assert rebuilt.problems[0].notes[0].startswith("in fail, line ")


def test_memory_does_not_grow_with_the_number_of_rebuilds(settings: Settings) -> None:
    studio = Studio(settings)
    sizes = []
    for number in range(8):
        (settings.source / "content" / "about.md").write_text(f"{number}")
        studio.rebuild("content/about.md")
        sizes.append(len(list(studio.store.digests())))
    assert sizes[-1] == sizes[-2] == sizes[-3]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.org", ""])
def test_other_machines_are_never_let_in(settings: Settings, host: str) -> None:
    """Attack row 31."""
    listeners = Listeners(lambda _: None, lambda _: None, render)
    with pytest.raises(HostRefused):
        develop(settings, Address(host, 0), listeners)


def test_absolute_links_stay_on_the_development_server(settings: Settings) -> None:
    (settings.source / "templates").mkdir()
    (settings.source / "templates" / "page.html").write_text("{{ page.permalink }}")
    studio = Studio(settings)
    studio.rebuild()
    bodies = [studio.store.get(digest) for digest in studio.store.digests()]
    assert b"http://plum.localhost:8787/about/" in {body.strip() for body in bodies}


def test_a_folder_without_a_site_is_refused_before_anything_is_served(tmp_path: Path) -> None:
    settings = Settings(tmp_path, tmp_path / ".pectin", None, 0, date(2026, 1, 1), "")
    listeners = Listeners(lambda _: None, lambda _: None, render)
    with pytest.raises(SourceMissing):
        develop(settings, Address("127.0.0.1", 0), listeners)


def test_every_rebuild_makes_what_a_first_build_of_the_same_source_would(
    settings: Settings,
) -> None:
    studio, content = Studio(settings), settings.source / "content"
    studio.rebuild()
    for number, (name, text) in enumerate(
        (
            ("about.md", "Once.\n"),
            ("about.md", "Twice, [lost](lost.md).\n"),
            ("about.md", "Twice.\n"),
            ("about.md", "Twice, and more.\n"),
            ("new.md", "New.\n"),
            ("about.md", "---\ntitle: Other\n---\nTwice.\n"),
            ("new.md", "Newer.\n"),
            ("about.md", "---\ntitle: Other\n---\nThree times.\n"),
        )
    ):
        (content / name).write_text(f"{text}\n{number}\n")
        state, rebuilt = studio.rebuild(f"content/{name}")
        first, built = Studio(settings).rebuild()
        assert rebuilt.succeeded is built.succeeded
        assert not built.succeeded or state.version == first.version


def test_the_list_of_pages_tells_why_each_was_rendered(settings: Settings) -> None:
    studio, content = Studio(settings), settings.source / "content"
    (content / "later.md").write_text("---\ndate: 2999-01-01\n---\nLater.\n")
    (content / "about.md").write_text("About.\n")
    studio.rebuild()
    assert studio.pages.mark_of("/later/") == "dated in the future"
    assert studio.pages.mark_of("/about/") == ""
    for text in ("Once.\n", "Twice.\n"):
        (content / "about.md").write_text(text)
        studio.rebuild("content/about.md")
        assert "the summary or the headings of content/about.md changed" in studio.pages.render()
        assert studio.pages.mark_of("/later/") == "dated in the future"
