"""Path patterns of rules: what they match.

A segment of a pattern is text, a placeholder (`:slug`, any one segment) or has a splat (`*`), which
stands for any number of segments, none too. A slash at the end makes no difference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

SPLAT = "splat"
"""The name of what the first `*` of a pattern stands for."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern taken apart: `segments`, and the `expression` that a decoded path must match."""

    segments: tuple[str, ...]
    names: tuple[str, ...]
    expression: re.Pattern[str] | None

    @property
    def text(self) -> str:
        """The regular expression of the decoded paths that it matches."""
        if self.expression is None:
            return "".join(f"/{re.escape(segment)}" for segment in self.segments) + "/?"
        return self.expression.pattern

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
