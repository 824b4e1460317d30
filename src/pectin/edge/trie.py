"""Items by the path patterns that they are for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pectin.values.patterns import is_placeholder

Item = TypeVar("Item")


@dataclass(slots=True)
class _Node(Generic[Item]):
    """What is below some segments: `ended` ends here, `splat` goes on for any length."""

    ended: list[Item] = field(default_factory=list)
    splat: list[Item] = field(default_factory=list)
    texts: dict[str, _Node[Item]] = field(default_factory=dict)
    any: _Node[Item] | None = None


class Trie(Generic[Item]):
    """Items by the patterns that they are for. What a path costs grows with its segments, and with
    the patterns that may match it, but not with those that cannot.
    """

    __slots__ = ("_root",)

    def __init__(self, items: Iterable[tuple[Sequence[str], Item]]) -> None:
        self._root: _Node[Item] = _Node()
        for segments, item in items:
            self._add(segments, item)

    def candidates(self, segments: Sequence[str]) -> Iterator[Item]:
        """The items whose patterns may match the path of `segments`, in no order."""
        level = [self._root]
        for segment in segments:
            below: list[_Node[Item]] = []
            for node in level:
                yield from node.splat
                if (text := node.texts.get(segment)) is not None:
                    below.append(text)
                if node.any is not None:
                    below.append(node.any)
            level = below
        for node in level:
            yield from node.ended
            yield from node.splat

    def _add(self, segments: Sequence[str], item: Item) -> None:
        node = self._root
        for segment in segments:
            if is_placeholder(segment):
                node.any = node.any or _Node()
                node = node.any
            elif "*" in segment:
                node.splat.append(item)
                return
            else:
                node = node.texts.setdefault(segment, _Node())
        node.ended.append(item)
