"""iCalendar as RFC 5545 has it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.build.conftest import BuildSite

from pectin.build.templates.calendars import Event, render_calendar

START = datetime(2026, 5, 1, 18, tzinfo=timezone(timedelta(hours=2)))
EVENT = Event("/a/@example.org", "Fair", "https://example.org/a/", date(2026, 1, 1), START)


def unfold(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_moments_with_a_zone_are_in_utc() -> None:
    lines = unfold(render_calendar("Jam", [EVENT]))
    assert "DTSTART:20260501T160000Z" in lines
    assert "DTSTAMP:20260101T000000Z" in lines


def test_a_last_day_is_followed_by_the_day_that_ends_the_event() -> None:
    event = Event("a", "A", "b", START, date(2026, 5, 1), date(2026, 5, 2))
    lines = unfold(render_calendar("Jam", [event]))
    assert "DTSTART;VALUE=DATE:20260501" in lines
    assert "DTEND;VALUE=DATE:20260503" in lines


def test_a_moment_without_a_zone_is_in_the_zone_of_the_reader() -> None:
    event = Event("a", "A", "b", START, datetime.fromisoformat("2026-05-01T09:30"))
    assert "DTSTART:20260501T093000" in unfold(render_calendar("Jam", [event]))


def test_events_are_in_the_order_in_which_they_begin() -> None:
    later = Event("b", "Later", "b", START, START + timedelta(days=1))
    lines = unfold(render_calendar("Jam", [later, EVENT]))
    assert [line for line in lines if line.startswith("SUMMARY")] == [
        "SUMMARY:Fair",
        "SUMMARY:Later",
    ]


def test_a_calendar_without_events_has_a_component_all_the_same() -> None:
    assert "BEGIN:VTIMEZONE" in render_calendar("Jam", [])
    assert "BEGIN:VTIMEZONE" not in render_calendar("Jam", [EVENT])


@given(st.text())
def test_no_line_is_longer_than_75_octets_and_none_ends_within_a_character(title: str) -> None:
    made = render_calendar(title, [Event("a", title, "b", START, START, description=title)])
    for line in made.split("\r\n"):
        assert len(line.encode()) <= 75
        assert "\n" not in line
        assert "\r" not in line


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_text_can_be_read_back(title: str) -> None:
    lines = unfold(render_calendar("Jam", [Event("a", title, "b", START, START)]))
    written = next(line for line in lines if line.startswith("SUMMARY:")).removeprefix("SUMMARY:")
    read = written.replace("\\\\", "\0").replace("\\;", ";").replace("\\,", ",")
    assert read.replace("\\n", "\n").replace("\0", "\\") == title


CALENDAR = {"templates/page.ics": "{{ calendar([page]) }}"}


@pytest.mark.parametrize(
    ("front_matter", "message"),
    [
        ("start: soon", "`start` of the page content/a.md must be a date, not the text 'soon'"),
        ("start: 2026-05-02\nend: 2026-05-01", "`end` of the page content/a.md is before `start`"),
        (
            "start: 2026-05-02\nend: 2026-05-02T10:00",
            "`end` of the page content/a.md has no time, and `start` has one, or the other way round",
        ),
        (
            "start: 2026-05-02T09:00Z\nend: 2026-05-02T10:00",
            "`end` of the page content/a.md has no zone, and `start` has one, or the other way round",
        ),
        ("start: 2026-05-02\nlocation: 7", "`location` of the page content/a.md must be text"),
        ("start: 2026-05-02\nrepeat: weekly", "`repeat` of the page content/a.md cannot be 'weekly'"),
    ],
)  # fmt: skip
def test_a_page_that_is_no_event_is_told_where_it_says_so(
    build_site: BuildSite, front_matter: str, message: str
) -> None:
    text = f"---\noutputs: [html, calendar]\n{front_matter}\n---\n"
    (problem,) = build_site({**CALENDAR, "content/a.md": text}).build.problems
    assert problem.code == "bad-event"
    assert problem.message.startswith(message)
    assert problem.place is not None
    assert problem.place.file == "content/a.md"


def test_an_event_has_all_that_its_front_matter_says(build_site: BuildSite) -> None:
    text = (
        "---\noutputs: [html, calendar]\ntitle: Fair, again\nstart: 2026-05-01T18:00+02:00\n"
        "end: 2026-05-01T20:00+02:00\nlocation: Square\nrepeat: FREQ=YEARLY\nstatus: cancelled\n"
        "tags: [a, b]\nupdated: 2026-04-01\n---\nCome *all*.\n"
    )
    built = build_site({**CALENDAR, "content/a.md": text})
    assert built.codes == []
    assert unfold(built.text("/a/index.ics"))[6:-2] == [
        "BEGIN:VEVENT",
        "UID:/a/@example.org",
        "DTSTAMP:20260401T000000Z",
        "DTSTART:20260501T160000Z",
        "DTEND:20260501T180000Z",
        "RRULE:FREQ=YEARLY",
        "SUMMARY:Fair\\, again",
        "DESCRIPTION:Come all.",
        "LOCATION:Square",
        "CATEGORIES:a,b",
        "STATUS:CANCELLED",
        "URL:https://example.org/a/",
        "END:VEVENT",
    ]
