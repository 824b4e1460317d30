"""Redirect rules, compiled once per snapshot. Exact ones are found in a dict.

Rules are not chained: a request follows one rule, and a rule that would send a path to itself
does not apply, so no rule loops on its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from pectin.edge.paths import (
    BadPath,
    decode_path,
    is_asset,
    normalize_path,
    render_path,
    render_query,
)
from pectin.values.rules import Redirect

_ABSOLUTE = re.compile(r"(https?://[A-Za-z0-9.\-\[\]:]+)(/.*)?", re.IGNORECASE)
_NAME = re.compile(r":([A-Za-z_][A-Za-z0-9_]*)")
_END_OF_PATH = re.compile("[?#]")
_SPLAT = "splat"
_TARGET = "/!$&'()*+,;=:@~?#%[]"


@dataclass(frozen=True, slots=True)
class Rule:
    """A redirect taken apart. `origin` is empty for a target on this site."""

    rank: int
    segments: tuple[str, ...]
    is_splat: bool
    status: int
    origin: str
    target: str

    def match(self, segments: Sequence[str]) -> Mapping[str, str] | None:
        """The values of the placeholders by name, or None where the rule is for other paths."""
        fixed = len(self.segments)
        if len(segments) < fixed or (len(segments) > fixed and not self.is_splat):
            return None
        values: dict[str, str] = {}
        for pattern, segment in zip(self.segments, segments, strict=False):
            if pattern.startswith(":"):
                values[pattern[1:]] = quote(segment, safe="", errors="replace")
            elif pattern != segment:
                return None
        if self.is_splat:
            values[_SPLAT] = "/".join(quote(s, safe="", errors="replace") for s in segments[fixed:])
        return values

    def expand(self, values: Mapping[str, str], query: str) -> str:
        """The location: an origin that the rule spells out, or one slash, and a path.

        No value can change where it leads: values are encoded, and leading slashes are one.
        The query of the request is kept unless the target has its own.
        """
        path = _NAME.sub(lambda name: values.get(name[1], name[0]), self.target)
        location = quote(f"/{path.lstrip('/')}", safe=_TARGET, errors="replace")
        kept = "" if {"?", "#"} & set(location) else render_query(query)
        return f"{self.origin}{location}{kept}"


class Redirects:
    """All redirects of a snapshot; of several that match, the first written applies."""

    __slots__ = ("_exact", "_patterns")

    def __init__(self, redirects: Iterable[Redirect]) -> None:
        self._exact: dict[tuple[str, ...], Rule] = {}
        self._patterns: dict[str, list[Rule]] = {}
        for rank, redirect in enumerate(redirects):
            rule = _compile(rank, redirect)
            if rule is None:
                continue
            if rule.is_splat or any(s.startswith(":") for s in rule.segments):
                self._patterns.setdefault(_anchor(rule), []).append(rule)
            else:
                self._exact.setdefault(rule.segments, rule)

    def find(self, path: str, query: str) -> tuple[int, str] | None:
        """The status and location for the decoded `path`, or None where no rule applies."""
        segments = _split(path)
        for rule in self._candidates(segments):
            values = rule.match(segments)
            if values is None:
                continue
            location = rule.expand(values, query)
            if values and is_asset(path) and not _leads_to_asset(location, segments[-1]):
                continue  # only a rule that names the asset means it
            if location.partition("?")[0] != render_path(path):
                return rule.status, location
        return None

    def _candidates(self, segments: tuple[str, ...]) -> list[Rule]:
        exact = self._exact.get(segments)
        found = [exact] if exact else []
        if self._patterns:
            found += self._patterns.get("", ())
            found += self._patterns.get(segments[0], ()) if segments else ()
        return sorted(found, key=lambda rule: rule.rank)


def _leads_to_asset(location: str, name: str) -> bool:
    """Whether `location` may be the asset that the path with the last segment `name` was for: it is
    named as one, or the name was put into it.
    """
    carried = quote(name, safe="", errors="replace") in location
    return carried or is_asset(_END_OF_PATH.split(location, maxsplit=1)[0])


def _anchor(rule: Rule) -> str:
    first = rule.segments[0] if rule.segments else ""
    return "" if first.startswith(":") else first


def _split(path: str) -> tuple[str, ...]:
    return tuple(segment for segment in path.split("/") if segment)


def _compile(rank: int, redirect: Redirect) -> Rule | None:
    absolute = _ABSOLUTE.fullmatch(redirect.target)
    origin, target = (absolute[1], absolute[2] or "/") if absolute else ("", redirect.target)
    source = redirect.source
    try:
        path = normalize_path(decode_path(source) if "%" in source else source)
    except BadPath:
        return None
    if not target.startswith("/"):
        return None
    segments = _split(path)
    is_splat = segments[-1:] == ("*",)
    fixed = segments[:-1] if is_splat else segments
    return Rule(rank, fixed, is_splat, redirect.status, origin, target)
