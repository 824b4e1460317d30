"""What git knows of a folder, where there is git and the folder is in a checkout."""

from __future__ import annotations

import subprocess
from pathlib import Path

_TIMEOUT_SECONDS = 5


def find_commit(folder: Path) -> str | None:
    """The full id of the commit that `folder` has checked out, or None.

    `+dirty` is added when a file below `folder` differs from it.
    """
    commit = _run(folder, "rev-parse", "--verify", "--quiet", "HEAD")
    if not commit:
        return None
    dirty = _run(folder, "status", "--porcelain", "--", ".")
    return f"{commit}+dirty" if dirty else commit


def find_subject(folder: Path) -> str | None:
    """The first line of that commit's message, or None."""
    return _run(folder, "log", "-1", "--format=%s") or None


def find_author(folder: Path) -> str | None:
    """The name that git would sign a commit in `folder` with, or None."""
    return _run(folder, "config", "user.name") or None


def _run(folder: Path, *arguments: str) -> str | None:
    # Hooks and pagers of the checkout must not run: it may be somebody else's.
    command = ["git", "--no-optional-locks", "-c", "core.fsmonitor=false", "-C", str(folder)]
    try:
        done = subprocess.run(  # noqa: S603  # the arguments are ours, and no shell reads them
            [*command, *arguments],
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
            timeout=_TIMEOUT_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
