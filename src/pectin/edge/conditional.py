"""Preconditions: whether a request wants what it would get (RFC 9110 13)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from pectin.edge.dates import parse_http_date
from pectin.edge.model import Request
from pectin.values.snapshot import Entry

_ENTITY_TAG = re.compile(r'[ \t]*(W/)?("[\x21\x23-\x7e\x80-\xff]*")[ \t]*(?:,|$)|[ \t]*(?:,|$)')
_ETAG_DIGITS = 32


class Precondition(Enum):
    """What the preconditions of a request come to."""

    HOLDS = "holds"
    NOT_MODIFIED = "not modified"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Validators:
    """What a representation is told apart by: a strong entity tag, and epoch seconds or None."""

    etag: str
    last_modified: int | None


def compute_etag(entry: Entry, coding: str) -> str:
    """The strong entity tag of `entry` in `coding`: each coding has its own (RFC 9110 8.8.3.3)."""
    digits = entry.blob.hex()[:_ETAG_DIGITS]
    return f'"{digits}"' if coding == "identity" else f'"{digits}-{coding}"'


def evaluate(request: Request, current: Validators) -> Precondition:
    """What the preconditions come to, in the order of RFC 9110 13.2.2, for GET and HEAD."""
    if not _holds_for_change(request, current):
        return Precondition.FAILED
    if request.if_none_match is not None:
        matches = _matches(request.if_none_match, current.etag, weak=True)
        return Precondition.NOT_MODIFIED if matches else Precondition.HOLDS
    since = _parse_date(request.if_modified_since)
    if since is None or current.last_modified is None or current.last_modified > since:
        return Precondition.HOLDS
    return Precondition.NOT_MODIFIED


def allows_range(request: Request, current: Validators) -> bool:
    """Whether If-Range lets Range be honoured (RFC 9110 13.1.5): an exact, strong match.

    A date never allows it: within the second of a switch it would not be a strong validator.
    """
    return request.if_range is None or request.if_range.strip() == current.etag


def _holds_for_change(request: Request, current: Validators) -> bool:
    if request.if_match is not None:
        return _matches(request.if_match, current.etag, weak=False)
    since = _parse_date(request.if_unmodified_since)
    return since is None or current.last_modified is None or current.last_modified <= since


def _parse_date(field: str | None) -> int | None:
    return None if field is None else parse_http_date(field)


def _matches(field: str, etag: str, *, weak: bool) -> bool:
    if field.strip() == "*":
        return True
    position = 0
    while position < len(field):
        match = _ENTITY_TAG.match(field, position)
        if match is None or match.end() == position:
            return False
        if match[2] == etag and (weak or not match[1]):
            return True
        position = match.end()
    return False
