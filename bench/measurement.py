"""One run of a command, measured: wall time, CPU time and memory of its whole process tree."""

from __future__ import annotations

import os
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bench.processes import resident_bytes

_SAMPLE_SECONDS = 0.02
_KIB = 1024

Peer = TypeVar("Peer")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command cost.

    `peak_bytes` is the largest resident set that any of its processes had, by the kernel's own
    account; `peak_sum_bytes` is the most that all of them had together when a sampler looked.
    """

    wall_seconds: float
    cpu_seconds: float
    peak_bytes: int
    peak_sum_bytes: int


class CommandFailed(Exception):
    """A measured command ended with another status than 0. The message has its output."""


def measure(
    command: Sequence[str | Path],
    *,
    cwd: Path,
    environment: Mapping[str, str] | None = None,
    watch_memory: bool = True,
) -> Usage:
    """The usage of one run of `command`. Raises CommandFailed when it fails.

    To look at the memory of several processes holds them up, one more than several: where time
    is the question, do not `watch_memory`; `peak_sum_bytes` is then that of the largest alone.
    """
    log = cwd / "output.log"
    with log.open("wb") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env={**_make_environment(), **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        sampler = _Sampler(process.pid)
        if watch_memory:
            sampler.start()
        _, status, resources = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        if watch_memory:
            sampler.stop()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise CommandFailed(f"{command} ended with {process.returncode}:\n{log.read_text()}")
    largest = resources.ru_maxrss * _KIB
    return Usage(
        wall_seconds=wall,
        cpu_seconds=resources.ru_utime + resources.ru_stime,
        peak_bytes=largest,
        peak_sum_bytes=max(largest, sampler.peak_bytes),
    )


class _Sampler(threading.Thread):
    """Keeps the most memory that the tree under `root` has had."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.peak_bytes = 0
        self._root = root
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(_SAMPLE_SECONDS):
            self.peak_bytes = max(self.peak_bytes, resident_bytes(self._root))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def median_usage(usages: Iterable[Usage]) -> Usage:
    """The median of each figure by itself."""
    runs = list(usages)
    return Usage(
        wall_seconds=statistics.median(run.wall_seconds for run in runs),
        cpu_seconds=statistics.median(run.cpu_seconds for run in runs),
        peak_bytes=int(statistics.median(run.peak_bytes for run in runs)),
        peak_sum_bytes=int(statistics.median(run.peak_sum_bytes for run in runs)),
    )


def alternate(
    peers: Sequence[Peer], runs: int, run: Callable[[Peer], Result]
) -> list[tuple[Peer, list[Result]]]:
    """The results of `runs` runs of each peer, taken in turns, so that noise falls on all."""
    results: list[tuple[Peer, list[Result]]] = [(peer, []) for peer in peers]
    for _ in range(runs):
        for peer, taken in results:
            taken.append(run(peer))
    return results


def _make_environment() -> dict[str, str]:
    """This process's, as those have it who installed a package: Python may keep what it has compiled."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
