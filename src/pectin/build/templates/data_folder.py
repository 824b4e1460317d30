"""`data/` as a mapping, each file parsed when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pectin.build.content.data import parse_data
from pectin.build.problems import Problems
from pectin.build.source import SourceTree
from pectin.build.traces.recorder import Note
from pectin.values.place import Place

Branch = dict[str, "str | Branch"]


class DataFolder(Mapping[str, Any]):
    """The files and folders of one folder, by name without suffix."""

    def __init__(
        self, branch: Branch, source: SourceTree, problems: Problems, note: Note, path: str = ""
    ) -> None:
        self._branch = branch
        self._source = source
        self._problems = problems
        self._note = note
        self._path = path
        self._values: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        self._note("data", f"{self._path}{name}")
        if name not in self._values:
            self._values[name] = self._open(name, self._branch[name])
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        self._note("data-names", self._path)
        return iter(self._branch)

    def __len__(self) -> int:
        self._note("data-names", self._path)
        return len(self._branch)

    def __repr__(self) -> str:
        return f"folder of {', '.join(self)}"

    def check(self) -> None:
        """Parse what nobody asked for, so that every file's problems are told."""
        for value in self.values():
            if isinstance(value, DataFolder):
                value.check()

    def find(self, path: str) -> str | Branch | None:
        """The file, or the names of the folder, at the names `path` (`fruit/plum`), or None."""
        found: str | Branch | None = self._branch
        for name in filter(None, path.split("/")):
            found = found.get(name) if isinstance(found, dict) else None
        return found

    def _open(self, name: str, found: str | Branch) -> Any:
        if isinstance(found, dict):
            path = f"{self._path}{name}/"
            return DataFolder(found, self._source, self._problems, self._note, path)
        value, problems = parse_data(found, self._source.read(found))
        self._problems.add(problems)
        return value


def open_data(
    paths: Sequence[str], source: SourceTree, problems: Problems, note: Note
) -> DataFolder:
    """The data files at `paths`, which are sorted; of two with one name the first is taken."""
    root: Branch = {}
    for path in paths:
        *folders, name = path.split("/")[1:]
        _place(root, folders, name.partition(".")[0], path, problems)
    return DataFolder(root, source, problems, note)


def _place(branch: Branch, folders: list[str], name: str, path: str, problems: Problems) -> None:
    for folder in folders:
        below = branch.setdefault(folder, {})
        if isinstance(below, str):
            _report_clash(path, below, problems)
            return
        branch = below
    other = branch.setdefault(name, path)
    if other != path:
        _report_clash(path, other, problems)


def _report_clash(path: str, other: str | Branch, problems: Problems) -> None:
    what = other if isinstance(other, str) else "a folder"
    problems.report(
        "duplicate-data",
        f"{path} and {what} have the same name in `site.data`",
        "rename one of them",
        Place(path),
    )
