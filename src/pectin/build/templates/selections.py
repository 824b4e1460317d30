"""Filters that choose from lists of pages or of data, put them in order, and join them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from pectin.build.faults import TemplateFault
from pectin.build.templates.attributes import make_reader, name_one
from pectin.build.templates.comparisons import find_operator, is_same, sort_key

_TRUE = object()

Tool = Callable[..., Any]
Index = Mapping[str, Sequence[Any]]
"""Values by a text that they have."""


def where(
    values: Collection[Any],
    key: str,
    operator: Any = True,  # noqa: FBT002 - as templates call it
    wanted: Any = _TRUE,
) -> list[Any]:
    """Those of `values` whose `key` (`params.author`) is as wanted: `"==", "anna"`, or `"anna"`."""
    read = make_reader(key)
    if wanted is _TRUE:
        return [value for value in values if is_same(read(value), operator)]
    matches = find_operator(str(operator))
    chosen = []
    for value in values:
        found = read(value)
        try:
            if matches(found, wanted):
                chosen.append(value)
        except TemplateFault as fault:
            if fault.code != "bad-comparison":
                raise
            message = f"{fault.message}: `{key}` of {name_one(value)}"
            raise TemplateFault(fault.code, message, fault.hint) from None
    return chosen


def make_index(values: Iterable[Any], key: str) -> Index | None:
    """What `where` takes of `values` for each text of `key`; None where a date or a term is a text too."""
    read = make_reader(key)
    index: dict[str, list[Any]] = {}
    for value in values:
        found = read(value)
        if isinstance(found, str):
            index.setdefault(str(found), []).append(value)
        elif found is not None and not isinstance(found, bool | int | float | list | tuple | dict):
            return None
    return index


def sort_by(values: Collection[Any], key: str, *more: str, reverse: bool = False) -> list[Any]:
    """`values` by `key`, then by the keys `more`, smallest first, those without one last.

    A key with a minus before it turns its order, and `reverse` that of all.
    """
    found = list(values)
    for written in reversed((key, *more)):
        found = _sort(found, written.removeprefix("-"), reverse != written.startswith("-"))
    return found


def take(values: Collection[Any], count: int) -> Sequence[Any]:
    """The first `count` of `values`."""
    return list(values)[: max(count, 0)]


def skip(values: Collection[Any], count: int) -> Sequence[Any]:
    """`values` without the first `count`."""
    return list(values)[max(count, 0) :]


def union(values: Collection[Any], others: Collection[Any]) -> list[Any]:
    """`values`, then those of `others` that are not among them; each once."""
    return _unique([*values, *others])


def intersect(values: Collection[Any], others: Collection[Any]) -> list[Any]:
    """Those of `values` that are among `others` too; each once."""
    among = _Members(others)
    return _unique(value for value in values if value in among)


def difference(values: Collection[Any], others: Collection[Any]) -> list[Any]:
    """Those of `values` that are not among `others`; each once."""
    among = _Members(others)
    return _unique(value for value in values if value not in among)


def _sort(values: list[Any], key: str, is_reversed: bool) -> list[Any]:  # noqa: FBT001 - private
    read = make_reader(key)
    found = [(read(value), value) for value in values]
    known = [(sort_key(at), value) for at, value in found if at is not None]
    try:
        known.sort(key=lambda pair: pair[0], reverse=is_reversed)
    except TypeError:
        message = f"the values of `{key}` cannot be compared with each other"
        raise TemplateFault("bad-sort", message) from None
    return [value for _, value in known] + [value for at, value in found if at is None]


class _Members:
    """Values to be among; tables and lists too, which have no hash."""

    def __init__(self, values: Iterable[Any]) -> None:
        self._hashed: set[Any] = set()
        self._others: list[Any] = []
        for value in values:
            self.add(value)

    def add(self, value: Any) -> None:
        try:
            self._hashed.add(value)
        except TypeError:
            self._others.append(value)

    def __contains__(self, value: Any) -> bool:
        try:
            return value in self._hashed
        except TypeError:
            return value in self._others


def _unique(values: Iterable[Any]) -> list[Any]:
    known = _Members(())
    found = []
    for value in values:
        if value not in known:
            known.add(value)
            found.append(value)
    return found


SELECTIONS: Mapping[str, Tool] = {
    tool.__name__: tool for tool in (where, sort_by, take, skip, union, intersect, difference)
}
"""The filters of this module, by name."""
