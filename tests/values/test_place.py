"""Places in the author's source."""

from hypothesis import given
from hypothesis import strategies as st

from pectin.values.place import Lines, Place, place_at

SOURCE = "title: Plum\r\ndate: never\n\nBody"


def test_a_place_reads_as_editors_and_compilers_write_it() -> None:
    assert str(Place("content/plum.md", 3, 7)) == "content/plum.md:3:7"
    assert str(Place("content/plum.md", 3)) == "content/plum.md:3"
    assert str(Place("content/plum.md")) == "content/plum.md"


def test_an_offset_gives_line_column_and_the_line_without_its_end() -> None:
    assert place_at("a.md", SOURCE, SOURCE.index("Plum")) == Place("a.md", 1, 8, "title: Plum")
    assert place_at("a.md", SOURCE, SOURCE.index("never")) == Place("a.md", 2, 7, "date: never")


def test_an_offset_outside_of_the_text_is_the_nearest_in_it() -> None:
    assert place_at("a.md", SOURCE, 10_000) == Place("a.md", 4, 5, "Body")
    assert place_at("a.md", SOURCE, -5) == Place("a.md", 1, 1, "title: Plum")


@given(st.text(alphabet="ab\n"), st.integers(min_value=0, max_value=40))
def test_line_and_column_lead_back_to_the_offset(source: str, offset: int) -> None:
    offset = min(offset, len(source))
    place = place_at("a.md", source, offset)
    assert place.line is not None
    assert place.column is not None
    lines = source.split("\n")
    assert sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1 == offset
    assert lines[place.line - 1] == place.text


@given(st.text(alphabet="ab\r\n"), st.integers(min_value=-5, max_value=40))
def test_many_places_are_found_as_one_is(source: str, offset: int) -> None:
    assert Lines("a.md", source).place(offset) == place_at("a.md", source, offset)


def test_a_line_longer_than_anyone_reads_is_not_shown() -> None:
    """Else thousands of problems in one line of a megabyte would be gigabytes."""
    place = place_at("a.md", "x\n" + "y" * 5_000, 4_002)
    assert place == Place("a.md", 2, 4_001, None)
    assert place == Lines("a.md", "x\n" + "y" * 5_000).place(4_002)
