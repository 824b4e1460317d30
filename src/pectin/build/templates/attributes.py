"""Attributes by the names that templates have for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pectin.build.configuration.scalars import describe
from pectin.build.faults import TemplateFault
from pectin.build.suggestions import suggest

_NOWHERE = object()


def list_attributes(view: object) -> list[str]:
    """The names that templates can ask `view` for, which is a view or its class."""
    return [name for name in dir(view) if not name.startswith("_")]


def name_kind(value: Any) -> str:
    """What kind of thing `value` is, as an author would say it: never an address in memory."""
    if isinstance(value, Mapping):
        return describe({})
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return describe([])
    known = "a function" if callable(value) else describe(value)
    if known != "that":
        return known
    name = type(value).__name__.removesuffix("View").lower()
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def name_one(value: Any) -> str:
    """Which `value` is meant, where it can be told: `the page content/fruit/plum.md`."""
    source = getattr(value, "source", None)
    return f"the page {source}" if isinstance(source, str) else name_kind(value)


def make_reader(path: str) -> Callable[[Any], Any]:
    """What reads `path` (`params.author`) of a value; None where that has nothing there.

    Keys of mappings and what is below them are the author's own and may be missing. Other names
    are Pectin's: the reader raises TemplateFault for one that there is not.
    """
    names = path.split(".")

    def read(value: Any) -> Any:
        is_strict = True
        for name in names:
            if isinstance(value, Mapping):
                value, is_strict = value.get(name), False
            else:
                value = _ask(value, name, is_strict=is_strict)
            if value is None:
                return None
        return value

    return read


def _ask(value: Any, name: str, *, is_strict: bool) -> Any:
    found = _NOWHERE if name.startswith("_") else getattr(value, name, _NOWHERE)
    if found is not _NOWHERE:
        return found
    if is_strict:
        hint = suggest(name, list_attributes(value))
        if not hint and hasattr(value, "params"):
            hint = f"a key of front matter is `params.{name}`"
        raise TemplateFault("undefined", f"{name_kind(value)} has no `{name}`", hint)
    return None
