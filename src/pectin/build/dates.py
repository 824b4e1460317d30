"""Dates as templates, feeds and orders need them, whatever the machine's locale and zone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time

from msgspec import Struct

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class DateNames(Struct, frozen=True):
    """What a language calls months, days and the halves of a day.

    `months` stand behind a day (`5 maja`), `lone_months` without one (`maj`).
    """

    months: Sequence[str]
    lone_months: Sequence[str]
    short_months: Sequence[str]
    days: Sequence[str]
    short_days: Sequence[str]
    halves: Sequence[str]


ENGLISH = DateNames(
    _MONTHS,
    _MONTHS,
    [name[:3] for name in _MONTHS],
    _DAYS,
    [name[:3] for name in _DAYS],
    ("AM", "PM"),
)


def _render_offset(moment: datetime) -> str:
    offset = moment.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


_DIRECTIVES: dict[str, Callable[[datetime], str]] = {
    "%d": lambda moment: f"{moment.day:02}",
    "%e": lambda moment: f"{moment.day:2}",
    "%F": lambda moment: f"{moment.year:04}-{moment.month:02}-{moment.day:02}",
    "%H": lambda moment: f"{moment.hour:02}",
    "%I": lambda moment: f"{moment.hour % 12 or 12:02}",
    "%j": lambda moment: f"{moment.timetuple().tm_yday:03}",
    "%m": lambda moment: f"{moment.month:02}",
    "%M": lambda moment: f"{moment.minute:02}",
    "%S": lambda moment: f"{moment.second:02}",
    "%T": lambda moment: f"{moment.hour:02}:{moment.minute:02}:{moment.second:02}",
    "%u": lambda moment: str(moment.isoweekday()),
    "%V": lambda moment: f"{moment.isocalendar().week:02}",
    "%y": lambda moment: f"{moment.year % 100:02}",
    "%Y": lambda moment: f"{moment.year:04}",
    "%z": lambda moment: _render_offset(moment).replace(":", ""),
    "%:z": _render_offset,
    "%%": lambda _: "%",
}

_NAMING: dict[str, Callable[[DateNames], Callable[[datetime], str]]] = {
    "%a": lambda names: lambda moment: names.short_days[moment.weekday()],
    "%A": lambda names: lambda moment: names.days[moment.weekday()],
    "%b": lambda names: lambda moment: names.short_months[moment.month - 1],
    "%B": lambda names: lambda moment: names.months[moment.month - 1],
    "%p": lambda names: lambda moment: names.halves[moment.hour // 12],
}
_LONE_MONTH = {"%B": lambda names: lambda moment: names.lone_months[moment.month - 1]}
_DAY = re.compile(r"%-?[de]")

_DIRECTIVE = re.compile(r"%(-?)(:?.|$)", re.DOTALL)


def moment_of(value: date | datetime) -> datetime:
    """The instant of `value`; a date is its first, and a time without a zone is in UTC."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return datetime.combine(value, time(), UTC)


def day_of(value: date | datetime) -> date:
    """The calendar day that `value` is on, in its own zone."""
    return value.date() if isinstance(value, datetime) else value


class DateFormat:
    """A pattern of strftime's directives, rendered with `names`; `%-d` drops leading zeros.

    Raises ValueError for a directive that there is none of.
    """

    def __init__(self, pattern: str, names: DateNames = ENGLISH) -> None:
        naming = _NAMING if _DAY.search(pattern) else {**_NAMING, **_LONE_MONTH}
        directives = _DIRECTIVES | {key: make(names) for key, make in naming.items()}
        self._parts: list[str | Callable[[datetime], str]] = []
        done = 0
        for found in _DIRECTIVE.finditer(pattern):
            render = directives.get(f"%{found[2]}")
            if render is None:
                raise ValueError(f"`{found[0]}` is not a directive of a date")
            self._parts += (pattern[done : found.start()], _strip(render) if found[1] else render)
            done = found.end()
        self._parts.append(pattern[done:])

    def render(self, value: date | datetime) -> str:
        """`value` by the pattern."""
        moment = moment_of(value)
        return "".join([p if isinstance(p, str) else p(moment) for p in self._parts])


def _strip(render: Callable[[datetime], str]) -> Callable[[datetime], str]:
    return lambda moment: render(moment).lstrip("0 ") or "0"


_RFC822 = DateFormat("%a, %d %b %Y %H:%M:%S %z")
_RFC3339 = DateFormat("%Y-%m-%dT%H:%M:%S%:z")


def render_rfc822(value: date | datetime) -> str:
    """`value` as RSS has it: `Sat, 01 Aug 2026 00:00:00 +0000` (RFC 822 with four-digit year)."""
    return _RFC822.render(value)


def render_rfc3339(value: date | datetime) -> str:
    """`value` as Atom and sitemaps have it: `2026-08-01T00:00:00Z` (RFC 3339)."""
    return _RFC3339.render(value).replace("+00:00", "Z")
