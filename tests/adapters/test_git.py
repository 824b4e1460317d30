"""What git knows of a folder."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pectin.adapters.folder_source import FolderSource
from pectin.adapters.git import (
    find_author,
    find_commit,
    find_commit_times,
    find_subject,
    is_committed,
    is_shallow,
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "a.md").write_text("plum")
    (folder / "pectin.toml").write_text("")
    (folder / "content").mkdir()
    (folder / "content" / "é.md").write_text("pear")
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


def git(folder: Path, *arguments: str, sent: str = "") -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, input=sent, stdout=subprocess.PIPE, text=True).stdout


def sign(checkout: Path) -> None:
    """Put a signature on the commit, good or not."""
    head, _, message = git(checkout, "cat-file", "commit", "HEAD").partition("\n\n")
    signed = (
        f"{head}\ngpgsig -----BEGIN PGP SIGNATURE-----\n -----END PGP SIGNATURE-----\n\n{message}"
    )
    commit = git(checkout, "hash-object", "-t", "commit", "-w", "--stdin", sent=signed).strip()
    git(checkout, "update-ref", "HEAD", commit)


@pytest.mark.parametrize(
    "settings",
    [
        {"filter.evil.clean": "{}", "filter.evil.process": "{}", "filter.evil.smudge": "{}"},
        {"core.fsmonitor": "{}", "core.untrackedCache": "true"},
        {"log.showSignature": "true", "gpg.program": "{}", "gpg.format": "openpgp"},
        {"core.pager": "{}", "pager.log": "true", "pager.rev-list": "true"},
        {"diff.external": "{}", "diff.evil.textconv": "{}", "diff.evil.command": "{}"},
        {"core.sshCommand": "{}", "core.editor": "{}", "credential.helper": "{}"},
        {"alias.rev-list": "!{}", "alias.rev-parse": "!{}", "alias.config": "!{}"},
    ],
    ids=lambda settings: next(iter(settings)),
)
def test_no_program_that_a_checkout_names_is_run(
    settings: dict[str, str], checkout: Path, tmp_path: Path
) -> None:
    """A site may be somebody else's, with all that its folder has."""
    program, trace = tmp_path / "program", tmp_path / "trace"
    program.write_text(f"#!/bin/sh\ntouch {trace}\ncat\n")
    program.chmod(0o700)
    sign(checkout)
    hooks = checkout / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-index-change", "post-checkout", "reference-transaction"):
        (hooks / name).symlink_to(program)
    (checkout / ".gitattributes").write_text("* filter=evil diff=evil\n")
    for key, value in settings.items():
        git(checkout, "config", key, value.format(program))
    (checkout / "a.md").write_text("pear")
    (checkout / "content" / "é.md").write_text("quince")
    assert find_commit(checkout) is not None
    assert (find_subject(checkout), find_author(checkout)) == ("Add plums", "Åsa")
    assert not is_committed(checkout, FolderSource(checkout))
    assert list(find_commit_times(checkout) or ()) == ["content/é.md"]
    assert not is_shallow(checkout)
    assert not trace.exists()


def test_what_a_checkout_lacks_is_not_fetched(checkout: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    commit = find_commit(checkout)
    assert commit is not None
    for key, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::sh -c touch% {trace}",
        "protocol.ext.allow": "always",
    }.items():
        git(checkout, "config", key, value)
    (checkout / ".git" / "objects" / commit[:2] / commit[2:]).unlink()
    assert find_subject(checkout) is None
    assert not trace.exists()


def test_files_as_they_were_committed_are_known_to_be_so(checkout: Path) -> None:
    assert is_committed(checkout, FolderSource(checkout))
    os.utime(checkout / "content" / "é.md", (0, 0))
    assert is_committed(checkout, FolderSource(checkout))


def test_what_is_not_part_of_the_site_may_differ(checkout: Path) -> None:
    (checkout / "a.md").write_text("pear")
    (checkout / "content" / ".notes").write_text("x")
    assert is_committed(checkout, FolderSource(checkout))


def test_a_site_below_the_top_of_a_checkout_is_looked_at_alone(checkout: Path) -> None:
    below = checkout / "sites" / "jam"
    (below / "content").mkdir(parents=True)
    (below / "pectin.toml").write_text("")
    assert not is_committed(below, FolderSource(below))
    git(checkout, "add", ".")
    git(checkout, "-c", "commit.gpgsign=false", "commit", "-q", "-m", "Add a site")
    (checkout / "content" / "é.md").write_text("quince")
    assert is_committed(below, FolderSource(below))


def edit(folder: Path) -> None:
    (folder / "content" / "é.md").write_text("plum")


def edit_in_the_same_moment(folder: Path) -> None:
    page = folder / "content" / "é.md"
    then = page.stat().st_mtime_ns
    page.write_text("plum")
    os.utime(page, ns=(then, then))
    index = folder / ".git" / "index"
    os.utime(index, ns=(then, then))


def add(folder: Path) -> None:
    (folder / "content" / "b.md").write_text("")


def remove(folder: Path) -> None:
    (folder / "content" / "é.md").unlink()


def edit_and_stage(folder: Path) -> None:
    edit(folder)
    git(folder, "add", ".")


def ignore_and_add(folder: Path) -> None:
    (folder / ".git" / "info" / "exclude").write_text("b.md")
    add(folder)


def link(folder: Path) -> None:
    (folder / "content" / "c.md").symlink_to("é.md")
    git(folder, "add", ".")
    git(folder, "-c", "commit.gpgsign=false", "commit", "-q", "-m", "Link")


@pytest.mark.parametrize(
    "change",
    [edit, edit_in_the_same_moment, add, remove, edit_and_stage, ignore_and_add, link],
)
def test_files_that_are_not_known_to_be_as_committed_are_not(
    change: Callable[[Path], None], checkout: Path
) -> None:
    change(checkout)
    assert not is_committed(checkout, FolderSource(checkout))


def commit(folder: Path, day: str, *arguments: str) -> None:
    """Commit all of `folder`, as if on `day`."""
    git(folder, "add", "-A")
    unsigned = ("-c", "commit.gpgsign=false")
    git(folder, *unsigned, "commit", "-q", "-m", day, "--date", f"{day}T10:00:00+02:00", *arguments)


def read_times(folder: Path) -> dict[str, str]:
    return {path: moment.isoformat() for path, moment in (find_commit_times(folder) or {}).items()}


def test_each_file_of_the_content_has_the_time_of_its_last_commit(checkout: Path) -> None:
    (checkout / "content/new\nline.md").write_text("x")
    commit(checkout, "2024-01-01")
    (checkout / "content/é.md").write_text("quince")
    (checkout / "a.md").write_text("fig")
    commit(checkout, "2024-02-01")
    assert read_times(checkout) == {
        "content/é.md": "2024-02-01T10:00:00+02:00",
        "content/new\nline.md": "2024-01-01T10:00:00+02:00",
    }


def test_a_site_below_the_top_of_a_checkout_has_paths_of_its_own(checkout: Path) -> None:
    site = checkout / "sites/plum"
    (site / "content").mkdir(parents=True)
    (site / "content/a.md").write_text("x")
    commit(checkout, "2024-03-01")
    assert read_times(site) == {"content/a.md": "2024-03-01T10:00:00+02:00"}


def test_a_file_of_a_branch_has_the_time_of_its_commit_and_not_of_the_merge(
    checkout: Path,
) -> None:
    main = git(checkout, "symbolic-ref", "--short", "HEAD").strip()
    git(checkout, "checkout", "-q", "-b", "branch")
    (checkout / "content/b.md").write_text("x")
    commit(checkout, "2024-01-01")
    git(checkout, "checkout", "-q", main)
    (checkout / "content/c.md").write_text("x")
    commit(checkout, "2024-02-01")
    git(checkout, "-c", "commit.gpgsign=false", "merge", "-q", "--no-edit", "branch")
    assert read_times(checkout)["content/b.md"] == "2024-01-01T10:00:00+02:00"


def test_a_clone_of_the_last_commit_is_shallow(checkout: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{checkout}", "clone")
    assert is_shallow(tmp_path / "clone")


def test_a_folder_that_is_no_checkout_has_none(tmp_path: Path) -> None:
    assert (find_commit(tmp_path), find_subject(tmp_path)) == (None, None)
    assert find_commit_times(tmp_path) is None
    (tmp_path / "pectin.toml").write_text("")
    assert not is_committed(tmp_path, FolderSource(tmp_path))


def test_a_machine_without_git_knows_nothing(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert (find_commit(checkout), find_author(checkout)) == (None, None)
