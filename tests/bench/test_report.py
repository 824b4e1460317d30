"""The arithmetic of the benchmarks' tables."""

from __future__ import annotations

import itertools
import json

import pytest
from bench.measurement import Usage, alternate, median_usage
from bench.report import Aim, Report, Table, quantile, ratio, render_json


def test_the_median_is_taken_of_each_figure_by_itself() -> None:
    runs = [Usage(1.0, 30.0, 5, 50), Usage(3.0, 10.0, 4, 70), Usage(2.0, 20.0, 6, 60)]
    assert median_usage(runs) == Usage(2.0, 20.0, 5, 60)


def test_peers_take_turns() -> None:
    turn = itertools.count(1)
    results = alternate(["a", "b"], 2, lambda peer: f"{peer}{next(turn)}")
    assert results == [("a", ["a1", "a3"]), ("b", ["b2", "b4"])]


def test_a_ratio_to_nothing_is_infinite() -> None:
    assert ratio(1.0, 4.0) == 0.25
    assert ratio(1.0, 0.0) == float("inf")


@pytest.mark.parametrize(
    ("fraction", "expected"), [(0.0, 1.0), (0.5, 2.0), (0.75, 3.0), (0.76, 4.0), (1.0, 4.0)]
)
def test_a_quantile_is_a_value_that_was_measured(fraction: float, expected: float) -> None:
    assert quantile([4.0, 1.0, 3.0, 2.0], fraction) == expected


def test_there_is_no_quantile_of_nothing() -> None:
    with pytest.raises(ValueError, match="no values"):
        quantile([], 0.5)


def test_an_aim_is_met_on_its_limit_and_on_one_side_of_it() -> None:
    assert Aim("x", 2.0, "at least", 2).met
    assert not Aim("x", 1.9, "at least", 2).met
    assert Aim("x", 0.0, "at most", 0).met
    assert not Aim("x", 1.0, "at most", 0).met


def test_a_report_in_json_says_whether_aims_were_met() -> None:
    report = Report("edge", (Table("t", ("a",), (("b",),)),), (Aim("x", 1.0, "at least", 2),))
    (parsed,) = json.loads(render_json([report]))
    assert parsed["aims"][0]["met"] is False
    assert parsed["tables"][0]["rows"] == [["b"]]
    assert parsed["machine"]
