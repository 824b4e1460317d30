"""The run: a server with several workers, visitors in several processes, and the publisher."""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench.edge.servers import plan_pectin, running
from bench.switch.client import Visit, visit_until
from bench.switch.model import Seen, Switch
from bench.switch.publisher import Publisher

_LONGEST_SECONDS = 600
_SETTLING_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to do. The publisher rests `pause_seconds` after each switch."""

    switches: int
    workers: int = 4
    clients: int = 2
    connections: int = 32
    pause_seconds: float = 0.02


def run_plan(plan: Plan) -> tuple[list[Switch], list[Seen]]:
    """The switches, the first publish before them, and what the visitors of each client saw."""
    with tempfile.TemporaryDirectory(prefix="pectin-bench-") as name:
        folder = Path(name)
        with closing(Publisher(folder / "store")) as publisher:
            server = plan_pectin(folder / "store", workers=plan.workers)
            with running(server, pinned=False):
                visits = [
                    Visit(server.port, server.host, plan.connections, seed, _LONGEST_SECONDS)
                    for seed in range(plan.clients)
                ]
                seen = _visit_while_switching(plan, visits, publisher, folder / "over")
            return publisher.switches, seen


def _visit_while_switching(
    plan: Plan, visits: list[Visit], publisher: Publisher, over: Path
) -> list[Seen]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(plan.clients, mp_context=context) as pool:
        clients = [pool.submit(visit_until, visit, over.exists) for visit in visits]
        try:
            time.sleep(_SETTLING_SECONDS)
            deadline = time.monotonic() + _LONGEST_SECONDS
            for _ in range(plan.switches):
                publisher.switch()
                time.sleep(plan.pause_seconds)
                if time.monotonic() > deadline:
                    break
            time.sleep(_SETTLING_SECONDS)
        finally:
            over.touch()
        return [client.result() for client in clients]
