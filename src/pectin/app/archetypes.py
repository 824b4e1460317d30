"""Archetypes: what new pages and sections begin with, from `archetypes/` of the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pectin.build.content.front_matter import parse_document
from pectin.build.generation.expressions import BadExpression, Expressions
from pectin.build.suggestions import suggest
from pectin.values.errors import Family, PectinError, SourceError
from pectin.values.place import Place
from pectin.values.problem import Problem

FOLDER = "archetypes"
SECTION_INDEX = "_index.md"
DEFAULT = "default"

_PAGE = "---\ntitle: {{ title|json }}\ndate: {{ date }}\ndraft: true\n---\n"
_SECTION = "---\ntitle: {{ title|json }}\n---\n"


class ArchetypeMissing(PectinError):
    """There is no archetype of that name."""

    code = "archetype-missing"
    title = "There is no such archetype"
    family = Family.OPERATOR


class ArchetypeUnreadable(PectinError):
    """An archetype is there, and cannot be read."""

    code = "archetype-unreadable"
    title = "An archetype cannot be read"
    family = Family.OPERATOR


@dataclass(frozen=True, slots=True)
class Archetype:
    """A document to begin with, and the files that come with it.

    `path` is the document's in the site's folder, or "" where Pectin's own is meant. `files` are
    those of a folder, by their path in it.
    """

    path: str
    text: str
    files: tuple[tuple[str, bytes], ...] = ()

    def render(self, variables: Mapping[str, Any]) -> str:
        """The new document. Raises SourceError where the archetype has errors."""
        try:
            made = str(Expressions(()).compose(self.text, variables))
        except BadExpression as error:
            lines = self.text.split("\n")
            shown = lines[error.line - 1] if error.line <= len(lines) else None
            place = Place(self.path, error.line, text=shown)
            problem = Problem(error.code, str(error), error.hint, place)
            raise SourceError(f"{self.path} has errors", (problem,)) from None
        _, problems = parse_document(self.path, made, frozenset())
        if faults := tuple(problem for problem in problems if problem.is_error):
            raise SourceError(f"{self.path} has errors", faults)
        return made


class Archetypes:
    """The archetypes in the site's folder `root`; a link out of it is none."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve() / FOLDER

    def find_section(self, section: str) -> Archetype:
        """The archetype of the section at the path `section`: the nearest `_index.md`."""
        for name in (*list_upwards(section), ""):
            path = f"{name}/{SECTION_INDEX}".lstrip("/")
            if self._has(path):
                return self._read(path)
        return Archetype("", _SECTION)

    def find_page(
        self, section: str, suffix: str, *, is_bundle: bool | None, name: str | None = None
    ) -> tuple[Archetype, bool]:
        """The archetype of a page in `section`, and whether the page is a bundle.

        It is the one called `name`, else the nearest that is called as the section or one above
        it, else `default`. A folder makes a bundle; `is_bundle` is None where either will do.
        Raises ArchetypeMissing.
        """
        names = (*list_upwards(section), DEFAULT) if name is None else (name,)
        for candidate in names:
            for as_bundle, path in _list_paths(candidate, suffix, is_bundle=is_bundle):
                if self._has(path):
                    return self._read(path), as_bundle
        if name is not None:
            raise self._make_missing(name, suffix)
        return Archetype("", _PAGE), bool(is_bundle)

    def _has(self, path: str) -> bool:
        return (self._root / path).is_file()

    def _make_missing(self, name: str, suffix: str) -> ArchetypeMissing:
        known = sorted(
            path.relative_to(self._root).as_posix().removesuffix(suffix).removesuffix("/index")
            for path in self._root.rglob(f"*{suffix}")
            if path.name != SECTION_INDEX
        )
        listed = f"there is {', '.join(known)}" if known else f"put one at {FOLDER}/{name}{suffix}"
        return ArchetypeMissing(
            f"there is no archetype `{name}` for such a page", hint=suggest(name, known) or listed
        )

    def _read(self, path: str) -> Archetype:
        source = self._root / path
        is_folder = source.name.startswith("index.")
        files = tuple(self._read_folder(source.parent, source)) if is_folder else ()
        shown = f"{FOLDER}/{path}"
        try:
            return Archetype(shown, self._read_bytes(source).decode("utf-8"), files)
        except UnicodeDecodeError as error:
            message = f"{shown} is not UTF-8 at byte {error.start}"
            raise ArchetypeUnreadable(message, hint="save it as UTF-8") from None

    def _read_folder(self, folder: Path, document: Path) -> Iterator[tuple[str, bytes]]:
        """The files of a bundle, but for those of archetypes that lie in its folder."""
        for path in sorted(folder.iterdir()):
            if path == document or path.name.startswith(".") or path.suffix in _DOCUMENTS:
                continue
            if path.is_dir():
                if not any(path.glob("*index.*")):
                    for name, body in self._read_folder(path, document):
                        yield f"{path.name}/{name}", body
            else:
                yield path.name, self._read_bytes(path)

    def _read_bytes(self, path: Path) -> bytes:
        shown = f"{FOLDER}/{path.relative_to(self._root).as_posix()}"
        if not path.resolve().is_relative_to(self._root.resolve()):
            raise ArchetypeUnreadable(
                f"{shown} is a symbolic link to something outside of {FOLDER}/",
                hint="put the file itself there",
            )
        try:
            return path.read_bytes()
        except OSError as error:
            raise ArchetypeUnreadable(
                f"{shown} cannot be read: {error.strerror}", hint="look at its permissions"
            ) from error


_DOCUMENTS = frozenset({".md", ".html"})


def list_upwards(section: str) -> Iterator[str]:
    """The path of the section, and of those above it below the home page."""
    while section:
        yield section
        section = section.rpartition("/")[0]


def _list_paths(name: str, suffix: str, *, is_bundle: bool | None) -> Sequence[tuple[bool, str]]:
    """Where the archetype `name` may be, the best first, and whether it makes a bundle."""
    file, folder = f"{name}{suffix}", f"{name}/index{suffix}"
    if is_bundle is None:
        return ((False, file), (True, folder))
    return ((True, folder), (True, file)) if is_bundle else ((False, file),)
