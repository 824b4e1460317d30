"""What is made of each other in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager


class Circles:
    """What is being made, each item because the one before it needs it.

    Two items are in one circle when each needs the other, by however many between. Which they are
    does not depend on where one begins: Tarjan, "Depth-first search and linear graph algorithms"
    (1972). A circle that was found is remembered.
    """

    def __init__(self) -> None:
        self._waiting: list[str] = []
        self._reached: list[int] = []
        self._positions: dict[str, int] = {}
        self._open: dict[str, int] = {}
        self._found: dict[str, str] = {}
        self._new: dict[str, str] = {}

    @property
    def waiting(self) -> Sequence[str]:
        """What is being made, the first begun first."""
        return tuple(self._waiting)

    def __len__(self) -> int:
        return len(self._waiting)

    def has(self, item: str) -> bool:
        """Whether what is being made, which needs `item`, is in one circle with it.

        To ask before `item` is made tells of what was made already; to ask again afterwards tells
        the rest.
        """
        if not self._waiting:
            return False
        at = self._positions.get(item)
        if at is None:
            at = self._open.get(item)
        if at is not None:
            self._reached[-1] = min(self._reached[-1], at)
            return True
        name = self._found.get(item)
        return name is not None and name == self._found.get(self._waiting[-1])

    def making(self, item: str) -> Making:
        """A context in which `item` is made. What an exception leaves was not."""
        return Making(self, item)

    @contextmanager
    def resuming(self, waiting: Sequence[str]) -> Iterator[None]:
        """A context in which all of `waiting` is being made, in this order."""
        begun = len(self._waiting)
        for item in waiting[begun:]:
            self.begin(item)
        try:
            yield
        finally:
            while len(self._waiting) > begun:
                self.drop()

    def drain(self) -> dict[str, str]:
        """The members of circles that were found since this was asked last, each with a name of its circle."""
        new, self._new = self._new, {}
        return new

    def merge(self, new: Mapping[str, str]) -> None:
        """Take in what another drained."""
        self._found.update(new)

    def begin(self, item: str) -> None:
        """Begin to make `item`."""
        at = len(self._waiting)
        self._waiting.append(item)
        self._reached.append(at)
        self._positions.setdefault(item, at)

    def drop(self) -> int:
        """End with the last item that is being made; the first position that it reached."""
        item = self._waiting.pop()
        if self._positions[item] == len(self._waiting):
            del self._positions[item]
        return self._reached.pop()

    def close(self, item: str) -> None:
        """End with `item`, which is made."""
        reached = self.drop()
        at = len(self._waiting)
        if reached < at:
            self._open[item] = reached
            self._reached[-1] = min(self._reached[-1], reached)
        elif self._open:
            members = [item, *(other for other, first in self._open.items() if first >= at)]
            self._open = {other: first for other, first in self._open.items() if first < at}
            if len(members) > 1:
                new = dict.fromkeys(members, min(members))
                self._found.update(new)
                self._new.update(new)


class Making:
    """The making of one item, while it lasts. It is entered for every body."""

    __slots__ = ("_circles", "_item")

    def __init__(self, circles: Circles, item: str) -> None:
        self._circles = circles
        self._item = item

    def __enter__(self) -> None:
        self._circles.begin(self._item)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._circles.close(self._item)
        else:
            self._circles.drop()
