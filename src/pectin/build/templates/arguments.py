"""What a template hands to a function or a filter is what that one takes, or is told."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping
from datetime import date
from types import UnionType
from typing import Any, get_args, get_origin

from pectin.build.faults import TemplateFault
from pectin.build.templates.attributes import name_kind
from pectin.build.templates.fixed import fix_shallowly

_WANTED = {
    object: "a value",
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    Collection: "a list",
}
_NARROW = (bool, str, Mapping)
"""Kinds that Python takes for wider ones, a truth for a number, and authors do not."""


class Guarded:
    """A function or filter of templates, which raises TemplateFault for what it cannot take.

    Its annotations say what it takes. `Any` is every value but none, because minijinja hands
    over none where a variable is undefined.
    """

    __slots__ = ("_is_filter", "_known", "_name", "_signature", "_tool")

    def __init__(self, name: str, tool: Callable[..., Any], *, is_filter: bool) -> None:
        self._name = name
        self._tool = tool
        self._is_filter = is_filter
        self._signature = inspect.signature(tool, eval_str=True)
        # Templates call a tool with the same few types: a look at those is cheaper than a check.
        self._known: set[tuple[type, ...]] = set()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """What the tool makes of the arguments. Raises TemplateFault for those it cannot take."""
        if kwargs or tuple(map(type, args)) not in self._known:
            self._check(args, kwargs)
        return fix_shallowly(self._tool(*args, **kwargs))

    def __repr__(self) -> str:
        return f"{'filter' if self._is_filter else 'function'} {self._name}"

    def _check(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
        try:
            given = self._signature.bind(*args, **kwargs).arguments
        except TypeError as error:
            raise TemplateFault(
                "template-error",
                f"`{self._name}` is called wrongly: {error}",
                f"write `{self._usage()}`",
            ) from None
        for name, value in given.items():
            parameter = self._signature.parameters[name]
            types = _list_types(parameter.annotation)
            is_many = parameter.kind is inspect.Parameter.VAR_POSITIONAL
            for one in value if is_many else (value,):
                if not _fits(one, types):
                    raise _refuse(self._subject(name), one, types)
        if not kwargs:
            self._known.add(tuple(map(type, args)))

    def _subject(self, parameter: str) -> str:
        if self._is_filter and parameter == next(iter(self._signature.parameters)):
            return f"the value before `|{self._name}`"
        return f"`{parameter}` of `{self._name}`"

    def _usage(self) -> str:
        names = [str(p).partition(":")[0] for p in self._signature.parameters.values()]
        if not self._is_filter:
            return f"{self._name}({', '.join(names)})"
        rest = f"({', '.join(names[1:])})" if names[1:] else ""
        return f"{names[0]}|{self._name}{rest}"


def guard_functions(tools: Mapping[str, Callable[..., Any]]) -> dict[str, Guarded]:
    """The functions `tools`, which are by name, guarded."""
    return {name: Guarded(name, tool, is_filter=False) for name, tool in tools.items()}


def guard_filters(tools: Mapping[str, Callable[..., Any]]) -> dict[str, Guarded]:
    """The filters `tools`, which are by name, guarded."""
    return {name: Guarded(name, tool, is_filter=True) for name, tool in tools.items()}


def _list_types(annotation: Any) -> tuple[type, ...]:
    """The types that `annotation` allows; `object` for Any."""
    parts = get_args(annotation) if isinstance(annotation, UnionType) else (annotation,)
    return tuple(object if part is Any else get_origin(part) or part for part in parts)


def _fits(value: Any, types: tuple[type, ...]) -> bool:
    if value is None or callable(value):
        return False
    narrow = next((kind for kind in _NARROW if isinstance(value, kind)), None)
    if narrow is not None:
        return narrow in types or object in types
    return isinstance(value, types) or (float in types and isinstance(value, int))


def _refuse(subject: str, value: Any, types: tuple[type, ...]) -> TemplateFault:
    if value is None:
        return TemplateFault(
            "undefined",
            f"{subject} is undefined or none",
            "ask with `is defined` and `is none`, or give a `|default(..., true)`",
        )
    wanted = " or ".join(_WANTED[kind] for kind in types if kind in _WANTED)
    hint = "see Templates in Pectin's documentation"
    if str in types and isinstance(value, bool | int | float | date):
        hint = "`|string` makes text of it"
    message = f"{subject} must be {wanted}, not {name_kind(value)}"
    return TemplateFault("template-error", message, hint)
