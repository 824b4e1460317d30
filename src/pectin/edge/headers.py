"""Header fields of responses: what every file gets, and what a site's rules add."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from pectin.edge.facts import Fact
from pectin.edge.model import Headers
from pectin.values.rules import EDGE_FIELDS, HeaderRule
from pectin.values.snapshot import Entry

REVALIDATE = "public, max-age=0, must-revalidate"
"""Kept by caches, and asked about every time: a publish is seen at once."""

IMMUTABLE = "public, max-age=31536000, immutable"
"""For names that contain a fingerprint of the content (RFC 8246)."""

PLAIN: Headers = (
    ("cache-control", REVALIDATE),
    ("x-content-type-options", "nosniff"),
)
"""The fields of answers that are not files."""

_DOCUMENT_FIELDS: Headers = (
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("x-frame-options", "SAMEORIGIN"),
)
_DOCUMENTS = ("text/html", "application/xhtml+xml", "image/svg+xml", "application/pdf")
_OF_CONTENT = frozenset({"accept-ranges", "content-encoding", "content-type"})
_NAME = re.compile("[!#$%&'*+.^_`|~0-9a-z-]+")
_VALUE = re.compile("[\t\x20-\x7e\x80-\xff]+")


class HeaderRules:
    """The header rules of a snapshot, with what no rule may say left out.

    A field of a rule takes the place of a default, and of a rule's before it, of that name.
    """

    __slots__ = ("_rules", "facts")

    def __init__(self, rules: Iterable[HeaderRule]) -> None:
        self._rules = tuple(
            (_compile(rule.pattern), _clean(rule.headers), rule.credentials) for rule in rules
        )
        is_guarded = any(credentials for _, _, credentials in self._rules)
        self.facts = frozenset({Fact.AUTHORIZATION} if is_guarded else ())

    def apply(self, path: str, defaults: Headers) -> Headers:
        """`defaults` with the fields of every rule whose pattern matches the decoded `path`."""
        fields = defaults
        for matches, added, _ in self._rules:
            if added and matches(path):
                names = {name for name, _ in added}
                fields = (*(field for field in fields if field[0] not in names), *added)
        return fields

    def find_credentials(self, path: str) -> tuple[str, ...]:
        """Those that the last rule for the decoded `path` names that names any; none for anyone."""
        if not self.facts:
            return ()
        found = (known for matches, _, known in reversed(self._rules) if known and matches(path))
        return next(found, ())


def default_headers(entry: Entry) -> Headers:
    """The fields of `entry` that do not depend on the request."""
    fields = (
        ("content-type", entry.media_type),
        ("cache-control", IMMUTABLE if entry.immutable else REVALIDATE),
        ("x-content-type-options", "nosniff"),
    )
    return (*fields, *_DOCUMENT_FIELDS) if is_document(entry) else fields


def without_content(headers: Headers) -> Headers:
    """`headers` without those that describe a body, for an answer that has none."""
    return tuple(field for field in headers if field[0] not in _OF_CONTENT)


def is_document(entry: Entry) -> bool:
    """Whether a browser may show `entry` as a page, so that framing and referrers matter."""
    return entry.media_type.lower().startswith(_DOCUMENTS)


def _compile(pattern: str) -> Callable[[str], object]:
    """What tells whether a decoded path matches `pattern`, in any case of its letters."""
    parts: list[str] = []
    for segment in pattern.split("/"):
        if not segment:
            continue
        if segment == "*":
            parts.append("(?:/.*)?")
        elif segment.startswith(":"):
            parts.append("/[^/]+")
        else:
            parts.append("/" + ".*".join(map(re.escape, segment.split("*"))))
    return re.compile("".join(parts) + "/?", re.IGNORECASE | re.DOTALL).fullmatch


def _clean(headers: Iterable[tuple[str, str]]) -> Headers:
    named = ((name.strip().lower(), value.strip()) for name, value in headers)
    return tuple(
        (name, value)
        for name, value in named
        if name not in EDGE_FIELDS and _NAME.fullmatch(name) and _VALUE.fullmatch(value)
    )
