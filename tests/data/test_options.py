from __future__ import annotations

import pytest

from pectin.data.options import Options, parse_options

LOAD = "def load(context):\n    return []\n"


def read(decorator: str) -> Options:
    options, problems = parse_options(
        "data/a.py", f"from pectin.data import loader\n\n{decorator}\n{LOAD}"
    )
    assert problems == ()
    return options


def test_a_loader_without_a_decorator_has_defaults() -> None:
    assert parse_options("data/a.py", LOAD) == (Options(), ())
    assert (Options().ttl, Options().timeout, Options().on_error) == (3600, 60, "fail")


def test_options_are_read_without_running_the_file() -> None:
    read_ = read('@loader(ttl="2d", timeout="5m", on_error="stale", secrets=["A", "B_2"])')
    assert read_ == Options(172_800, 300, "stale", ("A", "B_2"))
    assert read("@pectin.data.loader(ttl='0s')").ttl == 0
    assert parse_options("data/a.py", "raise SystemExit\n" + LOAD) == (Options(), ())


@pytest.mark.parametrize(
    ("source", "place", "message"),
    [
        ('@loader(ttl="soon")\n' + LOAD, "1:13", "`ttl` cannot be 'soon'"),
        ("@loader(ttl=60)\n" + LOAD, "1:13", "`ttl` cannot be 60"),
        ('@loader(timeout="0s")\n' + LOAD, "1:17", "`timeout` cannot be nothing"),
        ('@loader(\n  on_error="ignore")\n' + LOAD, "2:12", "`on_error` cannot be 'ignore'"),
        ('@loader(secrets=["A B"])\n' + LOAD, "1:17", "has 'A B', which names no variable"),
        ("@loader(ttl=TTL)\n" + LOAD, "1:13", "`ttl` is not written out"),
        ('@loader("1h")\n' + LOAD, "1:9", "the options have names"),
        ('@loader(tll="1h")\n' + LOAD, "1:9", "a loader has no option `tll`"),
        ("é = 1; x = (\n" + LOAD, "1:12", "this is not Python: '(' was never closed"),
        ("async " + LOAD, "1:1", "`load` must not be async"),
    ],
)  # fmt: skip
def test_a_wrong_option_is_told_at_its_place(source: str, place: str, message: str) -> None:
    _, (problem,) = parse_options("data/a.py", source)
    assert str(problem.place) == f"data/a.py:{place}"
    assert message in problem.message


def test_a_file_without_the_function_is_told() -> None:
    _, (problem,) = parse_options("data/a.py", "x = 1\n")
    assert problem.message == "data/a.py has no function `load`"
    assert "begins with `_`" in problem.hint
