"""Dates as templates, feeds and orders need them, whatever the machine's locale and zone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time

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


def _render_offset(moment: datetime) -> str:
    offset = moment.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


_DIRECTIVES: dict[str, Callable[[datetime], str]] = {
    "%a": lambda moment: _DAYS[moment.weekday()][:3],
    "%A": lambda moment: _DAYS[moment.weekday()],
    "%b": lambda moment: _MONTHS[moment.month - 1][:3],
    "%B": lambda moment: _MONTHS[moment.month - 1],
    "%d": lambda moment: f"{moment.day:02}",
    "%e": lambda moment: f"{moment.day:2}",
    "%F": lambda moment: f"{moment.year:04}-{moment.month:02}-{moment.day:02}",
    "%H": lambda moment: f"{moment.hour:02}",
    "%I": lambda moment: f"{moment.hour % 12 or 12:02}",
    "%j": lambda moment: f"{moment.timetuple().tm_yday:03}",
    "%m": lambda moment: f"{moment.month:02}",
    "%M": lambda moment: f"{moment.minute:02}",
    "%p": lambda moment: "AM" if moment.hour < 12 else "PM",  # noqa: PLR2004 - noon
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

_DIRECTIVE = re.compile(r"%(-?)(:?.|$)", re.DOTALL)


def moment_of(value: date | datetime) -> datetime:
    """The instant of `value`; a date is its first, and a time without a zone is in UTC."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return datetime.combine(value, time(), UTC)


def day_of(value: date | datetime) -> date:
    """The calendar day that `value` is on, in its own zone."""
    return value.date() if isinstance(value, datetime) else value


def render_date(value: date | datetime, pattern: str) -> str:
    """`value` by `pattern`, in strftime's directives and in English; `%-d` drops zeros.

    Raises ValueError for a directive that there is none of.
    """
    moment = moment_of(value)

    def render(found: re.Match[str]) -> str:
        render_directive = _DIRECTIVES.get(f"%{found[2]}")
        if render_directive is None:
            raise ValueError(f"`{found[0]}` is not a directive of a date")
        text = render_directive(moment)
        return (text.lstrip("0 ") or "0") if found[1] else text

    return _DIRECTIVE.sub(render, pattern)


def render_rfc822(value: date | datetime) -> str:
    """`value` as RSS has it: `Sat, 01 Aug 2026 00:00:00 +0000` (RFC 822 with four-digit year)."""
    return render_date(value, "%a, %d %b %Y %H:%M:%S %z")


def render_rfc3339(value: date | datetime) -> str:
    """`value` as Atom and sitemaps have it: `2026-08-01T00:00:00Z` (RFC 3339)."""
    return render_date(value, "%Y-%m-%dT%H:%M:%S%:z").replace("+00:00", "Z")
