"""Work on all processors at once, by copies of this process.

What is to be done lies in a pipe as numbers of shares: whoever is free takes the next one. So
nobody waits for a slower one, and the results come almost in order.
"""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from select import select
from signal import SIGKILL
from struct import Struct
from threading import active_count
from typing import BinaryIO, Generic

from pectin.build.workers import OneWorker, Result, Share, Workers

_PIPE_BYTES = 1 << 20  # what Linux lets anyone have: so far a worker may run ahead
_NUMBER = Struct("=I")
_MOST_SHARES = (1 << 16) // _NUMBER.size
"""How many numbers the smallest pipe of Linux holds."""


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
        if min(self._count, len(rest)) < 2 or active_count() > 1:  # noqa: PLR2004  # two make a crew
            yield from map(work, rest)
            return
        for start in range(0, len(rest), _MOST_SHARES):
            crew = _Crew(work, rest[start : start + _MOST_SHARES], self._count - 1)
            try:
                yield from crew.results()
            finally:
                crew.end()


class _Crew(Generic[Share, Result]):
    """This process and `copies` of it, which do `shares` together."""

    def __init__(
        self, work: Callable[[Share], Result], shares: Sequence[Share], copies: int
    ) -> None:
        self._work = work
        self._shares = shares
        self._done: dict[int, Result] = {}
        self._numbers, numbers = _make_pipe()
        for number in range(len(shares)):
            os.write(numbers, _NUMBER.pack(number))
        os.close(numbers)
        self._workers: dict[BinaryIO, int] = {}
        for _ in range(min(copies, len(shares) - 1)):
            self._hire()

    def results(self) -> Iterator[Result]:
        """The result of each share, in their order."""
        for number in range(len(self._shares)):
            while number not in self._done:
                self._go_on(number)
            yield self._done.pop(number)

    def end(self) -> None:
        """Be done with it, whether it is or not."""
        os.close(self._numbers)
        for results in list(self._workers):
            self._dismiss(results)

    def _hire(self) -> None:
        source, target = _make_pipe()
        try:
            process = os.fork()
        except OSError:  # this user may have no more processes: then there are fewer
            os.close(source)
            os.close(target)
            return
        if process == 0:
            os.close(source)
            self._be_worker(target)
        os.close(target)
        self._workers[os.fdopen(source, "rb")] = process

    def _be_worker(self, target: int) -> None:
        """Do the work of a copy, which never comes back from here."""
        try:
            with os.fdopen(target, "wb") as results:
                while (number := self._claim()) is not None:
                    result = number, self._work(self._shares[number])
                    pickle.dump(result, results, pickle.HIGHEST_PROTOCOL)
                    results.flush()
        finally:
            os._exit(0)  # no handler, buffer or lock of the original is this copy's to touch

    def _go_on(self, wanted: int) -> None:
        """Take a result that is ready, else do a share, else wait for results.

        Shares that failed in a worker, or whose worker was killed, are done here, where an error
        is raised as itself.
        """
        ready, _, _ = select(list(self._workers), (), (), 0)
        if not ready:
            number = self._claim()
            if number is not None:
                self._done[number] = self._work(self._shares[number])
                return
            ready, _, _ = select(list(self._workers), (), (), None if self._workers else 0)
        for results in ready:
            self._take(results)
        if not self._workers and wanted not in self._done:
            self._done[wanted] = self._work(self._shares[wanted])

    def _take(self, results: BinaryIO) -> None:
        try:
            number, result = pickle.load(results)  # noqa: S301  # from our own copy
        except (EOFError, pickle.UnpicklingError):
            self._dismiss(results)
        else:
            self._done[number] = result

    def _claim(self) -> int | None:
        """The number of a share that is nobody else's from now on, or None when all are taken."""
        raw = os.read(self._numbers, _NUMBER.size)
        return _NUMBER.unpack(raw)[0] if raw else None

    def _dismiss(self, results: BinaryIO) -> None:
        process = self._workers.pop(results)
        results.close()
        os.kill(process, SIGKILL)
        os.waitpid(process, 0)


def _make_pipe() -> tuple[int, int]:
    source, target = os.pipe()
    # A user can have only so many large pipes, and only Linux has them.
    with suppress(OSError, AttributeError):
        fcntl.fcntl(target, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    return source, target
