"""Who publishes which path: two sources never share one."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from pectin.build.problems import Problems
from pectin.build.traces.model import compute_print
from pectin.build.urls import collision_key, encode_path
from pectin.values.place import Place

FindPlace = Callable[[], "Place | None"]
"""Places are looked for only when two claims collide."""

LONGEST_PATH = 4096
"""Octets of an encoded path: whoever asks for a longer one is refused by the edge."""

# No character has more than twelve octets when it is encoded.
_SURELY_SHORT = LONGEST_PATH // 12


def _nowhere() -> None:
    return None


class Claim(Struct, frozen=True):
    """That `owner` publishes the decoded `path`; `find_place` says where it says so, if it does."""

    path: str
    owner: str
    find_place: FindPlace


class Claims:
    """The paths of the output, each with the source that made it."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._claims: dict[str, Claim] = {}
        self._files: set[str] = set()
        self._folders: dict[str, Claim] = {}
        self._contested: set[str] = set()

    def __contains__(self, path: str) -> bool:
        """Whether a file is published at exactly the decoded `path`."""
        return path in self._files

    def print(self, redirected: re.Pattern[str] | None) -> bytes:
        """The fingerprint of all that a path can lead to, `redirected` answering what no file does."""
        return compute_print(*sorted(self._files), redirected.pattern if redirected else "")

    def find_file(self, path: str) -> str | None:
        """The published file that answers the decoded `path`, slash or not, or None."""
        folder = path if path.endswith("/") else f"{path}/"
        candidates = (path, f"{folder}index.html")
        return next((found for found in candidates if found in self._files), None)

    def is_contested(self, path: str) -> bool:
        """Whether two sources would publish at `path`, so that nobody knows what is there."""
        return path in self._contested

    def is_free(self, path: str) -> bool:
        """Whether nothing is published at `path`, nor at one that folds to it."""
        return collision_key(path) not in self._claims

    def owner_of(self, path: str) -> str | None:
        """Who publishes at `path`, or None."""
        found = self._claims.get(collision_key(path))
        return found.owner if found else None

    def claim(
        self, path: str, owner: str, find_place: FindPlace = _nowhere, *, is_file: bool = True
    ) -> bool:
        """Whether `owner` is the first at the decoded `path`; a second is a problem at its place.

        Paths that differ only in case or in Unicode's composition are one: they are on the
        disks of many readers of an exported site. Nor can a file be a folder of others there.
        """
        claim = Claim(path, owner, find_place)
        if len(path) > _SURELY_SHORT and len(encode_path(path)) > LONGEST_PATH:
            self._report_length(claim)
            return False
        key = collision_key(path)
        holder = self._claims.setdefault(key, claim)
        if (holder.path, holder.owner) != (path, owner):
            self._contested.update((path, holder.path))
            self._report(claim, holder)
            return False
        if is_file:
            self._files.add(path)
            self._check_folders(key, claim)
        return True

    def _check_folders(self, key: str, claim: Claim) -> None:
        if key in self._folders:
            self._report_folder(claim, self._folders[key])
        folder = key.rpartition("/")[0]
        while folder and folder not in self._folders:
            self._folders[folder] = claim
            holder = self._claims.get(folder)
            if holder and holder.path in self._files:
                self._report_folder(holder, claim)
            folder = folder.rpartition("/")[0]

    def _report(self, claim: Claim, holder: Claim) -> None:
        if claim.path == holder.path:
            message = f"{claim.owner} and {holder.owner} both publish {claim.path}"
        else:
            message = (
                f"{claim.owner} publishes {claim.path}, which differs from {holder.path} "
                f"of {holder.owner} only in case or accents"
            )
        self._report_pair(message, claim, holder)

    def _report_folder(self, file: Claim, inner: Claim) -> None:
        message = (
            f"{file.owner} publishes the file {file.path}, in which {inner.owner} "
            f"publishes {inner.path}"
        )
        self._report_pair(message, file, inner)

    def _report_pair(self, message: str, claim: Claim, other: Claim) -> None:
        places = [place for place in (claim.find_place(), other.find_place()) if place]
        # Who wrote a path down meant it; the other only has a name that leads there.
        written = [place for place in places if place.line is not None]
        self._problems.report(
            "duplicate-url",
            message,
            "give one of them another `slug`, `url` or name",
            next(iter((*written, *places)), None),
        )

    def _report_length(self, claim: Claim) -> None:
        self._problems.report(
            "bad-url",
            f"{claim.owner} would publish a path of more than {LONGEST_PATH:,} bytes, "
            f"{claim.path[:40]}...",
            "give it a shorter `slug`, `url` or name",
            claim.find_place(),
        )
