"""Content-Security-Policy as a value, for what must be allowed beside the author's own."""

from __future__ import annotations

_STRICT = ("'nonce-", "'sha256-", "'sha384-", "'sha512-", "'strict-dynamic'")


def allow_source(policy: str, directive: str, source: str) -> str:
    """`policy` (CSP Level 3, 2.2: one serialized policy) with `source` allowed for `directive`.

    A policy that does not restrict the directive comes back as it is; one that does so by
    `default-src` gets the directive with the same sources and this one.
    """
    directives = dict(_split(part) for part in policy.split(";") if part.strip())
    sources = directives.get(directive, directives.get("default-src"))
    if sources is None or source in sources or _is_open(directive, sources):
        return policy
    directives[directive] = (*(s for s in sources if s.lower() != "'none'"), source)
    return "; ".join(" ".join((name, *values)) for name, values in directives.items())


def _split(part: str) -> tuple[str, tuple[str, ...]]:
    name, *sources = part.split()
    return name.lower(), tuple(sources)


def _is_open(directive: str, sources: tuple[str, ...]) -> bool:
    # A nonce beside 'unsafe-inline' would switch that off for the author's own scripts.
    if directive != "script-src" or "'unsafe-inline'" not in sources:
        return False
    return not any(source.lower().startswith(_STRICT) for source in sources)
