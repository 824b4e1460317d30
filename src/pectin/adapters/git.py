"""What git knows of a folder, where there is git and the folder is in a checkout.

A checkout may be somebody else's, and its configuration and attributes can name programs: for
filters, signatures, file system monitors, hooks, and transports that fetch what is missing. So
only commands are used that read neither the work tree nor a signature, and none may fetch. That
is why nobody is asked whether the files differ from the commit: `git status` filters them.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_TIMEOUT_SECONDS = 5
_GIT = (
    "git",
    "--no-optional-locks",
    "--no-pager",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
)
_NO_FETCHING = {"GIT_ALLOW_PROTOCOL": "", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}


def find_commit(folder: Path) -> str | None:
    """The full id of the commit that `folder` has checked out, or None."""
    return _run(folder, "rev-parse", "--verify", "--quiet", "HEAD") or None


def find_subject(folder: Path) -> str | None:
    """The first line of that commit's message, or None."""
    # Not `git log`, which would verify signatures where `log.showSignature` is set.
    told = _run(folder, "rev-list", "--max-count=1", "--format=%s", "HEAD")
    return told.partition("\n")[2] or None if told else None


def find_author(folder: Path) -> str | None:
    """The name that git would sign a commit in `folder` with, or None."""
    return _run(folder, "config", "user.name") or None


def _run(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603  # the arguments are ours, and no shell reads them
            [*_GIT, "-C", str(folder), *arguments],
            capture_output=True,
            check=False,
            encoding="utf-8",
            env=os.environ | _NO_FETCHING,
            errors="replace",
            timeout=_TIMEOUT_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
