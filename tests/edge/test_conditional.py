from __future__ import annotations

from typing import Any

import pytest

from pectin.edge.conditional import Precondition, Validators, allows_range, compute_etag, evaluate
from pectin.edge.dates import render_http_date
from pectin.edge.model import Request
from pectin.values.digest import compute_digest
from pectin.values.snapshot import Entry

NOW = 1_000_000
CURRENT = Validators('"abc"', NOW)
SAME, LATER, EARLIER = (render_http_date(NOW + delta) for delta in (0, 1, -1))

HOLDS, NOT_MODIFIED, FAILED = Precondition.HOLDS, Precondition.NOT_MODIFIED, Precondition.FAILED


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({}, HOLDS),
        ({"if_none_match": '"abc"'}, NOT_MODIFIED),
        ({"if_none_match": 'W/"abc"'}, NOT_MODIFIED),
        ({"if_none_match": "*"}, NOT_MODIFIED),
        ({"if_none_match": ' "x" , W/"y","abc"'}, NOT_MODIFIED),
        ({"if_none_match": '"a,b", "abc"'}, NOT_MODIFIED),
        ({"if_none_match": '"abcd"'}, HOLDS),
        ({"if_none_match": "abc"}, HOLDS),
        ({"if_none_match": '"x" "abc"'}, HOLDS),
        ({"if_none_match": 'w/"abc"'}, HOLDS),
        ({"if_none_match": '"abc-br"'}, HOLDS),
        ({"if_none_match": ""}, HOLDS),
        ({"if_modified_since": SAME}, NOT_MODIFIED),
        ({"if_modified_since": LATER}, NOT_MODIFIED),
        ({"if_modified_since": EARLIER}, HOLDS),
        ({"if_modified_since": "yesterday"}, HOLDS),
        ({"if_none_match": '"x"', "if_modified_since": LATER}, HOLDS),
        ({"if_none_match": '"abc"', "if_modified_since": EARLIER}, NOT_MODIFIED),
        ({"if_match": '"abc"'}, HOLDS),
        ({"if_match": "*"}, HOLDS),
        ({"if_match": 'W/"abc"'}, FAILED),
        ({"if_match": '"x"'}, FAILED),
        ({"if_match": '"x"', "if_none_match": '"abc"'}, FAILED),
        ({"if_match": '"abc"', "if_none_match": '"abc"'}, NOT_MODIFIED),
        ({"if_match": '"abc"', "if_unmodified_since": EARLIER}, HOLDS),
        ({"if_unmodified_since": EARLIER}, FAILED),
        ({"if_unmodified_since": SAME}, HOLDS),
        ({"if_unmodified_since": "never"}, HOLDS),
        ({"if_unmodified_since": EARLIER, "if_none_match": '"abc"'}, FAILED),
    ],
)
def test_preconditions_are_taken_in_their_order(
    fields: dict[str, Any], verdict: Precondition
) -> None:
    assert evaluate(Request("GET", "/", **fields), CURRENT) is verdict


@pytest.mark.parametrize("field", ["if_modified_since", "if_unmodified_since"])
def test_a_date_is_not_heard_where_there_is_none_to_compare(field: str) -> None:
    request = Request("GET", "/", **dict[str, Any]({field: EARLIER}))
    assert evaluate(request, Validators('"abc"', None)) is HOLDS


@pytest.mark.parametrize(
    ("field", "allowed"),
    [
        (None, True),
        ('"abc"', True),
        ('W/"abc"', False),
        ('"x"', False),
        (SAME, False),
        ("*", False),
    ],
)
def test_if_range_needs_the_exact_strong_tag(field: str | None, allowed: bool) -> None:  # noqa: FBT001  # a table
    assert allows_range(Request("GET", "/", if_range=field), CURRENT) is allowed


def test_each_coding_has_its_own_strong_tag() -> None:
    entry = Entry(compute_digest(b"plum"), 4, "text/plain")
    tags = {compute_etag(entry, coding) for coding in ("identity", "gzip", "br", "zstd")}
    assert len(tags) == 4
    assert all(tag.startswith('"') for tag in tags)
