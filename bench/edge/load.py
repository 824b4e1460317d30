"""Load from wrk, on a processor of its own, and what the server spent on it."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bench.edge.scenarios import Scenario
from bench.edge.servers import SERVER_CPU, Server
from bench.processes import cpu_seconds, resident_bytes

_CONNECTIONS = 64

_SCRIPT = """\
local requests, at = {{}}, 0
function init(arguments)
{requests}
end
function request()
  at = at % #requests + 1
  return requests[at]
end
{delay}
function done(summary, latency, _)
  io.write(string.format(
    '\\n{{"requests": %d, "microseconds": %d, "socket_errors": %d, "p50": %d, "p99": %d}}\\n',
    summary.requests, summary.duration,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What one run of wrk saw, and the server's cost. Latencies are in milliseconds."""

    requests: int
    seconds: float
    socket_errors: int
    median_ms: float
    p99_ms: float
    server_cpu_seconds: float
    server_resident_bytes: int

    @property
    def requests_per_second(self) -> float:
        """The rate on the clock on the wall."""
        return self.requests / self.seconds

    @property
    def requests_per_cpu_second(self) -> float:
        """The rate by what the server's processes spent, which a busy machine changes little."""
        return self.requests / self.server_cpu_seconds if self.server_cpu_seconds else 0.0


def put_load(
    server: Server,
    pid: int,
    scenario: Scenario,
    folder: Path,
    *,
    seconds: int,
    per_second: int | None = None,
) -> Load:
    """One run of wrk against `server`, whose first process is `pid`.

    As fast as it goes, or about `per_second` requests a second, evenly spread at random.
    """
    script = folder / "requests.lua"
    script.write_text(render_script(scenario, per_second))
    before = cpu_seconds(pid)
    result = subprocess.run(
        [
            *("taskset", "--cpu-list", str(_client_cpu())),
            *("wrk", "--threads", "1", "--connections", str(_CONNECTIONS)),
            *("--duration", f"{seconds}s", "--script", str(script)),
            f"http://127.0.0.1:{server.port}/",
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    spent = cpu_seconds(pid) - before
    figures = json.loads(result.stdout.splitlines()[-1])
    return Load(
        requests=figures["requests"],
        seconds=figures["microseconds"] / 1e6,
        socket_errors=figures["socket_errors"],
        median_ms=figures["p50"] / 1e3,
        p99_ms=figures["p99"] / 1e3,
        server_cpu_seconds=spent,
        server_resident_bytes=resident_bytes(pid),
    )


def render_script(scenario: Scenario, per_second: int | None) -> str:
    """The script for wrk that asks for each request of the scenario in turn."""
    lines = []
    for number, request in enumerate(scenario, start=1):
        headers = ", ".join(f"[{_lua(name)}] = {_lua(value)}" for name, value in request.headers)
        call = f"wrk.format('GET', {_lua(request.url)}, {{{headers}}})"
        lines.append(f"  requests[{number}] = {call}")
    delay = ""
    if per_second:
        longest = round(2 * 1000 * _CONNECTIONS / per_second)
        delay = f"function delay() return math.random(0, {longest}) end"
    return _SCRIPT.format(requests="\n".join(lines), delay=delay)


def _lua(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _client_cpu() -> int:
    return SERVER_CPU if os.cpu_count() == 1 else SERVER_CPU + 1
