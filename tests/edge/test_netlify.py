"""Redirect rules against Netlify's own matcher, `netlify-redirector` of npm.

Where the two differ on purpose is listed in docs/decisions/0120-redirect-rules-of-netlify.md. What is made here
keeps away from that: paths have one slash between segments, no letters that URLs encode, no names of
assets, and no rule leads to where its request is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.npm_packages import Asked, start

from pectin.edge.model import Request
from pectin.edge.redirects import Redirects
from pectin.values.rules import Conditions, Redirect

ORIGINS = ("https://a.example", "http://a.example", "https://b.example")
SEGMENTS = ("a", "b", "ab", "a-b")
NAMES = ("x", "y")
LANGUAGES = ("en", "en-gb", "de", "fr")
COUNTRIES = ("us", "de", "ca")
COOKIES = ("beta", "staff")


@pytest.fixture(scope="module")
def netlify() -> Iterator[Asked]:
    with start("netlify_rules.mjs") as program:
        yield program


parts = st.one_of(
    st.sampled_from(SEGMENTS),
    st.sampled_from([f":{name}" for name in NAMES]),
    st.sampled_from(["*", "a*"]),
)


@st.composite
def sources(draw: st.DrawFn) -> str:
    """A path pattern with at most one splat, and each placeholder once."""
    segments: list[str] = []
    for segment in draw(st.lists(parts, max_size=4)):
        is_splat = "*" in segment and any("*" in other for other in segments)
        if not is_splat and (segment[0] != ":" or segment not in segments):
            segments.append(segment)
    return "/" + "/".join(segments) + draw(st.sampled_from(["", "/"]) if segments else st.just(""))


targets = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["/to", "https://c.example/to"]),
        st.lists(
            st.sampled_from(["/:x", "/:y", "/:xz", "/:splat", "/q", "-:x", "/:none"]), max_size=3
        ).map("".join),
    ),
)


def subsets(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


rules = st.builds(
    Redirect,
    sources(),
    targets,
    st.sampled_from([301, 302, 307, 308]),
    st.booleans(),
    st.sampled_from(["", "", "", *ORIGINS]),
    st.lists(
        st.sampled_from([("p", ":x"), ("q", ":y"), ("p", "1"), ("r", "2")]), max_size=2, unique=True
    ).map(lambda pairs: tuple(dict(pairs).items())),
    st.builds(
        Conditions,
        st.one_of(st.just(()), subsets(COUNTRIES)),
        st.one_of(st.just(()), subsets(LANGUAGES)),
        st.one_of(st.just(()), subsets(COOKIES)),
    ),
)

requests = st.builds(
    Request,
    method=st.just("GET"),
    path=st.builds(
        lambda segments, slash: f"/{'/'.join(segments)}{slash if segments else ''}",
        st.lists(st.sampled_from([*SEGMENTS, "c"]), max_size=4),
        st.sampled_from(["", "/"]),
    ),
    query=st.lists(
        st.sampled_from(["p=1", "p=2", "q=3", "r=2", "r="]), max_size=3, unique_by=lambda p: p[0]
    ).map("&".join),
    origin=st.sampled_from(ORIGINS),
    country=st.sampled_from(["", *COUNTRIES]),
    language=st.sampled_from(["", *LANGUAGES, "fr-ch"]),
    cookies=st.sets(st.sampled_from(COOKIES)).map(frozenset),
)


def write(rule: Redirect) -> str:
    """`rule` as a line of `_redirects`."""
    conditions = [
        f"{name}={','.join(values)}"
        for name, values in (
            ("Country", rule.conditions.countries),
            ("Language", rule.conditions.languages),
            ("Cookie", rule.conditions.cookies),
        )
        if values
    ]
    query = [f"{name}={value}" for name, value in rule.query]
    status = f"{rule.status}{'!' if rule.force else ''}"
    return " ".join([rule.origin + rule.source, *query, rule.target, status, *conditions])


def describe(request: Request) -> dict[str, Any]:
    return {
        "path": request.path,
        "query": request.query,
        "origin": request.origin,
        "headers": {"x-country": request.country, "x-language": request.language},
        "cookies": dict.fromkeys(request.cookies, "1"),
    }


def answer(redirects: Redirects, request: Request) -> tuple[int, str, bool] | None:
    found = redirects.find(request.path, request).found
    if found is None:
        return None
    location = found.location
    return found.redirect.status, _tidy(location.origin + location.path), found.redirect.force


@settings(
    max_examples=400,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(rules, min_size=1, max_size=5), st.lists(requests, min_size=1, max_size=8))
def test_netlify_answers_the_same(
    netlify: Asked, made: list[Redirect], asked: list[Request]
) -> None:
    text = "\n".join(map(write, made)) + "\n"
    answers = netlify.ask("match", rules=text, requests=list(map(describe, asked)))
    redirects = Redirects(made)
    for request, found in zip(asked, answers, strict=True):
        theirs = found and (found["status"], _tidy(found["to"]), found["force"])
        assert answer(redirects, request) == theirs, (text, request)


def _tidy(url: str) -> str:
    """`url` with one slash between the segments of its path, as Pectin writes it."""
    parts = urlsplit(url)
    path = "/".join(["", *filter(None, parts.path.split("/"))])
    path += "/" if parts.path.endswith("/") and path != "" else ""
    return parts._replace(path=path).geturl()
