"""Functions, filters and tests that templates name and that there are not, whether or not a page needs them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property

from minijinja import TemplateError
from msgspec import Struct

from pectin.build.problems import Problems
from pectin.build.templates.errors import Vocabulary, explain_unknown
from pectin.build.templates.library import Templates
from pectin.build.templates.tags import find_in_code
from pectin.values.place import place_at
from pectin.values.problem import Problem

_NAMED = re.compile(
    r"""(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |\|\s*(?P<filter>[A-Za-z_]\w*)
    |\{%[-+]?\s*filter\s+(?P<block>[A-Za-z_]\w*)
    |(?<![\w.])is\s+(?:not\s+)?(?P<test>[A-Za-z_]\w*)
    |(?<![\w.])(?P<function>[A-Za-z_]\w*)(?=\s*\()""",
    re.VERBOSE | re.DOTALL,
)
_ASKED = re.compile(
    r"""(?P<quote>["'])(?P<tool>\w+)(?P=quote)\s+is\s+(?:not\s+)?(?:filter|test)\b"""
    r"""|(?P<name>\w+)\s+is\s+(?:not\s+)?(?:un)?defined\b"""
)
_DECLARED = re.compile(
    r"""\{%[-+]?\s*(?:
    set\s+(?P<set>[^=%|]+)
    |for\s+(?P<for>.+?)\s+in\b
    |macro\s+(?P<macro>.+?)%\}
    |call\s*\((?P<call>.*?)\)
    |with\s+(?P<with>.+?)%\}
    |(?:import|from)\b(?P<import>.+?)%\}
    )""",
    re.VERBOSE | re.DOTALL,
)
_WORD = re.compile(r"[A-Za-z_]\w*")
_OF_THE_ENGINE = frozenset({"caller", "loop", "self", "super"})


class UnknownNames:
    """What is named and not there, in each of the site's templates.

    `list_undeclared` tells which names a template uses that it does not make itself. It raises
    TemplateError for one that cannot be read.
    """

    def __init__(self, templates: Templates, list_undeclared: Callable[[str], set[str]]) -> None:
        self._templates = templates
        self._list_undeclared = list_undeclared
        self._found: dict[str, tuple[Problem, ...]] = {}

    def check(self, vocabulary: Vocabulary, problems: Problems) -> None:
        """Report each name that is not in `vocabulary`, nor made by any template."""
        for name in self._templates.own:
            problems.add(self._find(name, vocabulary))

    def locate(self, problem: Problem, vocabulary: Vocabulary) -> Problem:
        """`problem`, which came while a page was rendered, where the name stands, if it is of one.

        minijinja may only tell the line where the expression begins.
        """
        if not problem.code.startswith("unknown-") or problem.place is None:
            return problem
        file = problem.place.file
        name = next(
            (name for name in self._templates.own if self._templates.path_of(name) == file), None
        )
        found = self._find(name, vocabulary) if name else ()
        places = [
            it.place for it in found if (it.code, it.message) == (problem.code, problem.message)
        ]
        if not places or problem.place in places:
            return problem
        return replace(problem, place=places[0])

    def _find(self, name: str, vocabulary: Vocabulary) -> tuple[Problem, ...]:
        if name not in self._found:
            try:
                undeclared = self._list_undeclared(name)
            except TemplateError:  # that it cannot be read is told elsewhere
                self._found[name] = ()
            else:
                self._found[name] = tuple(self._look_through(name, undeclared, vocabulary))
        return self._found[name]

    def _look_through(
        self, name: str, undeclared: set[str], vocabulary: Vocabulary
    ) -> Iterator[Problem]:
        text = self._templates.load(name) or ""
        known = {
            "filter": frozenset(vocabulary.filters),
            "test": frozenset(vocabulary.tests),
            "function": frozenset(vocabulary.functions) | _OF_THE_ENGINE,
        }
        asked = {found["tool"] or found["name"] for found in _ASKED.finditer(text)}
        for use in _list_uses(text):
            if use.name in known[use.what] or use.name in asked:
                continue
            if use.what == "function" and (
                use.name not in undeclared or use.name in self._declared
            ):
                continue
            names = {"filter": vocabulary.filters, "test": vocabulary.tests}
            place = place_at(self._templates.path_of(name), text, use.offset)
            suggested = names.get(use.what, vocabulary.functions)
            yield Problem(*explain_unknown(use.what, use.name, suggested), place)

    @cached_property
    def _declared(self) -> frozenset[str]:
        """The names that any template makes: one that is included sees those of the other."""
        texts = (self._templates.load(name) or "" for name in self._templates.names)
        return frozenset(
            word
            for text in texts
            for tag in _DECLARED.finditer(text)
            for word in _WORD.findall(next(filter(None, tag.groups()), ""))
        )


class _Use(Struct, frozen=True):
    """That a template names a `function`, `filter` or `test`, and where."""

    what: str
    name: str
    offset: int


def _list_uses(text: str) -> Iterator[_Use]:
    for found in find_in_code(_NAMED, text):
        group = found.lastgroup or "text"
        if group != "text":
            what = "filter" if group == "block" else group
            yield _Use(what, found[group], found.start(group))
