"""Problems as a terminal shows them."""

from __future__ import annotations

import pytest

from pectin.cli.problems import list_records, render_problem, render_summary
from pectin.values.place import Place
from pectin.values.problem import Problem, Severity


def lines(problem: Problem) -> list[str]:
    return render_problem(problem).plain.split("\n")


def caret(text: str, column: int) -> tuple[str, str]:
    """The line of the source as it is shown, and the line with the caret."""
    shown = lines(Problem("x", "x", place=Place("a.md", 7, column, text)))
    return shown[-2], shown[-1]


def test_a_problem_is_shown_with_its_place_line_hint_and_way_there() -> None:
    problem = Problem(
        "broken-link",
        "`plm.md` leads nowhere",
        "did you mean `plum.md`?",
        Place("content/a.md", 12, 7, "A [jam](plm.md)."),
        notes=("included from templates/base.html:4", "while rendering content/a.md"),
    )
    assert lines(problem) == [
        "error[broken-link]: `plm.md` leads nowhere",
        "  --> content/a.md:12:7",
        "   |",
        "12 | A [jam](plm.md).",
        "   |       ^",
        "   = hint: did you mean `plum.md`?",
        "   = note: included from templates/base.html:4",
        "   = note: while rendering content/a.md",
    ]


def test_a_problem_without_a_place_has_none() -> None:
    assert lines(Problem("x", "gone", severity=Severity.WARNING)) == ["warning[x]: gone"]


def test_a_problem_of_a_whole_file_names_the_file() -> None:
    assert lines(Problem("x", "gone", place=Place("a.md"))) == ["error[x]: gone", " --> a.md"]


def test_a_line_without_a_column_has_no_caret() -> None:
    shown = lines(Problem("x", "x", place=Place("a.md", 3, None, "plum")))
    assert shown[1:] == [" --> a.md:3", "  |", "3 | plum"]


@pytest.mark.parametrize(
    ("text", "column"),
    [("\tjam x", 6), ("日本語 x", 5), ("e\u0301e\u0301 x", 6), ("🍑 x", 3), ("x", 1)],
)
def test_the_caret_stands_below_its_character(text: str, column: int) -> None:
    from rich.cells import cell_len

    source, below = caret(text, column)
    assert source[source.index("x")] == "x"
    assert cell_len(source[: source.index("x")]) == below.index("^")


def test_a_column_past_the_end_points_behind_the_line() -> None:
    assert caret("abc", 4) == ("7 | abc", "  |    ^")


def test_a_very_long_line_is_cut_around_the_caret() -> None:
    source, below = caret("a" * 5000 + "X" + "b" * 5000, 5001)
    assert len(source) < 120
    assert source[below.index("^")] == "X"
    assert source.startswith("7 | …")
    assert source.endswith("…")


def test_nothing_in_a_source_can_command_the_terminal() -> None:
    evil = "\x1b[2J\x07\x9b31m\u202etxt\r"
    shown = render_problem(Problem("x", evil, evil, Place("a.md", 1, 1, evil), notes=(evil,))).plain
    assert not set("\x1b\x07\x9b\u202e\r") & set(shown)
    assert "␛[2J" in shown


def test_a_summary_counts_by_severity() -> None:
    error, warning = Problem("x", "x"), Problem("x", "x", severity=Severity.WARNING)
    assert render_summary([]) == ""
    assert render_summary([error]) == "1 error"
    assert render_summary([warning, error, error]) == "2 errors, 1 warning"


def test_a_record_has_every_field_of_the_problem() -> None:
    place = Place("a.md", 1, 2, "plum")
    assert list_records([Problem("x", "m", "h", place, Severity.WARNING, ("n",))]) == [
        {
            "code": "x",
            "message": "m",
            "hint": "h",
            "place": {"file": "a.md", "line": 1, "column": 2, "text": "plum"},
            "severity": "warning",
            "notes": ("n",),
        }
    ]
    assert list_records([Problem("x", "m")])[0]["place"] is None
