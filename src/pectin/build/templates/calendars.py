"""iCalendar (RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

from pectin.build.dates import moment_of

_LONGEST_LINE = 75
"""Octets, without the end of the line (RFC 5545 3.1)."""

_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# A calendar must have a component, also where nothing happens (RFC 5545 3.6).
_NOTHING_HAPPENS = (
    "BEGIN:VTIMEZONE",
    "TZID:Etc/UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)


class Event(Struct, frozen=True):
    """Something that happens. `url` is absolute, and tells it from all others with `uid`.

    `start` and `end` are both days, of which `end` is the last, or both moments; those without a
    zone are in the reader's. `stamp` is when it was written down last. `rule` says how it is
    repeated, as RFC 5545 3.3.10 does.
    """

    uid: str
    title: str
    url: str
    stamp: date | datetime
    start: date | datetime
    end: date | datetime | None = None
    location: str = ""
    description: str = ""
    status: str = ""
    rule: str = ""
    categories: tuple[str, ...] = ()


def render_calendar(name: str, events: Sequence[Event]) -> str:
    """The calendar `name` with `events`, the first to begin first."""
    ordered = sorted(events, key=lambda event: (moment_of(event.start), event.uid))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Pectin//Pectin//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{_escape(name)}",
        f"X-WR-CALNAME:{_escape(name)}",
        *(line for event in ordered for line in _list_lines(event)),
        *(() if ordered else _NOTHING_HAPPENS),
        "END:VCALENDAR",
    ]
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def _list_lines(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escape(event.uid)}"
    yield f"DTSTAMP:{_render_instant(moment_of(event.stamp))}"
    yield f"DTSTART{_render_moment(event.start)}"
    if event.end is not None:
        is_day = not isinstance(event.end, datetime)
        yield f"DTEND{_render_moment(event.end + timedelta(days=1) if is_day else event.end)}"
    if event.rule:
        yield f"RRULE:{event.rule}"
    yield f"SUMMARY:{_escape(event.title)}"
    for key, text in (("DESCRIPTION", event.description), ("LOCATION", event.location)):
        if text:
            yield f"{key}:{_escape(text)}"
    if event.categories:
        yield f"CATEGORIES:{','.join(map(_escape, event.categories))}"
    if event.status:
        yield f"STATUS:{event.status.upper()}"
    yield f"URL:{event.url}"
    yield "END:VEVENT"


def _render_moment(moment: date | datetime) -> str:
    if not isinstance(moment, datetime):
        return f";VALUE=DATE:{moment:%Y%m%d}"
    return f":{_render_instant(moment)}" if moment.tzinfo else f":{moment:%Y%m%dT%H%M%S}"


def _render_instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escape(text: str) -> str:
    plain = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(_ESCAPED.get(character, character) for character in plain)


def _fold(line: str) -> str:
    """`line` on lines that are short enough; no character is cut in two."""
    if len(line.encode()) <= _LONGEST_LINE:
        return line
    parts: list[str] = []
    current, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _LONGEST_LINE:
            parts.append(current)
            current, size = " ", 1
        current += character
        size += width
    return "\r\n".join([*parts, current])
