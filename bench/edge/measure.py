"""The runs: every scenario, each server in turns."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.edge.files import NOT_FOUND, render_files, store_files
from bench.edge.load import Load, put_load
from bench.edge.scenarios import Scenario, plan_scenarios
from bench.edge.servers import (
    Server,
    plan_caddy,
    plan_nginx,
    plan_pectin,
    publish_files,
    running,
)
from bench.measurement import alternate

MODERATE = 2_000
"""Requests a second at which latencies are taken: what no server here is pressed by."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The medians of a server's runs of a scenario. Latencies are in milliseconds."""

    server: str
    scenario: str
    requests_per_cpu_second: float
    requests_per_second: float
    median_ms: float
    p99_ms: float
    resident_bytes: int
    socket_errors: int


@dataclass(frozen=True, slots=True)
class _Ready:
    server: Server
    pid: int
    scenarios: dict[str, Scenario]


def compare(*, runs: int, seconds: int) -> tuple[list[Answered], list[Answered]]:
    """What each server answered at full speed, per scenario, and the mix at a moderate rate."""
    with tempfile.TemporaryDirectory(prefix="pectin-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        files = render_files()
        ready = []
        for server in _prepare(folder, files):
            pid = stack.enter_context(running(server))
            ready.append(_Ready(server, pid, plan_scenarios(server, files)))
        fast = []
        for scenario in ready[0].scenarios:
            print(f"asking for {scenario} ...", file=sys.stderr)
            fast += _compare_one(ready, scenario, folder, runs=runs, seconds=seconds)
        print(f"asking for the mix, {MODERATE:,} a second ...", file=sys.stderr)
        calm = _compare_one(ready, "mix", folder, runs=runs, seconds=seconds, per_second=MODERATE)
    return fast, calm


def _compare_one(
    ready: Sequence[_Ready],
    scenario: str,
    folder: Path,
    *,
    runs: int,
    seconds: int,
    per_second: int | None = None,
) -> list[Answered]:
    def run(peer: _Ready) -> Load:
        requests = peer.scenarios[scenario]
        return put_load(
            peer.server, peer.pid, requests, folder, seconds=seconds, per_second=per_second
        )

    return [
        _median(peer.server.name, scenario, loads) for peer, loads in alternate(ready, runs, run)
    ]


def _median(server: str, scenario: str, loads: Iterable[Load]) -> Answered:
    taken = list(loads)

    def median(figure: Callable[[Load], float]) -> float:
        return statistics.median(map(figure, taken))

    return Answered(
        server=server,
        scenario=scenario,
        requests_per_cpu_second=median(lambda load: load.requests_per_cpu_second),
        requests_per_second=median(lambda load: load.requests_per_second),
        median_ms=median(lambda load: load.median_ms),
        p99_ms=median(lambda load: load.p99_ms),
        resident_bytes=max(load.server_resident_bytes for load in taken),
        socket_errors=sum(load.socket_errors for load in taken),
    )


def _prepare(folder: Path, files: Mapping[str, bytes]) -> list[Server]:
    plain = folder / "files"
    store_files(files, plain, brotli_forms=True)
    source = folder / "source"
    own = {path: body for path, body in files.items() if path != NOT_FOUND}
    store_files(own, source / "static", brotli_forms=False)
    publish_files(source, folder / "store", files[NOT_FOUND])
    for name in ("nginx", "caddy"):
        (folder / name).mkdir()
    return [
        plan_nginx(folder / "nginx", plain),
        plan_caddy(folder / "caddy", plain),
        plan_pectin(folder / "store"),
    ]
