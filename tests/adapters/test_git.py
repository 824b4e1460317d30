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
    assert find_commit(checkout) is not None
    assert (find_subject(checkout), find_author(checkout)) == ("Add plums", "Åsa")
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


def test_a_folder_that_is_no_checkout_has_none(tmp_path: Path) -> None:
    assert (find_commit(tmp_path), find_subject(tmp_path)) == (None, None)


def test_a_machine_without_git_knows_nothing(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert (find_commit(checkout), find_author(checkout)) == (None, None)
