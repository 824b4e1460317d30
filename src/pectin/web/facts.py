"""What a site's rules look at beside the address of a request, read from it and no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

from pectin.edge.decision import Ruleset
from pectin.edge.facts import Fact, find_language
from pectin.web.messages import Scope

Facts = tuple[tuple[str, Any], ...]
"""Fields of the edge's Request, by name, in order. Hashable: what an answer that is kept depends on."""

Network = IPv4Network | IPv6Network

_COUNTRY_COOKIE = "nf_country"
_LANGUAGE_COOKIE = "nf_lang"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the operator says of the server's place.

    `scheme` is what clients speak where a proxy in front ends TLS, "" to believe the connection.
    `country_field` is the header field (lower case) in which a proxy at one of `proxies` tells the country;
    from anybody else it is not believed.
    """

    scheme: str = ""
    country_field: str = ""
    proxies: tuple[Network, ...] = ()


NOWHERE = Surroundings()
"""A server with nothing in front that says anything."""


def read_facts(scope: Scope, host: bytes, ruleset: Ruleset, surroundings: Surroundings) -> Facts:
    """The facts that `ruleset` looks at, as the request of `scope` has them.

    Of what clients may make up only what some rule names is kept, so that they cannot make up answers.
    """
    wanted, named = ruleset.facts, ruleset.redirects.conditions
    facts: list[tuple[str, Any]] = []
    cookies = _read_cookies(scope) if wanted & _OF_COOKIES else {}
    if Fact.ORIGIN in wanted:
        facts.append(("origin", _read_origin(scope, host, surroundings)))
    if Fact.COUNTRY in wanted:
        country = cookies.get(_COUNTRY_COOKIE) or _read_country(scope, surroundings)
        facts.append(("country", country.lower() if country.lower() in named.countries else ""))
    if Fact.LANGUAGE in wanted:
        language = cookies.get(_LANGUAGE_COOKIE) or _read_language(scope)
        facts.append(("language", find_language(language.lower(), named.languages)))
    if Fact.COOKIES in wanted:
        given = frozenset(name for name in named.cookies if cookies.get(name))
        facts.append(("cookies", given))
    if Fact.AUTHORIZATION in wanted:
        facts.append(("authorization", _read_field(scope, b"authorization")))
    return tuple(facts)


_OF_COOKIES = frozenset({Fact.COUNTRY, Fact.LANGUAGE, Fact.COOKIES})


def _read_origin(scope: Scope, host: bytes, surroundings: Surroundings) -> str:
    scheme = surroundings.scheme or scope.get("scheme", "http")
    name = host.decode("latin-1").lower()
    bare, colon, port = name.rpartition(":")
    return f"{scheme}://{bare if colon and port.isdigit() else name}"


def _read_country(scope: Scope, surroundings: Surroundings) -> str:
    field = surroundings.country_field
    if not field or not _is_among(scope.get("client"), surroundings.proxies):
        return ""
    return _read_field(scope, field.encode("ascii")) or ""


def _is_among(client: tuple[str, int] | None, networks: Iterable[Network]) -> bool:
    try:
        address = ip_address(client[0]) if client else None
    except ValueError:  # a socket of the file system has no address
        return False
    return address is not None and any(address in network for network in networks)


def _read_language(scope: Scope) -> str:
    """The language that the client names first (RFC 9110 12.5.4), as Netlify reads the field."""
    field = _read_field(scope, b"accept-language") or ""
    return field.partition(",")[0].partition(";")[0].strip()


def _read_cookies(scope: Scope) -> dict[str, str]:
    """The cookies of a request (RFC 6265 5.4); of several of one name the first."""
    cookies: dict[str, str] = {}
    for pair in (_read_field(scope, b"cookie", "; ") or "").split(";"):
        name, equals, value = pair.partition("=")
        if equals:
            cookies.setdefault(name.strip(), value.strip().strip('"'))
    return cookies


def _read_field(scope: Scope, wanted: bytes, joint: str = ", ") -> str | None:
    values = [value.decode("latin-1") for name, value in scope["headers"] if name == wanted]
    return joint.join(values) if values else None
