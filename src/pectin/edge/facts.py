"""What rules may look at beside the address of a request, and what answers say of that."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import Enum
from itertools import chain

from pectin.edge.model import Headers, Request
from pectin.values.rules import Conditions, Redirect

PRIVATE = "private, max-age=0, must-revalidate"
"""For answers that no shared cache may give to another client."""


class Fact(Enum):
    """Something about a request. Where rules look at none, an answer is the same for everybody."""

    QUERY = "query"
    ORIGIN = "origin"
    COUNTRY = "country"
    LANGUAGE = "language"
    COOKIES = "cookies"
    AUTHORIZATION = "authorization"


_VARY = {
    Fact.LANGUAGE: ("accept-language", "cookie"),
    Fact.COUNTRY: ("cookie",),
    Fact.COOKIES: ("cookie",),
    Fact.AUTHORIZATION: ("authorization",),
}
_OF_ONE_CLIENT = frozenset({Fact.COUNTRY, Fact.COOKIES, Fact.AUTHORIZATION})


def list_facts(redirect: Redirect) -> frozenset[Fact]:
    """The facts that `redirect` looks at."""
    conditions = redirect.conditions
    asked = {
        Fact.QUERY: redirect.query,
        Fact.ORIGIN: redirect.origin,
        Fact.COUNTRY: conditions.countries,
        Fact.LANGUAGE: conditions.languages,
        Fact.COOKIES: conditions.cookies,
    }
    return frozenset(fact for fact, values in asked.items() if values)


def join_conditions(all_of_them: Iterable[Conditions]) -> Conditions:
    """All values that some condition names, of each kind: what has to be known of a request."""
    conditions = tuple(all_of_them)
    return Conditions(
        _join(one.countries for one in conditions),
        _join(one.languages for one in conditions),
        _join(one.cookies for one in conditions),
    )


def find_language(tag: str, wanted: Iterable[str]) -> str:
    """The most exact of the tags `wanted` that the language `tag` meets; "" for none of them."""
    met = [other for other in wanted if _speaks(tag, (other,))]
    return max(met, key=len, default="")


def _join(values: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted(set(chain.from_iterable(values))))


def meets(request: Request, redirect: Redirect) -> bool:
    """Whether `request` has the origin that `redirect` is for, and all that it asks."""
    if redirect.origin and request.origin != redirect.origin:
        return False
    conditions = redirect.conditions
    if conditions.is_met_by_all:
        return True
    return (
        (not conditions.countries or request.country in conditions.countries)
        and (not conditions.languages or _speaks(request.language, conditions.languages))
        and (not conditions.cookies or not request.cookies.isdisjoint(conditions.cookies))
    )


def _speaks(language: str, wanted: Collection[str]) -> bool:
    """Whether one of `wanted` is `language`, or what it is a variety of: `en` is met by `en-gb`."""
    return any(language == tag or language.startswith(f"{tag}-") for tag in wanted)


def mark(headers: Headers, facts: Iterable[Fact]) -> Headers:
    """`headers` of an answer that depended on `facts`, so that caches keep it apart or not at all."""
    names = [name for fact in Fact if fact in set(facts) for name in _VARY.get(fact, ())]
    if not names:
        return headers
    others = tuple(field for field in headers if field[0] != "vary")
    vary = dict.fromkeys([value for name, value in headers if name == "vary"] + names)
    if not _OF_ONE_CLIENT.isdisjoint(facts):
        others = tuple(
            (name, PRIVATE) if name == "cache-control" else (name, value) for name, value in others
        )
    return (*others, ("vary", ", ".join(vary)))
