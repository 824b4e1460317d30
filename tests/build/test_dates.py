from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.build.dates import DateFormat, moment_of, render_rfc822, render_rfc3339

PORTABLE = "%a %A %b %B %d %F %H %I %j %m %M %p %S %T %u %V %y %Y %%"


@given(st.datetimes(min_value=datetime(1000, 1, 1)))  # noqa: DTZ001 - the strategy wants it naive
def test_directives_agree_with_strftime_in_the_c_locale(moment: datetime) -> None:
    assert DateFormat(PORTABLE).render(moment) == moment.strftime(PORTABLE)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("%-d %B %Y", "4 March 2026"), ("%-m/%-d", "3/4"), ("%-H", "0"), ("%e", " 4"), ("", "")],
)
def test_a_hyphen_drops_leading_zeros(pattern: str, text: str) -> None:
    assert DateFormat(pattern).render(date(2026, 3, 4)) == text


@pytest.mark.parametrize("pattern", ["%Q", "%", "%-", "%:"])
def test_an_unknown_directive_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="is not a directive"):
        DateFormat(pattern)


def test_feeds_have_zones() -> None:
    east = timezone(timedelta(hours=5, minutes=30))
    west = timezone(timedelta(hours=-3, minutes=-30))
    assert (
        render_rfc822(datetime(2026, 8, 1, 9, 5, tzinfo=east)) == "Sat, 01 Aug 2026 09:05:00 +0530"
    )
    assert render_rfc3339(datetime(2026, 8, 1, 9, 5, tzinfo=west)) == "2026-08-01T09:05:00-03:30"
    assert render_rfc3339(date(2026, 8, 1)) == "2026-08-01T00:00:00Z"


def test_a_day_and_a_time_without_zone_are_in_utc() -> None:
    assert moment_of(date(2026, 8, 1)) == datetime(2026, 8, 1, tzinfo=UTC)
    assert moment_of(datetime(2026, 8, 1, 2)) == datetime(2026, 8, 1, 2, tzinfo=UTC)  # noqa: DTZ001 - naive on purpose
