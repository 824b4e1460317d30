"""The rules that are compiled into a snapshot beside its files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Redirect:
    """Send requests for `source` to `target` with `status` (301, 302, 303, 307 or 308).

    `source` is a URL path whose segments may be placeholders (`/:year/:slug`), and which may
    end in a splat (`/old/*`). `target` is a path or an absolute http(s) URL that may use the
    same placeholders and `:splat`.
    """

    source: str
    target: str
    status: int = 301


@dataclass(frozen=True, slots=True)
class HeaderRule:
    """Add `headers` (name, value) to responses whose URL path matches `pattern`.

    `pattern` is a path that may end in `*`.
    """

    pattern: str
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a snapshot. The first redirect that matches wins; header rules add up."""

    redirects: tuple[Redirect, ...] = ()
    headers: tuple[HeaderRule, ...] = ()


EDGE_FIELDS = frozenset(
    {
        "accept-ranges",
        "connection",
        "content-encoding",
        "content-length",
        "content-range",
        "date",
        "etag",
        "keep-alive",
        "last-modified",
        "location",
        "proxy-connection",
        "set-cookie",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "vary",
    }
)
"""Response fields that no header rule may set: the edge computes them, or nobody caches them well."""
