"""`python -m bench.switch`: publishes and rollbacks under load; no visitor sees two versions."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence

from bench.arguments import parse_arguments
from bench.report import Aim, Report, Table, print_reports, quantile
from bench.switch.measure import Plan, run_plan
from bench.switch.model import Seen, Switch, compute_delays, is_possible

_MILLISECONDS = 1_000
_ERRORS_SHOWN = 5


def run(*, quick: bool) -> Report:
    """The whole run; with `quick`, fifty switches."""
    plan = Plan(switches=50 if quick else 1_000)
    print(f"switching {plan.switches:,} times ...", file=sys.stderr)
    switches, seen = run_plan(plan)
    return report(plan, switches, seen)


def report(plan: Plan, switches: Sequence[Switch], seen: Sequence[Seen]) -> Report:
    """What `switches` and what was `seen` of them amount to."""
    answers = [answer for client in seen for answer in client.answers]
    errors = [error for client in seen for error in client.errors]
    mixed = sum(answer.mixed for answer in answers)
    stale = sum(not is_possible(answer, switches) for answer in answers)
    delays = compute_delays(answers, switches)
    aims = [
        Aim("switches made", len(switches) - 1, "at least", plan.switches),
        Aim("errors", len(errors), "at most", 0),
        Aim("mixed answers", mixed, "at most", 0),
        Aim("answers of a version that was not live", stale, "at most", 0),
    ]
    load = Table(
        f"{plan.workers} workers, {plan.clients} x {plan.connections} connections",
        ("", "count"),
        (
            ("publishes and rollbacks", len(switches) - 1),
            ("requests", sum(client.requests for client in seen)),
            ("pages, each with its two assets", len(answers)),
            ("errors", len(errors)),
            ("mixed answers", mixed),
            ("answers of a version that was not live", stale),
            ("switches whose version was seen", len(delays)),
        ),
    )
    times = Table(
        "Milliseconds",
        ("", "median", "p99", "max"),
        (
            _row("from commit to the first new answer, whole", delays),
            _row("the move of the ref, durable", [each.done - each.begun for each in switches[1:]]),
            _row("a page", [answer.got - answer.asked for answer in answers]),
        ),
    )
    notes = dict.fromkeys(errors[:_ERRORS_SHOWN])
    return Report("switch", (load, times), tuple(aims), tuple(notes))


def _row(
    what: str, seconds: Sequence[float]
) -> tuple[str, float | None, float | None, float | None]:
    if not seconds:
        return (what, None, None, None)
    figures = (statistics.median(seconds), quantile(seconds, 0.99), max(seconds))
    median, p99, longest = (figure * _MILLISECONDS for figure in figures)
    return (what, median, p99, longest)


if __name__ == "__main__":
    arguments = parse_arguments(__doc__)
    print_reports([run(quick=arguments.quick)], as_json=arguments.as_json)
