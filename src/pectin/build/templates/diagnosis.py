"""Which call in a template failed: minijinja does not say it of functions that are Python's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from minijinja import Environment
from msgspec import Struct

from pectin.build.faults import FAULTS
from pectin.build.templates.environment import make_environment
from pectin.build.templates.library import Templates
from pectin.values.place import Place, place_at

_MACRO = re.compile(r"\{%[-+]?\s*macro\s+(\w+)")
_TAG = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


class FailedCall(Struct, frozen=True):
    """Where a call stands, and what minijinja says when there is no such function."""

    place: Place
    description: str


class Tools(Struct, frozen=True):
    """What templates can use: functions and other globals, and filters, by name."""

    functions: Mapping[str, Any]
    filters: Mapping[str, Callable[..., Any]]


class Diagnosis:
    """Renders once more what failed, with each call under a name of its own.

    The failure then tells its name; and without that one, minijinja tells the way there. It is slow,
    and only for errors.
    """

    def __init__(self, templates: Templates, tools: Tools) -> None:
        self._templates = templates
        self._tools = tools
        self._prepared: tuple[_Calls, Environment] | None = None

    def find_failed_call(self, template: str, context: Mapping[str, Any]) -> FailedCall | None:
        """The call that fails when `template` is rendered with `context`; None where none does."""
        calls, environment = self._prepare()
        _render(environment, template, context)
        failed = calls.take_failed()
        if failed is None:
            return None
        unique, name, offset = failed
        place = place_at(self._templates.path_of(name), self._templates.load(name) or "", offset)
        return FailedCall(place, self._render_without(unique, template, context))

    def _prepare(self) -> tuple[_Calls, Environment]:
        if self._prepared is None:
            templates = self._templates
            calls = _Calls(self._tools, _find_macros(templates))
            texts = {
                name: calls.rename(name, templates.load(name) or "") for name in templates.names
            }
            self._prepared = calls, make_environment(texts.get, calls.functions, calls.filters)
        return self._prepared

    def _render_without(self, unique: str, template: str, context: Mapping[str, Any]) -> str:
        """What minijinja says when the function or filter `unique` is not there."""
        calls, environment = self._prepare()
        if unique in calls.filters:
            environment.remove_filter(unique)
        else:
            environment.remove_global(unique)
        said = _render(environment, template, context)
        if unique in calls.filters:
            environment.add_filter(unique, calls.filters[unique])
        else:
            environment.add_global(unique, calls.functions[unique])
        return said


def _render(environment: Environment, template: str, context: Mapping[str, Any]) -> str:
    """What minijinja says of the error that rendering ends with."""
    try:
        environment.render_template(template, **context)
    except FAULTS as fault:
        return str(fault)
    return ""


class _Calls:
    """Gives calls names, and notes the first that fails."""

    def __init__(self, tools: Tools, macros: frozenset[str]) -> None:
        self.functions = dict(tools.functions)
        self.filters = dict(tools.filters)
        self._failed: tuple[str, str, int] | None = None
        self._callable = {
            name for name, tool in tools.functions.items() if callable(tool) and name not in macros
        }
        self._call = _compile_calls(self._callable, tools.filters)

    def take_failed(self) -> tuple[str, str, int] | None:
        """The first call that failed since this was asked last: its name, template and offset."""
        failed, self._failed = self._failed, None
        return failed

    def rename(self, name: str, text: str) -> str:
        """`text`, the template `name`, with a number at each call."""
        return _TAG.sub(lambda tag: self._rename_in_tag(name, tag), text)

    def _rename_in_tag(self, template: str, tag: re.Match[str]) -> str:
        if tag[0].startswith("{#"):
            return tag[0]

        def replace(found: re.Match[str]) -> str:
            bar = found["bar"] or ""
            name = found[0].removeprefix(bar)
            unique = f"{name}__{len(self.functions) + len(self.filters)}"
            tools = self.filters if bar else self.functions
            site = (unique, template, tag.start() + found.start() + len(bar))
            tools[unique] = self._watch(tools[name], site)
            return bar + unique

        return self._call.sub(replace, tag[0])

    def _watch(self, tool: Callable[..., Any], site: tuple[str, str, int]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                return tool(*args, **kwargs)
            except FAULTS:
                self._failed = self._failed or site
                raise

        return call


def _find_macros(templates: Templates) -> frozenset[str]:
    """The names of all macros: what a template calls by one of these need not be the function."""
    texts = (templates.load(name) or "" for name in templates.names)
    return frozenset(name for text in texts for name in _MACRO.findall(text))


def _compile_calls(functions: Iterable[str], filters: Iterable[str]) -> re.Pattern[str]:
    called = "|".join(sorted(map(re.escape, functions)))
    filtered = "|".join(sorted(map(re.escape, filters)))
    return re.compile(
        rf"(?P<bar>\|\s*)(?:{filtered})\b|(?<![\w.|])(?<!macro )(?:{called})(?=\s*\()"
    )
