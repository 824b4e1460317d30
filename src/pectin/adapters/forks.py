"""What a fork means to things that cannot live in two processes."""

from __future__ import annotations

import os
from functools import cache
from typing import Protocol
from weakref import WeakSet


class Unforkable(Protocol):
    """What two processes cannot share."""

    def before_fork(self) -> None:
        """This process is about to be forked."""

    def after_fork(self) -> None:
        """This is the copy in the child of a fork."""


def watch_forks(thing: Unforkable) -> None:
    """Tell `thing` of every fork of this process, for as long as it lives."""
    _watch().add(thing)


@cache
def _watch() -> WeakSet[Unforkable]:
    # Python takes no hook back, so a process has one of each kind, and never more.
    things: WeakSet[Unforkable] = WeakSet()

    def tell_before() -> None:
        for thing in list(things):
            thing.before_fork()

    def tell_after() -> None:
        for thing in list(things):
            thing.after_fork()

    os.register_at_fork(before=tell_before, after_in_child=tell_after)
    return things
