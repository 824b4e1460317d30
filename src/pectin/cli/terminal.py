"""Where a command prints: answers to standard output, everything else to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar
from rich.text import Text

from pectin.build.progress import Progress
from pectin.cli.problems import list_records, render_problem, render_summary
from pectin.values.errors import PectinError, SourceError
from pectin.values.problem import Problem

Report = Callable[[Progress], None]

_PATIENCE_SECONDS = 0.5
_REFRESH_SECONDS = 0.1


class Terminal:
    """Two streams. Colour and progress only on a terminal, and NO_COLOR is honoured.

    `quiet` leaves out what only confirms success.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._out = _make_console(stderr=False)
        self._err = _make_console(stderr=True)

    def answer(self, text: Text | str = "") -> None:
        """Print a line that was asked for."""
        self._out.print(text)

    def answer_json(self, record: Any) -> None:
        """Print `record` as one JSON text."""
        # Not through rich: it must come out byte by byte.
        sys.stdout.write(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
        sys.stdout.flush()  # so that a closed pipe is noticed here, where it is handled

    def tell(self, text: Text | str) -> None:
        """Print a line that confirms success."""
        if not self._quiet:
            self._out.print(text)

    def remark(self, text: Text | str) -> None:
        """Print a line beside the answer."""
        self._err.print(text)

    def tell_problems(self, problems: Sequence[Problem], *, asked: bool = False) -> None:
        """Print problems and their number, to standard output when they are what was `asked`."""
        console = self._out if asked else self._err
        for problem in problems:
            console.print(render_problem(problem), end="\n\n")
        if problems:
            console.print(Text(render_summary(problems), "bold"))

    def tell_error(self, error: PectinError) -> None:
        """Print an error of Pectin's own, with what to do."""
        if isinstance(error, SourceError):
            self.tell_problems(error.problems)
            if not error.hint:
                return
        problem = Problem(error.code, error.message, error.hint)
        self._err.print(render_problem(problem))

    def answer_error(self, error: PectinError) -> None:
        """Print an error of Pectin's own as the answer, in JSON."""
        problems = error.problems if isinstance(error, SourceError) else ()
        record = {
            "code": error.code,
            "message": error.message,
            "hint": error.hint,
            "problems": list_records(problems),
        }
        self.answer_json({"error": record})

    @contextmanager
    def progress(self, verb: str) -> Iterator[Report]:
        """Takes reports while something goes on; a bar shows them once that took half a second."""
        if not self._err.is_terminal or self._quiet:
            yield lambda _: None
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        # No thread of its own: beside one, a build could not fork its workers.
        bar = Bar(*columns, console=self._err, auto_refresh=False)
        task = bar.add_task(verb, total=None)
        due = monotonic() + _PATIENCE_SECONDS

        def report(progress: Progress) -> None:
            nonlocal due
            bar.update(
                task,
                completed=progress.done,
                total=progress.total or None,
                description=verb if progress.things == "pages" else f"{verb} {progress.things}",
            )
            if monotonic() >= due:
                bar.start()
                bar.refresh()
                due = monotonic() + _REFRESH_SECONDS

        try:
            yield report
        finally:
            bar.stop()


def _make_console(*, stderr: bool) -> Console:
    # Lines are never wrapped: a terminal does it, and a pipe must not see it.
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)
