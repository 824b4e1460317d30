"""What git knows of a folder."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from pectin.adapters.git import find_author, find_commit, find_subject


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "a.md").write_text("plum")
    for arguments in (
        ["init", "-q"],
        ["config", "user.name", "Åsa"],
        ["config", "user.email", "asa@example.org"],
        ["add", "."],
        ["-c", "commit.gpgsign=false", "commit", "-q", "-m", "Add plums\n\nAt length."],
    ):
        subprocess.run(["git", "-C", folder, *arguments], check=True)
    return folder


def test_a_checkout_has_a_commit_a_subject_and_an_author(checkout: Path) -> None:
    commit = find_commit(checkout)
    assert commit is not None
    assert len(commit) == 40
    assert (find_subject(checkout), find_author(checkout)) == ("Add plums", "Åsa")


def test_a_commit_with_edits_on_it_is_told_apart(checkout: Path) -> None:
    clean = find_commit(checkout)
    (checkout / "a.md").write_text("pear")
    assert find_commit(checkout) == f"{clean}+dirty"


def test_a_folder_that_is_no_checkout_has_none(tmp_path: Path) -> None:
    assert (find_commit(tmp_path), find_subject(tmp_path)) == (None, None)


def test_a_machine_without_git_knows_nothing(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert (find_commit(checkout), find_author(checkout)) == (None, None)
