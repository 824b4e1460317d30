"""Who does the work that can be shared out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

Share = TypeVar("Share")
Result = TypeVar("Result")


class Workers(Protocol):
    """Does shares of work in turn, or several at a time."""

    def map(self, work: Callable[[Share], Result], shares: Sequence[Share]) -> Iterator[Result]:
        """What `work` makes of each of `shares`, in their order.

        `work` may run in a copy of this process: it sees everything as it was when the first
        result was taken, and nothing of what it does comes back but its result, which must be
        able to travel (pickle). It must be able to do any share twice.
        """


class OneWorker:
    """Does everything here."""

    def map(self, work: Callable[[Share], Result], shares: Sequence[Share]) -> Iterator[Result]:
        """What `work` makes of each of `shares`, in their order."""
        return map(work, shares)
