"""Collects what is wrong with a site while it is built."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Protocol

from pectin.build.codes import OFF
from pectin.values.place import Place
from pectin.values.problem import Problem, Severity

Told = dict[Problem, list[str]]
"""Problems, each with the pages that were being rendered."""


class Explain(Protocol):
    """Knows files that are made, and of what."""

    def explain(self, problem: Problem) -> Problem:
        """`problem` with the place of what its file is made of."""

    def name(self, path: str) -> str:
        """What messages call the file `path`."""


class Problems:
    """Every problem of one build; those that many pages or templates share are one problem."""

    def __init__(self) -> None:
        self._all: Told = {}
        self._found = self._all

    def add(self, problems: Iterable[Problem], *, page: str = "") -> None:
        """Take `problems` in. `page` is the source or URL that was being rendered, if any."""
        for problem in problems:
            pages = self._found.setdefault(problem, [])
            if page and page not in pages[:1]:
                pages.append(page)

    def list_told(self, code: str) -> set[tuple[str, str]]:
        """The file and the message of each problem `code` that was taken in and has a place."""
        return {(it.place.file, it.message) for it in self._all if it.code == code and it.place}

    def capturing(self) -> Capture:
        """A context whose value is what is taken in meanwhile, but by a further one within."""
        return Capture(self)

    def swap(self, found: Told) -> Told:
        """What was taken into until now; from now on it is `found`."""
        outer, self._found = self._found, found
        return outer

    def take(self, told: Told) -> None:
        """Take in, with all else, what was captured."""
        outer = self.swap(self._all)
        self.merge(told)
        self.swap(outer)

    def drain(self) -> Told:
        """All that was taken in, of which nothing is left here."""
        told, self._all = self._all, {}
        self._found = self._all
        return told

    def merge(self, told: Told) -> None:
        """Take in what another drained."""
        for problem, pages in told.items():
            for page in pages or ("",):
                self.add([problem], page=page)

    def report(
        self,
        code: str,
        message: str,
        hint: str = "",
        place: Place | None = None,
        *,
        severity: Severity = Severity.ERROR,
        notes: tuple[str, ...] = (),
        page: str = "",
    ) -> None:
        """Take one problem in, made of its parts."""
        self.add([Problem(code, message, hint, place, severity, notes)], page=page)

    def collected(
        self, severities: Mapping[str, Severity | None], explain: Explain | None = None
    ) -> tuple[Problem, ...]:
        """The problems, errors first, then by place; as grave as `severities` says.

        `explain` knows those of files that no author has written.
        """
        found, name = self._all, _keep
        if explain is not None:
            found, name = _explain_all(found, explain), explain.name
        told = (
            replace(problem, severity=severity, notes=(*problem.notes, *_render_pages(pages, name)))
            for problem, pages in _merge_ways(found)
            if (severity := _choose_severity(problem, severities)) is not None
        )
        return tuple(sorted(told, key=_order))


class Capture:
    """The problems of one render, while it lasts. It is entered for every page and body."""

    __slots__ = ("_outer", "_problems", "_told")

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._told: Told = {}
        self._outer: Told = {}

    def __enter__(self) -> Told:
        self._outer = self._problems.swap(self._told)
        return self._told

    def __exit__(self, *_: object) -> None:
        self._problems.swap(self._outer)
        if self._told:
            self._problems.take(self._told)


def _choose_severity(
    problem: Problem, severities: Mapping[str, Severity | None]
) -> Severity | None:
    return severities.get(problem.code, None if problem.code in OFF else problem.severity)


def _merge_ways(found: Told) -> Iterator[tuple[Problem, list[str]]]:
    """The problems, those that differ only in the way there as one, with the shortest way."""
    ways: dict[Problem, list[tuple[Problem, list[str]]]] = {}
    for problem, pages in found.items():
        ways.setdefault(replace(problem, notes=()), []).append((problem, pages))
    for told in ways.values():
        # A look at the sources alone finds what a render also did, without the way there.
        same = [way for way in told if way[1]] or told
        first, _ = min(same, key=lambda way: (len(way[0].notes), way[0].notes))
        others = len(same) - 1
        more = (f"and by {others:,} other way{'s' if others > 1 else ''}",) if others else ()
        pages = [page for _, pages in same for page in pages]
        yield replace(first, notes=(*first.notes, *more)), pages


def _keep(path: str) -> str:
    return path


def _explain_all(found: Told, explain: Explain) -> Told:
    explained: Told = {}
    for problem, pages in found.items():
        explained.setdefault(explain.explain(problem), []).extend(pages)
    return explained


def _render_pages(pages: list[str], name: Callable[[str], str]) -> tuple[str, ...]:
    if not pages:
        return ()
    others = len(set(pages)) - 1
    more = f" and {others:,} other page{'s' if others > 1 else ''}" if others else ""
    return (f"while rendering {name(min(pages))}{more}",)


def _order(problem: Problem) -> tuple[bool, str, int, int, str, str]:
    place = problem.place or Place("")
    return (
        not problem.is_error,
        place.file,
        place.line or 0,
        place.column or 0,
        problem.code,
        problem.message,
    )
