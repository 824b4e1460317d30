from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from pectin.build.images.geometry import choose_box, choose_widths, scale_height
from pectin.build.images.model import Box

LENGTHS = st.integers(1, 20_000)
FOCUS = st.tuples(st.integers(0, 100), st.integers(0, 100))
PROPORTIONS: st.SearchStrategy[Fraction] = st.fractions(
    Fraction(1, 100), 100, max_denominator=10_000
)


@given(st.sets(LENGTHS, min_size=1), LENGTHS)
def test_no_width_is_larger_than_the_image_and_the_largest_is_as_large_as_can_be(
    widths: set[int], available: int
) -> None:
    chosen = choose_widths(widths, available)
    assert list(chosen) == sorted(set(chosen))
    assert chosen[-1] == min(available, max(widths))
    assert set(chosen[:-1]) == {width for width in widths if width < chosen[-1]}


@given(LENGTHS, LENGTHS, PROPORTIONS, FOCUS)
def test_a_crop_is_within_the_image_and_spans_a_whole_side_of_it(
    width: int, height: int, proportion: Fraction, focus: tuple[int, int]
) -> None:
    box = choose_box(width, height, proportion, focus)
    if box is None:
        box = Box(0, 0, width, height)
    assert box.left >= 0
    assert box.top >= 0
    assert 1 <= box.width <= width - box.left
    assert 1 <= box.height <= height - box.top
    assert box.width == width or box.height == height


@given(LENGTHS, LENGTHS, PROPORTIONS, FOCUS)
def test_a_crop_has_the_proportion_to_the_pixel(
    width: int, height: int, proportion: Fraction, focus: tuple[int, int]
) -> None:
    assume(width >= proportion)
    assume(height * proportion >= 1)
    box = choose_box(width, height, proportion, focus)
    shown = (box.width, box.height) if box else (width, height)
    assert abs(shown[0] - shown[1] * proportion) <= max(Fraction(1), proportion)


@given(LENGTHS, LENGTHS, PROPORTIONS, FOCUS)
def test_the_focus_is_in_view(
    width: int, height: int, proportion: Fraction, focus: tuple[int, int]
) -> None:
    box = choose_box(width, height, proportion, focus) or Box(0, 0, width, height)
    assert box.left - 1 <= Fraction(width * focus[0], 100) <= box.left + box.width + 1
    assert box.top - 1 <= Fraction(height * focus[1], 100) <= box.top + box.height + 1


@given(LENGTHS, LENGTHS)
def test_an_image_at_its_own_width_has_its_own_height(width: int, height: int) -> None:
    assert scale_height(width, width, height) == height
    assert scale_height(1, width, height) >= 1


def test_an_image_that_has_the_proportion_is_not_cropped() -> None:
    assert choose_box(1600, 900, Fraction(16, 9), (0, 0)) is None
    assert choose_box(1600, 900, None, (0, 0)) is None
