"""Path patterns of rules: what they match, and where in a trie they are looked for.

A segment of a pattern is text, a placeholder (`:slug`, any one segment) or has a splat (`*`), which
stands for any number of segments, none too. A slash at the end makes no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

SPLAT = "splat"
"""The name of what the first `*` of a pattern stands for."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern taken apart: `segments`, and the `expression` that a decoded path must match."""

    segments: tuple[str, ...]
    names: tuple[str, ...]
    expression: re.Pattern[str] | None

    @property
    def is_exact(self) -> bool:
        """Whether it is for one path alone."""
        return self.expression is None

    def match(self, path: str) -> Mapping[str, str] | None:
        """What each placeholder stands for in the decoded `path`, or None where it does not match."""
        if self.expression is None:
            return {} if split_path(path) == self.segments else None
        found = self.expression.fullmatch(path)
        if found is None:
            return None
        values: dict[str, str] = {}
        for name, value in zip(self.names, found.groups(), strict=True):
            values.setdefault(name, value or "")
        return values


def split_path(path: str) -> tuple[str, ...]:
    """The segments of the decoded `path`; slashes at its ends and double ones make none."""
    return tuple(segment for segment in path.split("/") if segment)


def compile_pattern(source: str) -> Pattern:
    """The pattern that the decoded path `source` is."""
    segments = split_path(source)
    if not any(_is_open(segment) for segment in segments):
        return Pattern(segments, (), None)
    names: list[str] = []
    parts: list[str] = []
    for segment in segments:
        if is_placeholder(segment):
            names.append(segment[1:])
            parts.append("/([^/]+)")
        elif segment == "*":
            names.append(SPLAT)
            parts.append("(?:/(.*))?")
        else:
            literals = segment.split("*")
            names += [SPLAT] * (len(literals) - 1)
            parts.append("/" + "/?(.*)".join(map(re.escape, literals)))
    # What a splat at the end stands for has the last slash; elsewhere that makes no difference.
    last = "" if segments[-1].endswith("*") and not is_placeholder(segments[-1]) else "/?"
    return Pattern(segments, tuple(names), re.compile("".join(parts) + last, re.DOTALL))


def is_placeholder(segment: str) -> bool:
    """Whether `segment` of a pattern stands for any one segment."""
    return segment.startswith(":") and len(segment) > 1


def _is_open(segment: str) -> bool:
    return is_placeholder(segment) or "*" in segment


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
