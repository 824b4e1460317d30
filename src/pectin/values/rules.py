"""The rules that are compiled into a snapshot beside its files."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a request must have beside its address: of each kind one of those that are named.

    `countries` are ISO 3166-1 codes and `languages` tags of BCP 47, both in lower case; `cookies` are
    names of cookies that are not empty. A kind of which none is named is met by every request.
    """

    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    cookies: tuple[str, ...] = ()

    @property
    def is_met_by_all(self) -> bool:
        """Whether nothing is asked."""
        return not (self.countries or self.languages or self.cookies)


ANYONE = Conditions()
"""Met by every request."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """Answer requests for `source` from `target` with `status`.

    301, 302, 303, 307 and 308 send the client there. 200 answers with the file at `target`, under
    the address that was asked for, and so does a status from 400 on, as itself.

    `source` is a URL path whose segments may be placeholders (`/:year/:slug`) and which may have a
    splat (`/old/*`); `origin` is the origin that it is for, or "" for all of a site. `query` are
    parameters that must be there, each with its value or a placeholder. `target` is a path or an
    absolute http(s) URL that may use the same placeholders and `:splat`. With `force` the rule goes
    before a file at the address.
    """

    source: str
    target: str
    status: int = 301
    force: bool = False
    origin: str = ""
    query: tuple[tuple[str, str], ...] = ()
    conditions: Conditions = field(default=ANYONE)

    @property
    def is_error(self) -> bool:
        """Whether it says that there is nothing."""
        return self.status >= 400  # noqa: PLR2004  # the classes of errors

    @property
    def is_rewrite(self) -> bool:
        """Whether the client is answered at once, and not sent elsewhere."""
        return not 300 <= self.status < 400  # noqa: PLR2004  # the class of redirections


@dataclass(frozen=True, slots=True)
class HeaderRule:
    """Add `headers` (name, value) to responses whose URL path matches `pattern`.

    A segment of `pattern` may be a placeholder (`/:year/`) or have a `*`, which stands for anything;
    `/fonts/*` is for `/fonts` too. Who asks must have one of `credentials` (`name:password`), if there
    are any.
    """

    pattern: str
    headers: tuple[tuple[str, str], ...]
    credentials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a snapshot. The first redirect that matches wins; header rules add up."""

    redirects: tuple[Redirect, ...] = ()
    headers: tuple[HeaderRule, ...] = ()


RESERVED = "/.netlify"
"""Below this no rule is for anything, at Netlify as here."""

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
        "www-authenticate",
    }
)
"""Response fields that no header rule may set: the edge computes them, or nobody caches them well."""
