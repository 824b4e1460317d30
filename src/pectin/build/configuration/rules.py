"""Redirects and headers that an author writes, checked before anything follows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from pectin.build.configuration.scalars import WrongValue, parse_integer, parse_string
from pectin.build.urls import find_fault, strip_query
from pectin.values.rules import EDGE_FIELDS, Redirect

STATUSES = (301, 302, 303, 307, 308)

_PLACEHOLDER = re.compile(r":([A-Za-z_]\w*)", re.ASCII)
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
_AUTHORITY = re.compile(r"(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
_FIELD_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)
_FIELD_VALUE = re.compile(r"[\x20-\x7e\t]*")
_SOURCE_HINT = "write a path of this site: `/old/plum/`, `/:year/:slug/` or `/old/*`"
_TARGET_HINT = "write a path of this site, or a URL that begins with `https://`"


def parse_source(value: Any) -> str:
    """The path pattern that a rule is for. Raises WrongValue."""
    source = parse_string(value)
    if fault := find_fault(source):
        raise WrongValue(f"{source!r} {fault}", _SOURCE_HINT)
    if "*" in source[:-1] or (source.endswith("*") and not source.endswith("/*")):
        raise WrongValue(f"{source!r} has a `*` that is not its last folder", _SOURCE_HINT)
    return source


def parse_pattern(value: Any) -> str:
    """The path pattern that headers are for, which may end in `*`. Raises WrongValue."""
    pattern = parse_string(value)
    if fault := find_fault(pattern):
        raise WrongValue(f"{pattern!r} {fault}", "write a path: `/fonts/*`")
    if "*" in pattern[:-1]:
        raise WrongValue(f"{pattern!r} has a `*` before its end", "write a path: `/fonts/*`")
    return pattern


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
    """The status of a redirect (RFC 9110 15.4). Raises WrongValue."""
    status = parse_integer(value)
    if status not in STATUSES:
        raise WrongValue(f"cannot be {status}", "write 301, 302, 303, 307 or 308")
    return status


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
    """Nothing, when the source gives every placeholder of the target. Raises WrongValue."""
    given = set(_PLACEHOLDER.findall(redirect.source))
    if redirect.source.endswith("/*"):
        given.add("splat")
    wanted = _PLACEHOLDER.findall(_path_of(redirect.target))
    for name in wanted:
        if name not in given:
            raise WrongValue(
                f"uses `:{name}`, which `{redirect.source}` does not give",
                "`:splat` is what a `*` at the end of `from` stands for",
            )


def find_loops(redirects: Sequence[Redirect]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The index of each exact redirect that comes back to itself, and the way it takes.

    Each loop is told once, at its first rule. A trailing slash makes no difference.
    """
    follow = {
        _bare(rule.source): (index, _bare(_path_of(rule.target)))
        for index, rule in reversed(list(enumerate(redirects)))
        if not _is_pattern(rule) and not _differs_by_slash(rule)
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
    sources = {_bare(rule.source) for rule in redirects if not _is_pattern(rule)}
    for index, rule in enumerate(redirects):
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


def _is_pattern(rule: Redirect) -> bool:
    return rule.source.endswith("*") or bool(_PLACEHOLDER.search(rule.source))


def _differs_by_slash(rule: Redirect) -> bool:
    return rule.source != rule.target and _bare(rule.source) == _bare(rule.target)


def _path_of(target: str) -> str:
    """The path of `target`; without its first slash, so equal to no source, when elsewhere."""
    if not target.startswith("/"):
        target = target.partition("://")[2].partition("/")[2]
    return strip_query(target)


def _bare(path: str) -> str:
    return path.rstrip("/") or "/"
