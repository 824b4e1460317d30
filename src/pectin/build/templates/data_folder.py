"""`data/` as a mapping, each file parsed when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pectin.build.content.data import parse_data
from pectin.build.problems import Problems
from pectin.build.source import SourceTree
from pectin.build.templates.fixed import fix
from pectin.build.traces.recorder import Note
from pectin.values.place import Place

Branch = dict[str, "str | Branch"]


class DataFolder(Mapping[str, Any]):
    """The files and folders of one folder, by name without suffix, as templates see them."""

    def __init__(
        self, branch: Branch, parse: Callable[[str], Any], note: Note, path: str = ""
    ) -> None:
        self._branch = branch
        self._parse = parse
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

    def _open(self, name: str, found: str | Branch) -> Any:
        if isinstance(found, str):
            return self._parse(found)
        return DataFolder(found, self._parse, self._note, f"{self._path}{name}/")


class Data:
    """The data files of one site. `root` is what templates see of them, each as `view` makes it."""

    def __init__(
        self,
        branch: Branch,
        source: SourceTree,
        problems: Problems,
        note: Note,
        view: Callable[[Any], Any],
    ) -> None:
        self._view = view
        self._branch = branch
        self._source = source
        self._problems = problems
        self.root = DataFolder(branch, self._parse, note)

    def find(self, path: str) -> str | Branch | None:
        """The file, or the names of the folder, at the names `path` (`fruit/plum`), or None."""
        found: str | Branch | None = self._branch
        for name in filter(None, path.split("/")):
            found = found.get(name) if isinstance(found, dict) else None
        return found

    def check(self) -> None:
        """Parse what nobody asked for, so that every file's problems are told."""
        waiting = [self.root]
        while waiting:
            folder = waiting.pop()
            waiting += [value for value in folder.values() if isinstance(value, DataFolder)]

    def _parse(self, path: str) -> Any:
        value, problems = parse_data(path, self._source.read(path))
        self._problems.add(problems)
        return self._view(value)


def open_data(
    paths: Sequence[str],
    source: SourceTree,
    problems: Problems,
    note: Note,
    view: Callable[[Any], Any] = fix,
) -> Data:
    """The data files at `paths`, which are sorted; of two with one name the first is taken."""
    root: Branch = {}
    for path in paths:
        *folders, name = path.split("/")[1:]
        _place(root, folders, name.partition(".")[0], path, problems)
    return Data(root, source, problems, note, view)


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
