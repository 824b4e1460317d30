"""Work on all processors at once, by copies of this process."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from signal import SIGKILL
from threading import active_count
from typing import Generic

from pectin.build.workers import OneWorker, Result, Share, Workers

_HELPING = 2
"""How many shares a copy does for each that this process does, which has the results to take."""

_PIPE_BYTES = 1 << 20  # what Linux lets anyone have: so far a worker may run ahead


def make_workers() -> Workers:
    """One worker for each processor that this process may use; one in all where it is not Linux.

    Elsewhere a fork is missing, or unsafe beside the system's own libraries.
    """
    if os.uname().sysname != "Linux":
        return OneWorker()
    return ForkedWorkers(len(os.sched_getaffinity(0)))


class ForkedWorkers:
    """`count` workers for the length of a `map`, this process among them.

    The first share is done here, so that what it loads is loaded for all; a worker is a fork
    and costs nothing to set up. Everything is done here where there is one processor, and where
    other threads run, because a fork would leave their locks locked.
    """

    def __init__(self, count: int) -> None:
        self._count = count

    def map(self, work: Callable[[Share], Result], shares: Sequence[Share]) -> Iterator[Result]:
        """What `work` makes of each of `shares`, in their order."""
        yield from map(work, shares[:1])
        rest = shares[1:]
        count = min(self._count, len(rest))
        if count < 2 or active_count() > 1:  # noqa: PLR2004  # two make a crew
            yield from map(work, rest)
            return
        crew = _make_rota(count)
        turns = [crew[index % len(crew)] for index in range(len(rest))]
        workers: list[_Worker[Share, Result]] = []
        try:
            for copy in range(count - 1):
                own = [share for share, turn in zip(rest, turns, strict=True) if turn == copy]
                workers.append(_Worker(work, own))
            for share, turn in zip(rest, turns, strict=True):
                yield work(share) if turn is None else workers[turn].take(share)
        finally:
            for worker in workers:
                worker.end()


def _make_rota(count: int) -> list[int | None]:
    """Whose turn it is, round after round: copies by number, and None for this process."""
    return [*(_HELPING * list(range(count - 1))), None]


class _Worker(Generic[Share, Result]):
    """A forked copy of this process that does `shares` one after the other."""

    def __init__(self, work: Callable[[Share], Result], shares: Sequence[Share]) -> None:
        self._work = work
        source, target = os.pipe()
        # A user can have only so many large pipes, and only Linux has them.
        with suppress(OSError, AttributeError):
            fcntl.fcntl(target, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        self._process = _fork()
        if self._process == 0:
            os.close(source)
            _do_all(work, shares, target)
        os.close(target)
        self._results = os.fdopen(source, "rb")
        self._failed = self._process is None

    def take(self, share: Share) -> Result:
        """The result of `share`, the next one.

        A worker that could not be had, failed or was killed leaves its shares to this process, where an error is
        raised as itself.
        """
        if not self._failed:
            try:
                result: Result = pickle.load(self._results)  # noqa: S301  # from our own copy
            except (EOFError, pickle.UnpicklingError):
                self._failed = True
            else:
                return result
        return self._work(share)

    def end(self) -> None:
        """Be done with it, whether it is or not."""
        self._results.close()
        if self._process is not None:
            os.kill(self._process, SIGKILL)
            os.waitpid(self._process, 0)


def _fork() -> int | None:
    """As os.fork, but None where the system lets this user have no more processes."""
    try:
        return os.fork()
    except OSError:
        return None


def _do_all(work: Callable[[Share], Result], shares: Sequence[Share], target: int) -> None:
    """Do the work of a copy, which never comes back from here."""
    try:
        with os.fdopen(target, "wb") as results:
            for share in shares:
                pickle.dump(work(share), results, pickle.HIGHEST_PROTOCOL)
                results.flush()
    finally:
        os._exit(0)  # no handler, buffer or lock of the original is this copy's to touch
