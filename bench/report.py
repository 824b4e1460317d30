"""What a benchmark says at its end: tables, and the aims that were met or missed."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.table import Table as RichTable

_WHOLE_FROM = 100  # larger figures are shown without decimals

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """Figures under column titles. None is a figure that was not taken."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Aim:
    """A figure with what it should be: at most, or at least, `limit`."""

    what: str
    figure: float
    sense: Literal["at most", "at least"]
    limit: float

    @property
    def met(self) -> bool:
        """Whether the figure is on the right side of the limit, or on it."""
        return self.figure <= self.limit if self.sense == "at most" else self.figure >= self.limit


@dataclass(frozen=True, slots=True)
class Report:
    """A benchmark's result. `notes` say what was not as it should be."""

    name: str
    tables: tuple[Table, ...]
    aims: tuple[Aim, ...]
    notes: tuple[str, ...] = ()


def ratio(ours: float, theirs: float) -> float:
    """`ours` in units of `theirs`; infinite where theirs is nothing."""
    return ours / theirs if theirs else float("inf")


def quantile(values: Sequence[float], fraction: float) -> float:
    """The smallest of `values` that at least `fraction` of them do not exceed (nearest rank).

    Raises ValueError when there are none.
    """
    if not values:
        raise ValueError("no values, no quantile")
    ordered = sorted(values)
    rank = -int(-len(ordered) * fraction // 1)
    return ordered[min(max(rank, 1), len(ordered)) - 1]


def render_json(reports: Sequence[Report]) -> str:
    """The reports as a JSON array, each with the machine and the day it was made on."""
    return json.dumps([_as_mapping(report) for report in reports], indent=2, ensure_ascii=False)


def print_reports(reports: Sequence[Report], *, as_json: bool) -> None:
    """Write the reports to standard output, as JSON or for people."""
    if as_json:
        print(render_json(reports))
        return
    console = Console()
    for report in reports:
        _print_report(console, report)


def machine() -> str:
    """The processor's name and how many of them, the kernel and the Python that ran it."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return (
        f"{os.cpu_count()} x {cpu}, Linux {platform.release()}, Python {platform.python_version()}"
    )


def today() -> str:
    """The day, in ISO 8601, UTC."""
    return time.strftime("%Y-%m-%d", time.gmtime())


def _as_mapping(report: Report) -> dict[str, object]:
    aims = [{**asdict(aim), "met": aim.met} for aim in report.aims]
    return {**asdict(report), "aims": aims, "machine": machine(), "date": today()}


def _print_report(console: Console, report: Report) -> None:
    console.print(f"[bold]bench/{report.name}[/bold] on {machine()}, {today()}\n")
    for table in report.tables:
        console.print(_rich_table(table), "")
    for aim in report.aims:
        verdict = "[green]met[/green]" if aim.met else "[red]missed[/red]"
        console.print(f"{aim.what}: {aim.figure:,.4g} ({aim.sense} {aim.limit:,.4g}) {verdict}")
    for note in report.notes:
        console.print(f"[yellow]note:[/yellow] {note}")


def _rich_table(table: Table) -> RichTable:
    drawn = RichTable(title=table.title, title_justify="left")
    for number, column in enumerate(table.columns):
        drawn.add_column(column, justify="right" if number else "left")
    for row in table.rows:
        drawn.add_row(*map(_render_cell, row))
    return drawn


def _render_cell(cell: Cell) -> str:
    match cell:
        case None:
            return "-"
        case float():
            return f"{cell:,.0f}" if abs(cell) >= _WHOLE_FROM else f"{cell:.3g}"
        case int():
            return f"{cell:,}"
        case str():
            return cell
