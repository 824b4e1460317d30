"""The clock's date."""

from __future__ import annotations

from datetime import date

from pectin.adapters.clock import SystemClock, compute_date


def test_a_date_is_that_of_utc() -> None:
    assert compute_date(951_782_399) == date(2000, 2, 28)
    assert compute_date(951_782_400) == date(2000, 2, 29)


def test_the_measuring_clock_never_goes_back() -> None:
    clock = SystemClock()
    assert clock.now_ns() <= clock.now_ns()
    assert isinstance(clock.now(), int)
