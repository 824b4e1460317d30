"""Redirect rules, compiled once per snapshot.

Rules are not chained: a request follows one rule, and a rule that would send a path to itself
does not apply, so no rule loops on its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote_plus

from pectin.edge.facts import Fact, join_conditions, list_facts, meets
from pectin.edge.model import Request
from pectin.edge.paths import (
    BadPath,
    decode_path,
    is_asset,
    normalize_path,
    render_path,
    render_query,
)
from pectin.edge.trie import Trie
from pectin.values.patterns import Pattern, compile_pattern, is_placeholder, split_path
from pectin.values.rules import RESERVED, Redirect

_ABSOLUTE = re.compile(r"(https?://[A-Za-z0-9.\-\[\]:]+)(?=[/?#]|$)", re.IGNORECASE)
_END_OF_PATH = re.compile("[?#]")
_TARGET = "/!$&'()*+,;=:@~?#%[]"
_VALUE = ""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a rule leads: `origin` is empty on this site. `path` and `query` are as in a URL, the query
    with its "?"; `fragment` has its "#".
    """

    origin: str
    path: str
    query: str
    fragment: str = ""

    @property
    def url(self) -> str:
        """The whole as one reference."""
        return f"{self.origin}{self.path}{self.query}{self.fragment}"


@dataclass(frozen=True, slots=True)
class Found:
    """A rule that applies to a request, and where it leads."""

    redirect: Redirect
    location: Location


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of a request: the one that applies, or None.

    `facts` are those of the request that this depended on, beside its path and query.
    """

    found: Found | None
    facts: frozenset[Fact] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """A redirect taken apart. `origin` is that of the target, empty for one on this site."""

    rank: int
    redirect: Redirect
    pattern: Pattern
    origin: str
    target: str
    names: re.Pattern[str] | None

    def match(self, path: str, parameters: Mapping[str, str]) -> Mapping[str, str] | None:
        """The values of the placeholders by name, or None where the rule is for other addresses."""
        values = self.pattern.match(path)
        if values is None or not self.redirect.query:
            return values
        taken = dict(values)
        for name, wanted in self.redirect.query:
            given = parameters.get(name)
            if given is None:
                return None
            if is_placeholder(wanted):
                taken.setdefault(wanted[1:], given)
            elif given != wanted:
                return None
        return taken

    def expand(self, values: Mapping[str, str], query: str) -> Location:
        """Where it leads: to an origin that the rule spells out, or to one slash, and a path.

        No value can change where that is: values are encoded, and leading slashes are one. The query of
        the request is kept but for parameters that the target has itself.
        """
        target = self.target
        if self.names is not None:
            target = self.names.sub(
                lambda name: _encode_value(values.get(name[1], name[0])), target
            )
        written, mark, fragment = target.partition("#")
        path, asks, own = written.partition("?")
        location = quote(f"/{path.lstrip('/')}", safe=_TARGET, errors="replace")
        kept = _merge_queries(own, query) if asks else query
        rest = quote(f"{mark}{fragment}", safe=_TARGET, errors="replace")
        return Location(self.origin, location, render_query(kept), rest)


class Redirects:
    """All redirects of a snapshot; of several that match, the first written applies."""

    __slots__ = ("_exact", "_patterns", "conditions", "facts", "has_forced")

    def __init__(self, redirects: Iterable[Redirect]) -> None:
        rules = [
            rule for rank, redirect in enumerate(redirects) if (rule := _compile(rank, redirect))
        ]
        self._exact: dict[tuple[str, ...], list[Rule]] = {}
        for rule in rules:
            if rule.pattern.is_exact:
                self._exact.setdefault(rule.pattern.segments, []).append(rule)
        self._patterns = Trie(
            (rule.pattern.segments, rule) for rule in rules if not rule.pattern.is_exact
        )
        self.has_forced = any(rule.redirect.force for rule in rules)
        self.facts: frozenset[Fact] = frozenset().union(
            *(list_facts(rule.redirect) for rule in rules)
        )
        self.conditions = join_conditions(rule.redirect.conditions for rule in rules)

    def find(self, path: str, request: Request) -> Verdict:
        """The rule for the decoded `path`, and where it leads."""
        parameters: dict[str, str] | None = None
        facts: set[Fact] = set()
        for rule in self._candidates(split_path(path)):
            if parameters is None:
                parameters = dict(parse_qsl(request.query, keep_blank_values=True))
            values = rule.match(path, parameters)
            if values is None:
                continue
            facts |= list_facts(rule.redirect)
            if not meets(request, rule.redirect):
                continue
            location = rule.expand(values, request.query)
            if _may_apply(rule, path, location):
                return Verdict(Found(rule.redirect, location), frozenset(facts))
        return Verdict(None, frozenset(facts))

    def _candidates(self, segments: tuple[str, ...]) -> list[Rule]:
        if segments[:1] == (RESERVED[1:],):
            return []
        found = [*self._exact.get(segments, ()), *self._patterns.candidates(segments)]
        return sorted(found, key=lambda rule: rule.rank)


def _may_apply(rule: Rule, path: str, location: Location) -> bool:
    """Whether `rule` applies to the decoded `path`, which it leads to `location`."""
    if not rule.pattern.is_exact and is_asset(path):
        # Only a rule that names the asset means it: nobody wants a page in the place of a script.
        name = quote(path.rpartition("/")[2], safe=_VALUE, errors="replace")
        carried = name in location.path or name in location.query
        if not carried and not is_asset(_END_OF_PATH.split(location.path, maxsplit=1)[0]):
            return False
    if rule.redirect.is_rewrite:
        return True
    return location.origin != "" or location.path != render_path(path)


def _encode_value(value: str) -> str:
    return "/".join(quote(part, safe=_VALUE, errors="replace") for part in value.split("/"))


def _merge_queries(own: str, asked: str) -> str:
    """The query `own` of a target, and what is `asked` for beside it."""
    names = {_name_of(pair) for pair in own.split("&")}
    others = [pair for pair in asked.split("&") if pair and _name_of(pair) not in names]
    return "&".join([*filter(None, [own]), *others])


def _name_of(pair: str) -> str:
    return unquote_plus(pair.partition("=")[0])


def _compile(rank: int, redirect: Redirect) -> Rule | None:
    absolute = _ABSOLUTE.match(redirect.target)
    origin = absolute[1] if absolute else ""
    target = redirect.target[len(origin) :]
    source = redirect.source
    try:
        path = normalize_path(decode_path(source) if "%" in source else source)
    except BadPath:
        return None
    if absolute and not target.startswith("/"):
        target = f"/{target}"
    if (absolute and redirect.is_rewrite) or path.count("*") > 1:
        return None
    if not target.startswith("/"):
        return None
    pattern = compile_pattern(path)
    captured = (
        *pattern.names,
        *(value[1:] for _, value in redirect.query if is_placeholder(value)),
    )
    return Rule(rank, redirect, pattern, origin, target, _compile_names(captured))


def _compile_names(names: Iterable[str]) -> re.Pattern[str] | None:
    """What finds `names` in a target, the longest first; None where there is none."""
    ordered = sorted(set(names), key=len, reverse=True)
    return re.compile(f":({'|'.join(map(re.escape, ordered))})") if ordered else None
