from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.edge.model import ByteRange
from pectin.edge.ranges import MAX_RANGES, parse_ranges, render_content_range


@pytest.mark.parametrize(
    ("field", "ranges"),
    [
        ("bytes=0-0", [(0, 0)]),
        ("bytes=0-499", [(0, 499)]),
        ("Bytes=9500-", [(9500, 9999)]),
        ("bytes=-500", [(9500, 9999)]),
        ("bytes=-20000", [(0, 9999)]),
        ("bytes=9999-20000", [(9999, 9999)]),
        ("bytes= 0-0 , 200-201 ", [(0, 0), (200, 201)]),
        ("bytes=200-201,0-0", [(0, 0), (200, 201)]),
        ("bytes=0-99,50-149", [(0, 149)]),
        ("bytes=0-0,5-5", [(0, 5)]),
        ("bytes=0-0,10000-", [(0, 0)]),
        ("bytes=10000-", []),
        ("bytes=-0", []),
        ("bytes=99999999999999999-", []),
    ],
)
def test_ranges_are_clipped_merged_and_in_order(field: str, ranges: list[tuple[int, int]]) -> None:
    assert parse_ranges(field, 10000) == tuple(ByteRange(*pair) for pair in ranges)


@pytest.mark.parametrize(
    "field",
    [
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=5-4",
        "bytes=+1-2",
        "bytes=0x1-2",
        "bytes=1_0-20",
        "bytes=\u0661-2",
        "bytes=0-0,",
        "pages=1-2",
        "bytes 0-1",
        f"bytes={'9' * 5000}-",
        "bytes=" + ",".join(["0-"] * (MAX_RANGES + 1)),
        "bytes=" + "0-0," * 100_000,
    ],
)
def test_what_is_malformed_or_a_flood_is_ignored(field: str) -> None:
    """Attack row 14: many ranges cost no more than the whole file."""
    assert parse_ranges(field, 10000) is None


def test_an_empty_file_has_no_ranges() -> None:
    assert parse_ranges("bytes=0-", 0) is None
    assert parse_ranges("bytes=-1", 0) is None


def test_content_range_says_which_part_of_what() -> None:
    assert render_content_range(ByteRange(2, 5), 10) == "bytes 2-5/10"
    assert render_content_range(None, 10) == "bytes */10"


specs = st.tuples(st.integers(0, 300), st.integers(0, 300)).map(lambda p: f"{min(p)}-{max(p)}")


@given(st.lists(specs, min_size=1, max_size=MAX_RANGES), st.integers(1, 200))
def test_ranges_hold_every_byte_that_was_asked_for_and_never_more_than_the_file(
    asked: list[str], size: int
) -> None:
    parts = parse_ranges(f"bytes={','.join(asked)}", size)
    assert parts is not None
    sent = [byte for part in parts for byte in range(part.first, part.last + 1)]
    assert len(sent) == len(set(sent)) == sum(part.size for part in parts)
    assert sent == sorted(sent)
    for spec in asked:
        first, last = map(int, spec.split("-"))
        assert set(range(first, min(last + 1, size))) <= set(sent)
    assert not sent or 0 <= sent[0] <= sent[-1] < size
