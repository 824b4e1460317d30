"""Redirect rules that can never apply, since one before them answers all that they are for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pectin.build.configuration.written_rules import WrittenRedirect
from pectin.build.urls import decode_path
from pectin.values.patterns import Pattern, compile_pattern, is_placeholder
from pectin.values.rules import Redirect

_ONE = "\x00one"
_SEVERAL = f"{_ONE}/{_ONE}"
_ASSET = re.compile(r"\.[A-Za-z]\w*$")


def find_unreachable(written: Sequence[WrittenRedirect]) -> Iterator[WrittenRedirect]:
    """Those that are never asked. A rule with conditions is taken to leave something for others."""
    exact: set[tuple[str, tuple[str, ...]]] = set()
    patterns: dict[str, list[tuple[str, Pattern]]] = {}
    for rule in written:
        redirect = rule.redirect
        pattern = compile_pattern(decode_path(redirect.source))
        first = pattern.segments[:1]
        near = [*patterns.get(first[0] if first else "", ()), *patterns.get("", ())]
        if _is_covered(redirect, pattern, exact, near):
            yield rule
        elif not redirect.query and redirect.conditions.is_met_by_all:
            if pattern.is_exact:
                exact.add((redirect.origin, pattern.segments))
            else:
                anchor = first[0] if first and not _is_open(first[0]) else ""
                patterns.setdefault(anchor, []).append((redirect.origin, pattern))


def _is_covered(
    redirect: Redirect,
    pattern: Pattern,
    exact: set[tuple[str, tuple[str, ...]]],
    near: Sequence[tuple[str, Pattern]],
) -> bool:
    origins = {"", redirect.origin}
    if pattern.is_exact and any((origin, pattern.segments) in exact for origin in origins):
        return True
    if _ASSET.search(redirect.source):
        return False  # a rule for many paths may leave assets out
    paths = list(_list_paths(pattern))
    return any(
        origin in origins and all(other.match(path) is not None for path in paths)
        for origin, other in near
    )


def _list_paths(pattern: Pattern) -> Iterator[str]:
    """Paths of each shape that `pattern` has, with segments that no other rule names."""
    for splat in ("", _ONE, _SEVERAL):
        segments = (
            _ONE if is_placeholder(segment) else segment.replace("*", splat)
            for segment in pattern.segments
        )
        yield f"/{'/'.join(filter(None, segments))}"


def _is_open(segment: str) -> bool:
    return is_placeholder(segment) or "*" in segment
