"""A build of what was built already is not made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.app.conftest import write

from pectin.app.building import build_site
from pectin.app.publishing import Attempt, publish_site
from pectin.app.requests import make_request
from pectin.app.settings import Settings
from pectin.app.upkeep import verify_store
from pectin.values.errors import PectinError

Builds = Callable[[], int]


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> Builds:
    """Tells how many builds there were."""
    made: list[None] = []

    def count(*args: object) -> object:
        made.append(None)
        return build_site(*args)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr("pectin.app.staging.build_site", count)
    return lambda: len(made)


def publish(settings: Settings) -> Attempt:
    return publish_site(settings, make_request(settings))


def later(settings: Settings, days: int) -> Settings:
    return replace(settings, today=settings.today + timedelta(days=days))


def test_the_same_source_is_built_once(settings: Settings, builds: Builds) -> None:
    publish(settings)
    again = publish(later(settings, 100))
    assert again.published
    assert again.published.unchanged
    assert builds() == 1


def test_what_was_told_is_told_again(settings: Settings, builds: Builds) -> None:
    write(settings.source, {"content/about.md": "A note.[^1]\n"})
    first, second = publish(settings), publish(settings)
    assert [problem.code for problem in first.problems] == ["undefined-footnote"]
    assert second.problems == first.problems
    assert builds() == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/about.md", "On pears.\n"),
        ("content/new.md", "New.\n"),
        ("data/x.yaml", "a: 1\n"),
        ("static/x.txt", "x"),
    ],
)
def test_another_source_is_built(settings: Settings, builds: Builds, path: str, text: str) -> None:
    publish(settings)
    write(settings.source, {path: text})
    publish(settings)
    assert builds() == 2


def test_a_page_that_expires_is_waited_for(settings: Settings, builds: Builds) -> None:
    expiry = settings.today + timedelta(days=2)
    write(settings.source, {"content/about.md": f"---\nexpires: {expiry}\n---\n"})
    publish(settings)
    publish(later(settings, 1))
    assert builds() == 1
    publish(later(settings, 2))
    assert builds() == 2


def test_a_template_that_asks_for_the_day_is_rendered_each_day(
    settings: Settings, builds: Builds
) -> None:
    write(settings.source, {"templates/page.html": "{{ today }}"})
    publish(settings)
    publish(settings)
    assert builds() == 1
    publish(later(settings, 1))
    assert builds() == 2


def test_a_repair_makes_the_next_publish_look_at_everything(
    settings: Settings, builds: Builds
) -> None:
    publish(settings)
    verify_store(settings, repair=True)
    publish(settings)
    assert builds() == 2


def test_a_build_without_its_cache_is_made_again(settings: Settings, builds: Builds) -> None:
    publish(settings)
    for file in Path(settings.store / "cache").iterdir():
        file.unlink()
    again = publish(settings)
    assert again.published
    assert again.published.unchanged
    assert builds() == 2


def test_an_edited_body_gives_the_deploy_of_a_whole_build(settings: Settings) -> None:
    publish(settings)
    write(settings.source, {"content/about.md": "On pears.\n"})
    revised = publish(settings)
    assert revised.published
    whole = publish(replace(settings, store=settings.store.with_name("other")))
    assert whole.published
    assert revised.published.deploy.snapshot == whole.published.deploy.snapshot


def test_a_repair_touches_no_folder_that_is_no_store(settings: Settings, tmp_path: Path) -> None:
    note = tmp_path / "other" / "cache" / "note"
    note.parent.mkdir(parents=True)
    note.write_text("precious")
    with pytest.raises(PectinError):
        verify_store(replace(settings, store=tmp_path / "other"), repair=True)
    assert note.read_text() == "precious"
