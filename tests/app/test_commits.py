"""Sites that ask git when their pages were changed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.app.conftest import CONFIG, write

from pectin.adapters import git as git_adapter
from pectin.app import commits
from pectin.app.building import build_folder, check_site
from pectin.app.proofs import prove_cache
from pectin.app.publishing import publish_site
from pectin.app.requests import make_request
from pectin.app.settings import Settings
from pectin.app.upkeep import rebuild


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", folder, *identity, *arguments], check=True)


def commit(folder: Path, day: str) -> None:
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", day, "--date", f"{day}T10:00:00Z")


@pytest.fixture
def history(settings: Settings) -> Settings:
    """A site whose pages were committed in January 2024."""
    write(settings.source, {"pectin.toml": f"{CONFIG}[git]\nlastmod = true\n"})
    write(settings.source, {"templates/page.html": "{{ page.lastmod|date('%F') }}"})
    git(settings.source, "init", "-q")
    commit(settings.source, "2024-01-01")
    return settings


def read(settings: Settings, out: Path) -> tuple[str, str]:
    built = build_folder(settings, make_request(settings), out)
    assert built.problems == ()
    return (out / "about/index.html").read_text(), (out / "sitemap.xml").read_text()


def test_pages_and_the_sitemap_have_the_day_of_the_last_commit(
    history: Settings, tmp_path: Path
) -> None:
    page, sitemap = read(history, tmp_path / "out")
    assert page == "2024-01-01"
    assert "/about/</loc><lastmod>2024-01-01</lastmod>" in sitemap


def test_a_new_commit_is_seen(history: Settings, tmp_path: Path) -> None:
    publish_site(history, make_request(history))
    write(history.source, {"content/about.md": "---\ntitle: About\n---\nMore.\n"})
    commit(history.source, "2024-02-01")
    assert read(history, tmp_path / "out")[0] == "2024-02-01"
    assert prove_cache(history, make_request(history)).differences == ()


def test_git_is_asked_once_for_each_commit(
    history: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def find(folder: Path) -> object:
        asked.append(folder)
        return git_adapter.find_commit_times(folder)

    monkeypatch.setattr(commits, "find_commit_times", find)
    for _ in range(3):
        publish_site(history, make_request(history))
    assert len(asked) == 1


def test_a_deploy_can_be_built_again_when_history_has_moved_on(history: Settings) -> None:
    first = publish_site(history, make_request(history))
    assert first.published is not None
    git(history.source, "commit", "-q", "--amend", "-m", "x", "--date", "2025-01-01T10:00:00Z")
    rebuilt = rebuild(history, make_request(history))
    assert rebuilt.rebuilt == first.published.deploy.snapshot


def test_a_folder_without_history_is_told(settings: Settings) -> None:
    write(settings.source, {"pectin.toml": f"{CONFIG}[git]\nlastmod = true\n"})
    built = check_site(settings, make_request(settings))
    assert [problem.code for problem in built.problems if "git" in problem.code] == ["git-missing"]
