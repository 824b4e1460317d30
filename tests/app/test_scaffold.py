"""`pectin new`: a whole site in an empty folder, or nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pectin.app.building import check_site
from pectin.app.requests import make_request
from pectin.app.scaffold import FolderRefused, make_site_name, make_title, start_site
from pectin.app.settings import Settings
from pectin.values.site import BadSiteName


def test_a_new_site_has_no_problems(tmp_path: Path, settings: Settings) -> None:
    assert start_site(tmp_path / "Plum Notes") == "plum-notes"
    started = replace(settings, source=tmp_path / "Plum Notes")
    built = check_site(started, make_request(started))
    assert built.problems == ()
    assert built.config
    assert (built.config.name, built.config.title) == ("plum-notes", "Plum Notes")


def test_a_title_is_kept_whatever_is_in_it(tmp_path: Path, settings: Settings) -> None:
    title = 'Åsa\'s "best" jam \\ <TITLE>'
    start_site(tmp_path / "a", "jam", title)
    started = replace(settings, source=tmp_path / "a")
    built = check_site(started, make_request(started))
    assert built.config
    assert (built.config.name, built.config.title) == ("jam", title)


def test_the_store_and_the_output_are_ignored_by_git(tmp_path: Path) -> None:
    start_site(tmp_path / "a")
    assert (tmp_path / "a" / ".gitignore").read_text() == "/.pectin/\n/public/\n/node_modules/\n"
    assert not (tmp_path / "a" / "gitignore").exists()


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    start_site(tmp_path)
    assert (tmp_path / "pectin.toml").is_file()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").touch()
    with pytest.raises(FolderRefused, match="not empty"):
        start_site(tmp_path)
    with pytest.raises(FolderRefused, match="not a folder"):
        start_site(tmp_path / "thesis.tex")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_bad_name_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(BadSiteName):
        start_site(tmp_path / "a", "Plum Jam")
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("Plum Jam", "plum-jam"),
        ("été--2026_", "ete-2026"),
        ("日本", "my-site"),
        ("", "my-site"),
        ("x" * 39 + " y", "x" * 39),
    ],
)
def test_a_folders_name_becomes_a_site_name(folder: str, name: str) -> None:
    assert make_site_name(folder) == name


@pytest.mark.parametrize(
    ("folder", "title"),
    [
        ("My Café & Co", "My Café & Co"),
        ("my-site", "My site"),
        ("plum_jam", "Plum jam"),
        ("BBC", "BBC"),
        ("Anglo-Saxon charters", "Anglo-Saxon charters"),
        ("cafe\u0301", "Café"),
        ("日本", "日本"),
        ("a\x1b[1m\udc80", "A[1m"),
        ("--", "My site"),
        ("", "My site"),
    ],
)
def test_a_folders_name_becomes_a_title(folder: str, title: str) -> None:
    assert make_title(folder) == title
