"""Heads become bytes and come back as they were, whatever their front matter says."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.build.content.document import Defaults, FrontMatter, Head, MenuPlace, Origin, Target
from pectin.build.content.packing import Known, can_pack, pack_heads, unpack_heads

ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=5, minutes=30))])
# No notation has a fold.
MOMENTS = st.dates() | st.datetimes(timezones=ZONES).map(lambda moment: moment.replace(fold=0))
TIMES = st.times().map(lambda moment: moment.replace(fold=0))
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**64 - 1),
    st.floats(allow_nan=False),
    st.text("aé\n🍓"),
    MOMENTS,
    TIMES,
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text("ab"), inner), max_leaves=4
)
HEADS = st.builds(
    lambda path, **fields: Head(path, **fields, location=path),
    path=st.text("abc/", min_size=1),
    body_start=st.integers(0, 99),
    front_matter=st.builds(
        FrontMatter,
        title=st.none() | st.text("abc"),
        date=st.none() | MOMENTS,
        updated=st.none() | MOMENTS,
        draft=st.booleans(),
        aliases=st.lists(st.text("abc")).map(tuple),
        taxonomies=st.dictionaries(st.text("abc"), st.lists(st.text("abc")).map(tuple)),
        params=st.dictionaries(st.text("abc"), VALUES),
    ),
    print=st.binary(max_size=4),
)


def show(value: Any) -> str:
    """With the types, which `==` takes for equal: 1 and True, and moments of different zones."""
    return repr(value)


@given(st.lists(HEADS, max_size=2))
def test_heads_come_back_as_they_were(heads: list[Head]) -> None:
    known = Known([head.path.encode() for head in heads], heads)
    packed = pack_heads(known)
    assert packed is not None
    assert show(unpack_heads(packed)) == show(known)


@pytest.mark.parametrize("value", [2**70, "\ud800"])
def test_what_no_byte_can_hold_is_not_packed(value: object) -> None:
    head = Head("content/a.md", 0, FrontMatter(params={"x": [value]}))
    assert pack_heads(Known([b""], [head])) is None


def test_a_day_is_not_taken_for_a_text() -> None:
    params = {"day": date(2026, 1, 2), "text": "2026-01-02", "at": datetime(2026, 1, 2, 3)}  # noqa: DTZ001 - as an author writes it
    written = FrontMatter(params={**params, "when": time(7, 30)})
    head = Head("content/a.md", 0, written, location="content/a.md")
    packed = pack_heads(Known([b""], [head]))
    assert packed is not None
    assert unpack_heads(packed).heads == [head]


def test_other_bytes_are_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        unpack_heads(b"\x93\x01\x02\x03")


def test_what_is_packed_comes_before_what_is_not() -> None:
    names = FrontMatter.__struct_fields__
    said = [msgspec.structs.replace(FrontMatter(), **{name: ("x",)}) for name in names]
    packed = [can_pack(Head("", 0, front_matter)) for front_matter in said]
    assert packed == sorted(packed, reverse=True)
    assert not all(packed)


def test_what_holds_front_matter_is_not_packed() -> None:
    origin = Origin("content/_index.md", ("cascade",))
    cascade = (Defaults("content/", Target(), FrontMatter(), origin),)
    assert not can_pack(Head("content/_index.md", 0, FrontMatter(cascade=cascade)))
    assert can_pack(Head("content/_index.md", 0, FrontMatter(title="Jam")))


def test_what_stands_in_a_menu_is_not_packed() -> None:
    places = (MenuPlace("main", params={"since": date(2026, 1, 1)}),)
    assert not can_pack(Head("a.md", 0, FrontMatter(menus=places), b""))
