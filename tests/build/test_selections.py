"""What the filters choose, in which order; of lists of pages as of any others."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.build.conftest import BuildSite

from pectin.build.faults import TemplateFault
from pectin.build.templates.comparisons import OPERATORS, compare, is_same
from pectin.build.templates.selections import (
    difference,
    intersect,
    make_index,
    skip,
    sort_by,
    take,
    union,
    where,
)

ROWS = st.lists(
    st.fixed_dictionaries(
        {"id": st.integers()},
        optional={"n": st.integers(0, 3), "t": st.sampled_from(["a", "B", "b", "2024-01-01"])},
    ),
    max_size=12,
)
NUMBERS = st.lists(st.integers(0, 5))


@given(ROWS)
def test_rows_are_sorted_by_all_keys_and_those_without_come_last(
    rows: list[dict[str, Any]],
) -> None:
    found = sort_by(rows, "n", "-t")
    known = [row for row in found if "n" in row]
    assert found == known + [row for row in found if "n" not in row]
    assert [row["n"] for row in known] == sorted(row["n"] for row in known)
    for number in range(4):
        texts = [row["t"].casefold() for row in known if row["n"] == number and "t" in row]
        assert texts == sorted(texts, reverse=True)


@given(ROWS, st.sampled_from(["a", "B", "b", "2024-01-01", "c"]))
def test_an_index_finds_what_where_does(rows: list[dict[str, Any]], wanted: str) -> None:
    index = make_index(rows, "t")
    assert index is not None
    assert list(index.get(wanted, ())) == where(rows, "t", wanted)


@given(NUMBERS, NUMBERS)
def test_sets_are_as_sets_are_in_the_order_of_the_first(one: list[int], other: list[int]) -> None:
    assert set(union(one, other)) == {*one, *other}
    assert intersect(one, other) == [n for n in dict.fromkeys(one) if n in other]
    assert difference(one, other) == [n for n in dict.fromkeys(one) if n not in other]


@given(NUMBERS, st.integers(-2, 7))
def test_what_is_taken_and_what_is_skipped_is_all(numbers: list[int], count: int) -> None:
    assert [*take(numbers, count), *skip(numbers, count)] == numbers


@given(st.sampled_from([1, 2.5, "a", "A", date(2024, 1, 1), datetime(2024, 1, 1, 5, tzinfo=UTC)]))
def test_every_value_is_the_same_as_itself(value: Any) -> None:
    assert is_same(value, value)
    assert compare(value, value) == 0


@pytest.mark.parametrize("name", OPERATORS)
def test_an_operator_takes_what_is_missing(name: str) -> None:
    wanted: Any = [1, 2] if name in {"in", "not in", "between", "intersects"} else "a"
    assert OPERATORS[name](None, wanted) is (name in {"!=", "not in"})


def test_a_truth_is_no_number() -> None:
    assert not is_same(1, wanted=True)
    assert not is_same(True, 1)
    with pytest.raises(TemplateFault, match="true cannot be compared"):
        compare(True, 1)


CHAINS = [
    'where("params.n", 1)',
    'where("params.t", "x")',
    'where("params.t", "==", "x")|take(1)',
    'where("date", "2024-01-02")',
    'where("date", "<", "2024-01-03")|sort_by("-title")',
    'where("terms.tags", "contains", "b")|skip(1)',
    'where("section.title", "S")',
    'where("date", "<=", today)',
    'where("params.day", today)',
    'where("word_count", ">", 1)',
    'sort_by("params.n", "-title", reverse=true)',
    'union(get_pages("s/*"))|take(3)',
    'difference(others=get_pages("s/*"))',
    'intersect(site.pages|where("params.n", 1))|sort_by("title")',
]


@pytest.mark.parametrize("chain", CHAINS)
def test_pages_are_chosen_alike_whether_or_not_the_list_remembers_how_it_was_made(
    chain: str, build_site: BuildSite
) -> None:
    show = "{%% for p in %s %%}{{ p.title }} {%% endfor %%}"
    built = build_site(
        {
            "templates/index.html": show % f"site.pages|{chain}",
            "templates/s/section.html": show % f"site.pages|list|{chain}",
            "content/a.md": "---\ndate: 2024-01-01\ntags: [b]\nn: 1\n---\none\n",
            "content/b.md": "---\ndate: 2024-01-02\ntags: [b]\nt: x\n---\none two\n",
            "content/s/c.md": "---\ndate: 2024-01-02T10:00:00Z\nn: 1\nt: x\n---\none two\n",
            "content/s/d.md": "---\ntags: [b]\nn: 2\nday: 2026-08-01\n---\n",
        }
    )
    assert built.build.problems == ()
    assert built.text("/index.html") == built.text("/s/index.html") != ""
