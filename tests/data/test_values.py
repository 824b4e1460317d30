from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.data.values import NotData, render_data

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
)  # fmt: skip


@given(PLAIN)
def test_what_json_has_comes_back_as_it_was(value: Any) -> None:
    assert json.loads(render_data(value)) == value


@dataclass
class Jam:
    name: str
    made: date


class Kind(Enum):
    SWEET = "sweet"


def test_what_programs_have_becomes_what_json_has() -> None:
    value = {
        "jams": (Jam("plum", date(2026, 8, 1)),),
        "at": datetime(2026, 8, 1, 10, tzinfo=UTC),
        "price": Decimal("4.50"),
        "id": UUID(int=1),
        "kind": Kind.SWEET,
    }
    assert json.loads(render_data(value)) == {
        "jams": [{"name": "plum", "made": "2026-08-01"}],
        "at": "2026-08-01T10:00:00+00:00",
        "price": "4.50",
        "id": "00000000-0000-0000-0000-000000000001",
        "kind": "sweet",
    }


ENDLESS: list[Any] = []
ENDLESS.append(ENDLESS)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"a": [1, {2}]}, "`a.1` of the data is a set"),
        ({"a": {1: 2}}, "`a` of the data has the key 1"),
        ([float("nan")], "`0` of the data is nan"),
        (object(), "the whole is of the type object"),
        ([b"x"], "of the type bytes"),
        ("\ud800", "the whole has half a character"),
        (ENDLESS, "within itself"),
    ],
)
def test_what_is_no_data_is_told_with_its_place(value: Any, message: str) -> None:
    with pytest.raises(NotData, match=message):
        render_data(value)
