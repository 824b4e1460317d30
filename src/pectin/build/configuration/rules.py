"""Redirects and headers that an author writes, checked before anything follows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from pectin.build.configuration.scalars import (
    WrongValue,
    describe,
    parse_integer,
    parse_string,
)
from pectin.build.suggestions import suggest
from pectin.build.urls import find_fault, leads_elsewhere, strip_query
from pectin.values.patterns import compile_pattern, is_placeholder
from pectin.values.rules import EDGE_FIELDS, RESERVED, Conditions, Redirect

BASIC_AUTH = "basic-auth"
"""No header: who may see the path."""

_REDIRECTIONS = frozenset({301, 302, 303, 307, 308})
_OK = 200
_FIRST_ERROR, _LAST_ERROR = 400, 599
_CONDITIONS = {"country": "countries", "language": "languages", "cookie": "cookies"}
_NOT_YET = frozenset({"role"})
_PLACEHOLDER = re.compile(r":([A-Za-z_]\w*)", re.ASCII)
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
_AUTHORITY = re.compile(r"(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
_FIELD_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)
_FIELD_VALUE = re.compile(r"[\x20-\x7e\t]*")
_SOURCE_HINT = "write a path: `/old/plum/`, `/:year/:slug/` or `/old/*`"
_QUERY_HINT = "write `id=3`, or `id=:id` for any that is there"
_CONDITION_HINT = "a rule may ask for Country, Language and Cookie"
_TARGET_HINT = "write a path of this site, or a URL that begins with `https://`"


def parse_source(value: Any) -> tuple[str, str]:
    """The origin that a rule is for, "" for all of the site, and the path pattern. Raises WrongValue."""
    source = parse_string(value)
    origin = ""
    if leads_elsewhere(source):
        _check_absolute(source)
        parts = urlsplit(source)
        origin = f"{parts.scheme}://{parts.hostname}"
        source = source[len(parts.scheme) + len("://") + len(parts.netloc) :] or "/"
    if fault := find_fault(source):
        raise WrongValue(f"{source!r} {fault}", _SOURCE_HINT)
    if f"{source}/".startswith(f"{RESERVED}/"):
        raise WrongValue(f"{source!r} is reserved, as it is at Netlify", _SOURCE_HINT)
    _check_splats(source)
    return origin, source


def make_own_target(origin: str, source: str, status: int) -> str | None:
    """Where a rule without a target leads: one that rewrites all below a folder, to itself; None else."""
    is_own = not origin and source.endswith("/*") and status == _OK
    return f"{source.removesuffix('*')}:splat" if is_own else None


def parse_pattern(value: Any) -> str:
    """The path pattern that headers are for. Raises WrongValue."""
    pattern = parse_string(value).strip()
    if fault := find_fault(pattern):
        raise WrongValue(f"{pattern!r} {fault}", "write a path: `/fonts/*`")
    _check_splats(pattern)
    return pattern


def _check_splats(pattern: str) -> None:
    # With several, what a path costs grows with a power of its length, which clients choose.
    if pattern.count("*") > 1:
        raise WrongValue(f"{pattern!r} has more than one `*`", "use placeholders, as in `/:a/*`")


def parse_target(value: Any) -> str:
    """Where a redirect leads: a path of this site or an http(s) URL. Raises WrongValue.

    Nothing that a browser reads as another host than it says: no `//host`, no backslash, no
    control character, no placeholder in the host (RFC 9110 10.2.2, WHATWG URL 4.4).
    """
    target = parse_string(value)
    if _UNPRINTABLE.search(target):
        raise WrongValue(
            f"{target!r} contains a blank, a backslash or a control character", _TARGET_HINT
        )
    if target.startswith("/"):
        path = strip_query(target)
        if fault := find_fault(path):
            raise WrongValue(f"{target!r} {fault}", _TARGET_HINT)
        return target
    _check_absolute(target)
    return target


def parse_status(value: Any) -> int:
    """The status of a rule (RFC 9110 15). Raises WrongValue."""
    status = parse_integer(value)
    if status not in _REDIRECTIONS and status != _OK and not _FIRST_ERROR <= status <= _LAST_ERROR:
        raise WrongValue(
            f"cannot be {status}",
            "write 301, 302, 303, 307 or 308, 200 for a rewrite, or an error such as 404 or 410",
        )
    return status


def parse_query(value: Any) -> tuple[tuple[str, str], ...]:
    """The parameters that a rule asks for, from a table. Raises WrongValue."""
    if not isinstance(value, dict):
        raise WrongValue(f"must be a table, not {describe(value)}", _QUERY_HINT)
    return tuple(parse_parameter(name, parse_string(item)) for name, item in value.items())


def parse_parameter(name: str, value: str) -> tuple[str, str]:
    """One parameter that a rule asks for. Raises WrongValue."""
    if not name or not value or value == ":":
        raise WrongValue(f"has `{name}={value}`, which no request has", _QUERY_HINT)
    return name, value


def parse_conditions(value: Any) -> Conditions:
    """What a rule asks beside the address, from a table of lists or text. Raises WrongValue."""
    if not isinstance(value, dict):
        raise WrongValue(f"must be a table, not {describe(value)}", _CONDITION_HINT)
    return make_conditions({name: _split_values(item) for name, item in value.items()})


def make_conditions(given: Mapping[str, Sequence[str]]) -> Conditions:
    """What a rule asks beside the address, by the names that Netlify has. Raises WrongValue."""
    fields: dict[str, tuple[str, ...]] = {}
    for name, values in given.items():
        kind = name.lower()
        if kind in _NOT_YET:
            raise WrongValue(f"asks for `{name}`, which Pectin does not know yet", _CONDITION_HINT)
        if kind not in _CONDITIONS:
            raise WrongValue(
                f"asks for `{name}`", suggest(name, map(str.title, _CONDITIONS)) or _CONDITION_HINT
            )
        listed = tuple(filter(None, (item.strip() for item in values)))
        if not listed:
            raise WrongValue(f"asks for `{name}`, and names none", _CONDITION_HINT)
        is_name = kind == "cookie"
        fields[_CONDITIONS[kind]] = listed if is_name else tuple(map(str.lower, listed))
    return Conditions(**fields)


def check_rewrite(redirect: Redirect) -> None:
    """Nothing, unless `redirect` wants an answer from another origin. Raises WrongValue."""
    if redirect.is_rewrite and leads_elsewhere(redirect.target):
        raise WrongValue(
            f"{redirect.target!r} is on another host, and the status {redirect.status} would answer from there",
            "redirect with 302, or let the page ask that host itself: Pectin is no proxy yet",
        )


def parse_credentials(value: Any) -> tuple[str, ...]:
    """The names and passwords, `name:password` each, that open a path (RFC 7617). Raises WrongValue."""
    found = tuple(parse_string(value).split())
    if not found or not all(one.partition(":")[0] and one.partition(":")[2] for one in found):
        raise WrongValue(
            "gives `Basic-Auth` no name and password", "write `Basic-Auth: anna:secret`"
        )
    return found


def check_field_name(name: str) -> None:
    """Nothing, when a rule may set the header field `name` (RFC 9110 5.1). Raises WrongValue."""
    if not _FIELD_NAME.fullmatch(name):
        raise WrongValue(f"has the name {name!r}", "a name has letters, digits and hyphens")
    if name.lower() in EDGE_FIELDS:
        raise WrongValue(f"sets `{name}`", "this header is the server's own: leave it out")


def parse_field(name: str, value: Any) -> str:
    """The value of the header field `name` (RFC 9110 5.5). Raises WrongValue."""
    text = parse_string(value)
    if not _FIELD_VALUE.fullmatch(text):
        raise WrongValue(
            f"gives `{name}` the value {text!r}",
            "a value is one line of ASCII, without control characters",
        )
    return text.strip()


def check_placeholders(redirect: Redirect) -> None:
    """Nothing, when the rule gives every placeholder of its target. Raises WrongValue."""
    given = {
        *compile_pattern(redirect.source).names,
        *(value[1:] for _, value in redirect.query if is_placeholder(value)),
    }
    for name in _PLACEHOLDER.findall(_path_of(redirect.target)):
        if not any(name.startswith(known) for known in given):
            raise WrongValue(
                f"uses `:{name}`, which `{redirect.source}` does not give",
                "`:splat` is what a `*` in `from` stands for",
            )


def _split_values(value: Any) -> list[str]:
    if isinstance(value, str):
        return value.split(",")
    if isinstance(value, list):
        return list(map(parse_string, value))
    raise WrongValue(f"must have lists, not {describe(value)}", _CONDITION_HINT)


def find_loops(redirects: Sequence[Redirect]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The index of each exact redirect that comes back to itself, and the way it takes.

    Each loop is told once, at its first rule. A trailing slash makes no difference.
    """
    follow = {
        _bare(rule.source): (index, _bare(_path_of(rule.target)))
        for index, rule in reversed(list(enumerate(redirects)))
        if is_plain(rule) and not _differs_by_slash(rule)
    }
    seen: set[str] = set()
    for start, (index, _) in sorted(follow.items(), key=lambda item: item[1][0]):
        way = [start]
        while way[-1] in follow and way[-1] not in seen:
            seen.add(way[-1])
            way.append(follow[way[-1]][1])
        if len(way) > 1 and way[-1] in way[:-1]:
            yield index, tuple(way[way.index(way[-1]) :])


def find_chains(redirects: Sequence[Redirect]) -> Iterator[tuple[int, str]]:
    """The index of each redirect to a path that an exact redirect sends on, and that path."""
    sources = {_bare(rule.source) for rule in redirects if is_plain(rule)}
    for index, rule in enumerate(redirects):
        if rule.is_rewrite:
            continue
        target = _bare(_path_of(rule.target))
        if target in sources and target != _bare(rule.source):
            yield index, target


def _check_absolute(target: str) -> None:
    try:
        parts = urlsplit(target)
    except ValueError:
        raise WrongValue(f"{target!r} is not a URL", _TARGET_HINT) from None
    if parts.scheme not in {"http", "https"}:
        raise WrongValue(f"{target!r} is neither a path nor an http(s) URL", _TARGET_HINT)
    if not target.startswith(f"{parts.scheme}://") or not _AUTHORITY.fullmatch(parts.netloc):
        raise WrongValue(f"{target!r} does not name a host", _TARGET_HINT)


def is_plain(rule: Redirect) -> bool:
    """Whether it sends every client from one path elsewhere."""
    is_for_all = rule.conditions.is_met_by_all and not rule.query and not rule.origin
    return is_for_all and not rule.is_rewrite and compile_pattern(rule.source).is_exact


def _differs_by_slash(rule: Redirect) -> bool:
    return rule.source != rule.target and _bare(rule.source) == _bare(rule.target)


def _path_of(target: str) -> str:
    """The path of `target`; without its first slash, so equal to no source, when elsewhere."""
    if not target.startswith("/"):
        target = target.partition("://")[2].partition("/")[2]
    return strip_query(target)


def _bare(path: str) -> str:
    return path.rstrip("/") or "/"
