"""`python -m bench.edge`: the same files from nginx, Caddy and Pectin, with wrk as the client."""

from __future__ import annotations

from collections.abc import Iterable

from bench.arguments import parse_arguments
from bench.edge.measure import MODERATE, Answered, compare
from bench.edge.servers import has_brotli_module, missing_parts
from bench.report import Aim, Cell, Report, Table, print_reports, ratio

_MEGABYTE = 1_000_000


def run(*, quick: bool) -> Report:
    """The whole comparison; with `quick`, one short run of each.

    Raises SystemExit with what to install when a peer is missing.
    """
    if missing := missing_parts():
        raise SystemExit("\n".join(missing))
    fast, calm = compare(runs=1 if quick else 3, seconds=1 if quick else 4)
    notes = [] if has_brotli_module() else [_NO_BROTLI]
    notes += [
        f"{each.server}, {each.scenario}: {each.socket_errors} connections failed"
        for each in (*fast, *calm)
        if each.socket_errors
    ]
    tables = (_fast_table(fast), _calm_table(calm))
    return Report("edge", tables, tuple(_aims(fast, calm)), tuple(notes))


_NO_BROTLI = (
    "nginx served identity where Brotli was asked for: "
    "apt-get install libnginx-mod-http-brotli-static"
)


def _by_name(answered: Iterable[Answered], scenario: str) -> dict[str, Answered]:
    return {each.server: each for each in answered if each.scenario == scenario}


def _fast_table(answered: list[Answered]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for scenario in dict.fromkeys(each.scenario for each in answered):
        peers = _by_name(answered, scenario)
        rates = {name: peer.requests_per_cpu_second for name, peer in peers.items()}
        ours = rates["Pectin"]
        rows.append(
            (scenario, *rates.values(), ratio(ours, rates["nginx"]), ratio(ours, rates["Caddy"]))
        )
    servers = dict.fromkeys(each.server for each in answered)
    return Table(
        "Requests per CPU-second of the server, as fast as wrk asks",
        ("", *servers, "Pectin of nginx", "Pectin of Caddy"),
        tuple(rows),
    )


def _calm_table(answered: list[Answered]) -> Table:
    return Table(
        f"The mix at {MODERATE:,} requests a second",
        ("", "median ms", "p99 ms", "requests/s", "requests per CPU-second", "resident MB"),
        tuple(
            (
                each.server,
                each.median_ms,
                each.p99_ms,
                each.requests_per_second,
                each.requests_per_cpu_second,
                each.resident_bytes / _MEGABYTE,
            )
            for each in answered
        ),
    )


def _aims(fast: list[Answered], calm: list[Answered]) -> list[Aim]:
    mix = {name: each.requests_per_cpu_second for name, each in _by_name(fast, "mix").items()}
    median_ms = _by_name(calm, "mix")["Pectin"].median_ms
    return [
        Aim("mix: Pectin of Caddy", ratio(mix["Pectin"], mix["Caddy"]), "at least", 2),
        Aim("mix: Pectin of nginx", ratio(mix["Pectin"], mix["nginx"]), "at least", 1 / 3),
        Aim("mix: Pectin's median latency, ms", median_ms, "at most", 1),
    ]


if __name__ == "__main__":
    arguments = parse_arguments(__doc__)
    print_reports([run(quick=arguments.quick)], as_json=arguments.as_json)
