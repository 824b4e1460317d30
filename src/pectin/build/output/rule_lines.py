"""Rules as the lines of `_redirects` and `_headers`, for hosts that read them as Netlify does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pectin.build.urls import encode_path
from pectin.values.rules import HeaderRule, Redirect


def render_redirects(redirects: Iterable[Redirect]) -> bytes:
    """The text of `_redirects`, a line for each rule, in their order."""
    return "".join(f"{' '.join(_list_words(rule))}\n" for rule in redirects).encode()


def render_headers(rules: Iterable[HeaderRule]) -> bytes:
    """The text of `_headers`, a block for each rule, in their order."""
    return "".join(f"{line}\n" for rule in rules for line in _list_lines(rule)).encode()


def _list_words(rule: Redirect) -> Iterator[str]:
    yield f"{rule.origin}{_encode(rule.source)}"
    yield from (f"{name}={value}" for name, value in rule.query)
    yield rule.target
    yield f"{rule.status}{'!' if rule.force else ''}"
    asked = rule.conditions
    for name, values in (
        ("Country", asked.countries),
        ("Language", asked.languages),
        ("Cookie", asked.cookies),
    ):
        if values:
            yield f"{name}={','.join(values)}"


def _encode(path: str) -> str:
    """`path` without blanks and other signs that would end a word."""
    return path if "%" in path else encode_path(path)


def _list_lines(rule: HeaderRule) -> Iterator[str]:
    yield rule.pattern
    yield from (f"  {name}: {value}" for name, value in rule.headers)
    if rule.credentials:
        yield f"  Basic-Auth: {' '.join(rule.credentials)}"
