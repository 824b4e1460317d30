"""Values that no template can change, and that neither tell the time nor where they are in memory.

Values that templates see are Python's, and so are their methods, whose names a template may compute.
One that changes a value changes it for whichever page is rendered next, one that asks the clock or
the time zone answers otherwise on another day or machine, and what Python writes of a method itself has
an address in it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from functools import wraps
from typing import Any

from pectin.build.faults import TemplateFault

CHANGING = frozenset(
    {
        "append",
        "clear",
        "extend",
        "insert",
        "pop",
        "popitem",
        "remove",
        "reverse",
        "setdefault",
        "sort",
        "update",
    }
)
ASKING = frozenset(
    {"astimezone", "fromtimestamp", "now", "timestamp", "today", "utcfromtimestamp", "utcnow"}
)
_MAKING = frozenset({"combine", "copy", "fromkeys", "max", "min", "resolution", "strptime"})
"""What would give values that are not fixed, and is of no use."""


def explain_call(method: str) -> tuple[str, str]:
    """The message about a call of `method`, and what to do."""
    if method in CHANGING:
        message = f"`{method}` would change a value that other pages see"
        return message, "make a new one instead, as in `{% set all = all + [one] %}`"
    if method in ASKING:
        message = f"`{method}` asks the clock or the time zone of the machine"
        return message, "use `today`, or `|date`"
    return f"`{method}` cannot be called", "use a filter"


class ImpureCall(TemplateFault, AttributeError):
    """A call of `method`, which would change a value or ask the clock.

    To templates that only look whether there is such an attribute there is none.
    """

    def __init__(self, method: str) -> None:
        super().__init__("impure-call", *explain_call(method))
        self.method = method


class _Hidden:
    """A method that is not there."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, instance: object, owner: type) -> Any:
        raise ImpureCall(self._name)


def _fix_methods(*, but: Collection[str] = ()) -> Callable[[type], type]:
    """What hides the methods of a class that change it or ask the clock, and gives the others texts."""

    def decorate(kind: type) -> type:
        for name in dir(kind.__base__):
            if name.startswith("_") or name in but:
                continue
            inherited = getattr(kind.__base__, name)
            if name in CHANGING or name in ASKING or name in _MAKING:
                setattr(kind, name, _Hidden(name))
            elif callable(inherited):
                setattr(kind, name, _wrap(inherited))
        return kind

    return decorate


def _wrap(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function` as a method whose text has its name and the value's, and no address."""

    @wraps(function)
    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        return function(self, *args, **kwargs)

    return method


@_fix_methods()
class FixedTable(dict[Any, Any]):
    """A mapping that templates cannot change."""

    __slots__ = ()


@_fix_methods()
class FixedList(list[Any]):
    """A list that templates cannot change."""

    __slots__ = ()


@_fix_methods(but={"strftime"})
class FixedDay(date):
    """A day that does not tell which day it is."""

    __slots__ = ()

    def __repr__(self) -> str:
        return repr(date(self.year, self.month, self.day))

    def __str__(self) -> str:
        return date.isoformat(self)

    def strftime(self, format: str) -> str:  # noqa: A002 - as Python has it
        """The day as `format` says. Raises TemplateFault for what depends on the time zone."""
        _check_format(format)
        return super().strftime(format)


@_fix_methods(but={"strftime", "date"})
class FixedMoment(datetime):
    """A moment that does not tell which one it is now."""

    __slots__ = ()

    def __repr__(self) -> str:
        return datetime.__repr__(self).replace("FixedMoment", "datetime.datetime", 1)

    def __str__(self) -> str:
        return datetime.isoformat(self, " ")

    def date(self) -> date:
        """The day."""
        return FixedDay(self.year, self.month, self.day)

    def strftime(self, format: str) -> str:  # noqa: A002 - as Python has it
        """The moment as `format` says. Raises TemplateFault for what depends on the time zone."""
        _check_format(format)
        return super().strftime(format)


def fix(value: Any) -> Any:
    """`value`, which was written by an author, with all that is in it, as templates may see it."""
    make = _MAKERS.get(type(value))
    return value if make is None else make(value)


def fix_shallowly(value: Any) -> Any:
    """`value` with what is in it as it is."""
    kind = type(value)
    if kind is list:
        return FixedList(value)
    return FixedTable(value) if kind is dict else value


def _check_format(written: str) -> None:
    if "%s" in written.replace("%%", ""):
        raise TemplateFault(
            "bad-date-format", "`%s` depends on the time zone of the machine", "use `|date`"
        )


def _fix_table(value: dict[Any, Any]) -> FixedTable:
    return FixedTable({key: fix(item) for key, item in value.items()})


def _fix_list(value: list[Any]) -> FixedList:
    return FixedList(map(fix, value))


def _fix_day(value: date) -> FixedDay:
    return FixedDay(value.year, value.month, value.day)


def _fix_moment(value: datetime) -> FixedMoment:
    return FixedMoment(
        value.year, value.month, value.day, value.hour, value.minute, value.second,
        value.microsecond, value.tzinfo, fold=value.fold,
    )  # fmt: skip


_MAKERS: dict[type, Callable[[Any], Any]] = {
    dict: _fix_table,
    list: _fix_list,
    date: _fix_day,
    datetime: _fix_moment,
}
