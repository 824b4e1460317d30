"""Who publishes which path: two sources never share one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pectin.build.problems import Problems
from pectin.build.urls import collision_key
from pectin.values.place import Place

FindPlace = Callable[[], "Place | None"]
"""Places are looked for only when two claims collide."""


def _nowhere() -> None:
    return None


@dataclass(frozen=True, slots=True)
class Claim:
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

    def __contains__(self, path: str) -> bool:
        """Whether a file is published at exactly the decoded `path`."""
        return path in self._files

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
        disks of many readers of an exported site.
        """
        claim = Claim(path, owner, find_place)
        holder = self._claims.setdefault(collision_key(path), claim)
        if (holder.path, holder.owner) != (path, owner):
            self._report(claim, holder)
            return False
        if is_file:
            self._files.add(path)
        return True

    def _report(self, claim: Claim, holder: Claim) -> None:
        if claim.path == holder.path:
            message = f"{claim.owner} and {holder.owner} both publish {claim.path}"
        else:
            message = (
                f"{claim.owner} publishes {claim.path}, which differs from {holder.path} "
                f"of {holder.owner} only in case or accents"
            )
        self._problems.report(
            "duplicate-url",
            message,
            "give one of them another `slug`, `url` or name",
            claim.find_place() or holder.find_place(),
        )
