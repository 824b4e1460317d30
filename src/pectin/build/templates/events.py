"""Pages that tell of an event, as a calendar has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from pectin.build.configuration.scalars import WrongValue, describe
from pectin.build.content.fields import parse_date
from pectin.build.content.text import plain_text
from pectin.build.dates import moment_of
from pectin.build.faults import TemplateFault
from pectin.build.site.model import Page
from pectin.build.templates.attributes import name_kind, name_one
from pectin.build.templates.calendars import Event
from pectin.build.templates.views import PageView, page_of
from pectin.values.place import Place

STATUSES = ("tentative", "confirmed", "cancelled")

_RULE = re.compile(r"FREQ=[A-Z]+(?:;[A-Z-]+=[A-Za-z0-9,+:-]+)*")


class Events:
    """Reads events out of front matter, of which `find_place` says where a key of a page is."""

    def __init__(self, find_place: Callable[[Page, str], Place | None]) -> None:
        self._find_place = find_place

    def read_all(self, pages: Iterable[Any]) -> Iterator[Event]:
        """The events of those of `pages` that have a `start`. Raises TemplateFault for one that is none."""
        for page in pages:
            if not isinstance(page, PageView):
                message = f"a calendar is of pages, not of {name_kind(page)}"
                raise TemplateFault("template-error", message, "write `calendar(page.pages)`")
            start = self._read_moment(page, "start")
            if start is not None:
                yield self._read(page, start)

    def _read(self, page: PageView, start: date | datetime) -> Event:
        end = self._read_moment(page, "end")
        if end is not None and (fault := _find_disorder(start, end)):
            raise self._refuse(page, "end", *fault)
        host = urlsplit(page.permalink).hostname
        return Event(
            f"{page.url}@{host}",
            page.title,
            str(page.permalink),
            page.lastmod or start,
            start,
            end,
            self._read_text(page, "location"),
            page.description or plain_text(str(page.summary)).strip(),
            self._read_status(page),
            self._read_rule(page),
            tuple(term.name for terms in page.terms.values() for term in terms),
        )

    def _read_moment(self, page: PageView, key: str) -> date | datetime | None:
        written = page.params.get(key)
        if written is None:
            return None
        try:
            return parse_date(written)
        except WrongValue as wrong:
            raise self._refuse(page, key, str(wrong), wrong.hint) from None

    def _read_text(self, page: PageView, key: str) -> str:
        written = page.params.get(key)
        if written is None:
            return ""
        if not isinstance(written, str):
            message = f"must be text, not {describe(written)}"
            raise self._refuse(page, key, message, "put it in quotes")
        return written

    def _read_status(self, page: PageView) -> str:
        status = page.params.get("status")
        # A page may have a status of another kind, which is no business of a calendar.
        return status if status in STATUSES else ""

    def _read_rule(self, page: PageView) -> str:
        rule = self._read_text(page, "repeat")
        if rule and not _RULE.fullmatch(rule):
            hint = "write a rule of RFC 5545, as in `FREQ=WEEKLY;COUNT=10`"
            raise self._refuse(page, "repeat", f"cannot be {rule!r}", hint)
        return rule

    def _refuse(self, page: PageView, key: str, message: str, hint: str) -> TemplateFault:
        place = self._find_place(page_of(page), key)
        return TemplateFault("bad-event", f"`{key}` of {name_one(page)} {message}", hint, place)


def _find_disorder(start: date | datetime, end: date | datetime) -> tuple[str, str] | None:
    """What is wrong with `end`, and what to do; None when nothing is."""
    if isinstance(start, datetime) != isinstance(end, datetime):
        fault = "has no time, and `start` has one, or the other way round"
        return fault, "write both as days, or both with a time"
    if _has_zone(start) != _has_zone(end):
        fault = "has no zone, and `start` has one, or the other way round"
        return fault, "write the offset from UTC at both, as in `+02:00`, or at none"
    if moment_of(end) < moment_of(start):
        return "is before `start`", "change one of them"
    return None


def _has_zone(moment: date | datetime) -> bool:
    return isinstance(moment, datetime) and moment.tzinfo is not None
