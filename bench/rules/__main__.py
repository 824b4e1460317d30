"""`python -m bench.rules`: what a redirect rule costs the requests that it is not for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from time import process_time

from bench.arguments import parse_arguments
from bench.report import Aim, Report, Table, print_reports, ratio

from pectin.edge.model import Request
from pectin.edge.redirects import Redirects
from pectin.values.rules import Redirect

_COUNTS = (10, 1_000, 10_000)
_ASKED = 20_000
_RUNS = 5
_STRIDE = 7919  # a prime, so that rules are asked for in no order
_MOST = 1.5
_MICROSECONDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Kind:
    """Rules of one kind: `make` gives the `number`th, `hit` a path that it is for, `miss` one like it."""

    title: str
    make: Callable[[int], Redirect]
    hit: Callable[[int], str]
    miss: Callable[[int], str]


_PLAIN = Kind(
    "plain: /old/42 to /new/42",
    lambda number: Redirect(f"/old/{number}", f"/new/{number}"),
    lambda number: f"/old/{number}",
    lambda number: f"/old/{number}/none",
)
_KINDS = (
    _PLAIN,
    Kind(
        "splat: /old42/* to /new/42/:splat",
        lambda number: Redirect(f"/old{number}/*", f"/new/{number}/:splat"),
        lambda number: f"/old{number}/a/b",
        lambda number: f"/none/old{number}/a/b",
    ),
    Kind(
        "placeholder: /shop/:kind/42 to /42/:kind",
        lambda number: Redirect(f"/shop/:kind/{number}", f"/{number}/:kind"),
        lambda number: f"/shop/jam/{number}",
        lambda number: f"/shop/jam/{number}/none",
    ),
)


def run(*, quick: bool) -> Report:
    """The cost of a request by the number of rules of each kind, for hits and for misses."""
    asked = _ASKED // 20 if quick else _ASKED
    rows: list[tuple[str | float, ...]] = []
    aims: list[Aim] = []
    for kind in _KINDS:
        print(f"asking rules of the kind {kind.title} ...", file=sys.stderr)
        hits, misses = zip(*(_measure(kind, count, asked) for count in _COUNTS), strict=True)
        rows += [(f"{kind.title}, hit", *hits), ("... miss", *misses)]
        if kind is _PLAIN:
            aims += [
                Aim(
                    f"{what}: 10,000 plain rules to 10",
                    ratio(costs[-1], costs[0]),
                    "at most",
                    _MOST,
                )
                for what, costs in (("hit", hits), ("miss", misses))
            ]
    columns = ("microseconds of CPU a request", *(f"{count:,} rules" for count in _COUNTS))
    return Report("rules", (Table("Matching", columns, tuple(rows)),), () if quick else tuple(aims))


def _measure(kind: Kind, count: int, asked: int) -> tuple[float, float]:
    """What a hit and a miss cost, in microseconds, each the median of some runs."""
    redirects = Redirects(kind.make(number) for number in range(count))
    numbers = [index * _STRIDE % count for index in range(asked)]
    hits = [Request("GET", kind.hit(number)) for number in numbers]
    misses = [Request("GET", kind.miss(number)) for number in numbers]
    return _time(redirects, hits), _time(redirects, misses)


def _time(redirects: Redirects, requests: Iterable[Request]) -> float:
    asked = list(requests)
    taken = []
    for _ in range(_RUNS):
        began = process_time()
        for request in asked:
            redirects.find(request.path, request)
        taken.append((process_time() - began) / len(asked) * _MICROSECONDS)
    return median(taken)


if __name__ == "__main__":
    arguments = parse_arguments(__doc__)
    print_reports([run(quick=arguments.quick)], as_json=arguments.as_json)
