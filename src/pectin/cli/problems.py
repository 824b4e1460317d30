"""Problems as text for people, the way the best compilers show them, and as records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from rich.cells import cell_len
from rich.text import Text

from pectin.cli.display import show
from pectin.values.place import Place
from pectin.values.problem import Problem, Severity

_COLORS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}
_FRAME = "bold blue"
_WIDEST = 100
_BEFORE_CARET = 60


def render_problem(problem: Problem) -> Text:
    """One problem with its place, the line with a caret, hint and notes; no line end at the end."""
    severity = problem.severity
    lines = [
        Text.assemble(
            (f"{severity}[{problem.code}]", _COLORS[severity]),
            (f": {show(problem.message)}", "bold"),
        )
    ]
    margin = 1
    if problem.place:
        margin = len(str(problem.place.line)) if problem.place.line else 1
        lines += _render_place(problem.place, margin, _COLORS[severity])
    remarks = [("hint", problem.hint)] if problem.hint else []
    remarks += [("note", note) for note in problem.notes]
    for label, remark in remarks:
        lines.append(
            Text.assemble((f"{' ' * margin} = ", _FRAME), (f"{label}: ", "bold"), show(remark))
        )
    return Text("\n").join(lines)


def _render_place(place: Place, margin: int, color: str) -> list[Text]:
    lines = [Text.assemble((f"{' ' * margin}--> ", _FRAME), show(str(place)))]
    if place.text is None or place.line is None:
        return lines
    text, before = _cut(place.text, place.column)
    bar = (f"{' ' * margin} |", _FRAME)
    lines += [
        Text.assemble(bar),
        Text.assemble((f"{place.line} | ", _FRAME), text),
    ]
    if before is not None:
        lines.append(Text.assemble(bar, " " * (cell_len(before) + 1), ("^", color)))
    return lines


def _cut(line: str, column: int | None) -> tuple[str, str | None]:
    """The line as it is shown, and the part of it that is left of the caret."""
    if column is None:
        return _shorten(show(line)), None
    before, after = show(line[: column - 1]), show(line[column - 1 :])
    if len(before) > _BEFORE_CARET:
        before = "…" + before[-_BEFORE_CARET:]
    return before + _shorten(after, _WIDEST - len(before)), before


def _shorten(text: str, widest: int = _WIDEST) -> str:
    return text if len(text) <= widest else text[: widest - 1] + "…"


def render_summary(problems: Iterable[Problem]) -> str:
    """`2 errors, 1 warning`, or "" when there is nothing to tell."""
    severities = [problem.severity for problem in problems]
    counts = ((severity, severities.count(severity)) for severity in Severity)
    return ", ".join(
        f"{count:,} {severity}{'s' if count > 1 else ''}" for severity, count in counts if count
    )


def list_records(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """The problems as JSON takes them; `place` has `file`, `line`, `column`, `text` or is null."""
    return [asdict(problem) for problem in problems]
