"""Dates of HTTP (RFC 9110 5.6.7), without a locale."""

from __future__ import annotations

import re
from calendar import timegm
from datetime import UTC, datetime

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TIME = r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
_FORMS = (
    re.compile(
        rf"[A-Z][a-z]{{2}}, (?P<day>[0-9]{{2}}) (?P<month>\w{{3}}) (?P<year>[0-9]{{4}}) {_TIME} GMT"
    ),
    re.compile(
        rf"[A-Z][a-z]+day, (?P<day>[0-9]{{2}})-(?P<month>\w{{3}})-(?P<year>[0-9]{{2}}) {_TIME} GMT"
    ),
    re.compile(
        rf"[A-Z][a-z]{{2}} (?P<month>\w{{3}}) (?P<day>[ 0-9][0-9]) {_TIME} (?P<year>[0-9]{{4}})"
    ),
)
_CENTURY_PIVOT = 70


def render_http_date(epoch_seconds: int) -> str:
    """IMF-fixdate: `Sun, 06 Nov 1994 08:49:37 GMT`."""
    at = datetime.fromtimestamp(epoch_seconds, UTC)
    day, month = _DAYS[at.weekday()], _MONTHS[at.month - 1]
    return f"{day}, {at.day:02} {month} {at.year:04} {at:%H:%M:%S} GMT"


def parse_http_date(text: str) -> int | None:
    """Epoch seconds, or None where `text` has none of the three forms or is no real date."""
    for form in _FORMS:
        match = form.fullmatch(text.strip())
        if match:
            return _epoch_seconds(match)
    return None


def _epoch_seconds(match: re.Match[str]) -> int | None:
    year = int(match["year"])
    if len(match["year"]) == len("94"):
        year += 1900 if year >= _CENTURY_PIVOT else 2000
    try:
        month = _MONTHS.index(match["month"]) + 1
        clock = (int(match["hour"]), int(match["minute"]), min(int(match["second"]), 59))
        return timegm(datetime(year, month, int(match["day"]), *clock, tzinfo=UTC).utctimetuple())
    except ValueError:
        return None
