"""Who publishes which path: two sources never share one."""

from __future__ import annotations

from pectin.build.problems import Problems
from pectin.build.urls import collision_key
from pectin.values.place import Place


class Claims:
    """The paths of the output, each with the source that made it."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._owners: dict[str, tuple[str, str]] = {}
        self._paths: set[str] = set()

    def __contains__(self, path: str) -> bool:
        """Whether a file is published at exactly the decoded `path`."""
        return path in self._paths

    def is_free(self, path: str) -> bool:
        """Whether nothing is published at `path`, nor at one that folds to it."""
        return collision_key(path) not in self._owners

    def owner_of(self, path: str) -> str | None:
        """Who publishes at `path`, or None."""
        return self._owners.get(collision_key(path), ("", None))[1]

    def claim(self, path: str, owner: str, *, is_file: bool = True) -> bool:
        """Whether `owner` is the first at the decoded `path`; a second is a problem.

        Paths that differ only in case or in Unicode's composition are one: they are on the
        disks of many readers of an exported site.
        """
        holder = self._owners.setdefault(collision_key(path), (path, owner))
        if holder != (path, owner):
            self._report(path, owner, *holder)
            return False
        if is_file:
            self._paths.add(path)
        return True

    def _report(self, path: str, owner: str, other_path: str, other: str) -> None:
        if path == other_path:
            message = f"{owner} and {other} both publish {path}"
        else:
            message = f"{owner} publishes {path}, which differs from {other_path} of {other} only in case or accents"
        self._problems.report(
            "duplicate-url",
            message,
            "give one of them another `slug`, `url` or name",
            Place(owner) if "/" in owner else None,
        )
