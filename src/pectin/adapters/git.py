"""What git knows of a folder, where there is git and the folder is in a checkout.

A checkout may be somebody else's, and its configuration and attributes can name programs: for
filters, signatures, file system monitors, hooks, and transports that fetch what is missing. So
only commands are used that read neither the work tree nor a signature, and none may fetch.
Whether the files are those of the commit is for us to see: `git status` would filter them.
"""

from __future__ import annotations

import os
import re
import subprocess
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha1, sha256
from pathlib import Path

from pectin.adapters.folder_source import FolderSource, is_source
from pectin.build.source import SOURCES

_TIMEOUT_SECONDS = 5
_HISTORY_SECONDS = 120
_GIT = (
    "git",
    "--no-optional-locks",
    "--no-pager",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
)
_MOST_FILES = 20_000
_MOST_HASHED = 1_000
_MOST_BYTES = 1 << 26
# What `ls-files --stage --debug -z` has of a file.
_ENTRY = re.compile(
    r"(\d+) ([0-9a-f]+) (\d)\t([^\0]+)\0 +ctime: [\d:]+\n +mtime: (\d+):(\d+)\n"
    r" +dev: \d+\tino: \d+\n +uid: \d+\tgid: \d+\n +size: (\d+)\tflags: [0-9a-f]+(?:\n|\Z)"
)
_PLAIN_FILES = frozenset({"100644", "100755"})
_NO_FETCHING = {"GIT_ALLOW_PROTOCOL": "", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}


def find_commit(folder: Path) -> str | None:
    """The full id of the commit that `folder` has checked out, or None."""
    return _run(folder, "rev-parse", "--verify", "--quiet", "HEAD") or None


def find_subject(folder: Path) -> str | None:
    """The first line of that commit's message, or None."""
    # Not `git log`, which would verify signatures where `log.showSignature` is set.
    told = _run(folder, "rev-list", "--max-count=1", "--format=%s", "HEAD")
    return told.partition("\n")[2] or None if told else None


def is_committed(folder: Path, source: FolderSource) -> bool:
    """Whether all of `source`, in `folder`, is as the commit has it; False where nobody can say.

    Files that look as they did when git saw them last are believed; others are hashed as they
    are, so that one that a filter changes may count as changed. Where many look otherwise, as
    in a copy of a checkout, it is not looked into.
    """
    if len(source.paths()) > _MOST_FILES:
        return False
    staged = ("diff-index", "--cached", "--quiet", "--no-ext-diff", "--no-textconv", "HEAD")
    if _run(folder, *staged, "--", *SOURCES) is None:
        return False
    doubtful = _list_doubtful(folder, source)
    if doubtful is None or len(doubtful) > _MOST_HASHED:
        return False
    if sum(map(source.size, doubtful)) > _MOST_BYTES:
        return False
    return all(_hash(source.read(path), blob) == blob for path, blob in doubtful.items())


def find_commit_times(folder: Path) -> dict[str, datetime] | None:
    """When each file of `folder`/content was committed last, by its path below `folder`.

    That is the author's date, which survives a rebase. None where git cannot tell.
    """
    # Names of files alone: no commit is shown, no signature verified, and nothing compared by a program.
    told = _run(
        folder,
        *("log", "--no-show-signature", "--no-renames", "--no-ext-diff", "--no-textconv"),
        *("--name-only", "--relative", "-z", "--format=format:%x01%aI", "HEAD", "--", "content"),
        timeout=_HISTORY_SECONDS,
    )
    if told is None:
        return None
    times: dict[str, datetime] = {}
    for commit in told.split("\x01")[1:]:
        written, _, names = commit.partition("\n")
        for name in filter(None, names.split("\0")):
            path = name if name.isascii() else unicodedata.normalize("NFC", name)
            times.setdefault(path, datetime.fromisoformat(written))
    return times


def is_shallow(folder: Path) -> bool:
    """Whether the checkout has only the last commits of its history."""
    return _run(folder, "rev-parse", "--is-shallow-repository") == "true"


def find_author(folder: Path) -> str | None:
    """The name that git would sign a commit in `folder` with, or None."""
    return _run(folder, "config", "user.name") or None


def _list_doubtful(folder: Path, source: FolderSource) -> Mapping[str, str] | None:
    """The files that look otherwise than in git's index, with the ids of their blobs there.

    None where the index has other files than `source`, or none that can be read.
    """
    told = _run(folder, "ls-files", "--stage", "--debug", "-z", "--", *SOURCES) or ""
    entries = _ENTRY.findall(told)
    if len(entries) != told.count("\0"):
        return None
    index = folder / (_run(folder, "rev-parse", "--git-path", "index") or "")
    # What was changed in the moment of the index may have been changed after it.
    saved_ns = index.stat().st_mtime_ns if index.is_file() else 0
    unseen = set(source.paths()) - {f"{path}.json" for path, _ in source.list_loaded()}
    doubtful: dict[str, str] = {}
    for mode, blob, stage, name, seconds, nanoseconds, size in entries:
        path = name if name.isascii() else unicodedata.normalize("NFC", name)
        if path not in unseen:
            if is_source(path):
                return None
            continue
        unseen.remove(path)
        if mode not in _PLAIN_FILES or stage != "0":
            return None
        modified_ns = source.modified_ns(path)
        if (
            modified_ns >= saved_ns
            or modified_ns != int(seconds) * 1_000_000_000 + int(nanoseconds)
            or source.size(path) != int(size)
        ):
            doubtful[path] = blob
    return None if unseen else doubtful


def _hash(body: bytes, like: str) -> str:
    """The id of a blob with the bytes `body`, by the algorithm that the id `like` is of."""
    make = sha1 if len(like) == sha1().digest_size * 2 else sha256  # noqa: S324  # git's own
    return make(b"blob %d\0" % len(body) + body).hexdigest()


def _run(folder: Path, *arguments: str, timeout: int = _TIMEOUT_SECONDS) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603  # the arguments are ours, and no shell reads them
            [*_GIT, "-C", str(folder), *arguments],
            capture_output=True,
            check=False,
            encoding="utf-8",
            env=os.environ | _NO_FETCHING,
            errors="replace",
            timeout=timeout,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
