"""Rule files against Netlify's own parsers, of npm.

Theirs take words that mean nothing for conditions and statuses, which ours refuse; what is made here are
files that mean something.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.npm_packages import Asked, start

from pectin.build.configuration.rule_lines import LineReader
from pectin.values.rules import Redirect

_SETTINGS = settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def netlify() -> Iterator[Asked]:
    with start("netlify_rules.mjs") as program:
        yield program


blanks = st.sampled_from([" ", "  ", "\t", " \t "])
words = st.text("abcxyz-_.0123", min_size=1, max_size=5).filter(lambda word: word.strip("."))
paths = st.lists(words, max_size=3).map(lambda parts: "/" + "/".join(parts))
froms = st.one_of(
    paths,
    paths.map(lambda path: f"{path.rstrip('/')}/*"),
    paths.map(lambda path: f"{path.rstrip('/')}/:slug"),
    paths.map(lambda path: f"https://old.example{path}"),
)
parameters = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["1", ":x", ":y"]), max_size=2)
conditions = st.dictionaries(
    st.sampled_from(["Country", "Language", "Cookie", "country", "language"]),
    st.lists(st.sampled_from(["de", "fr", "at"]), min_size=1, max_size=2).map(",".join),
    max_size=2,
).filter(lambda given: len({name.lower() for name in given}) == len(given))
statuses = st.one_of(
    st.just(""),
    st.builds(
        lambda status, mark: f"{status}{mark}",
        st.sampled_from([200, 301, 302, 307, 404, 410]),
        st.sampled_from(["", "!"]),
    ),
)


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A line of `_redirects`."""
    if draw(st.integers(0, 5)) == 0:
        return draw(st.sampled_from(["", "   ", "# a comment", "  # /a /b", "/only", "/x nowhere"]))
    status = draw(statuses)
    given = draw(conditions) if status else {}
    found = [
        draw(froms),
        *("=".join(pair) for pair in draw(parameters).items()),
        draw(paths),
        status,
    ]
    found += ["=".join(pair) for pair in given.items()]
    blank, comment = draw(blanks), draw(st.sampled_from(["", " # why", " #why /x"]))
    return draw(st.sampled_from(["", " "])) + blank.join(filter(None, found)) + comment


def describe(rule: Redirect) -> dict[str, Any]:
    asked = rule.conditions
    named = {"Country": asked.countries, "Language": asked.languages, "Cookie": asked.cookies}
    return {
        "from": f"{rule.origin}{rule.source}",
        "to": rule.target,
        "status": rule.status,
        "force": rule.force,
        "query": dict(rule.query),
        "conditions": {name: list(values) for name, values in named.items() if values},
    }


def normalize(theirs: dict[str, Any]) -> dict[str, Any]:
    given = theirs["conditions"]
    listed = {
        name: values if isinstance(values, list) else values.split(",")
        for name, values in given.items()
    }
    return {
        "from": theirs["from"],
        "to": theirs["to"],
        "status": theirs.get("status", 301),
        "force": theirs["force"],
        "query": theirs["query"],
        "conditions": listed,
    }


@_SETTINGS
@given(st.lists(lines(), max_size=6))
def test_netlify_reads_the_same_redirects(
    netlify: Asked, tmp_path: Path, written: list[str]
) -> None:
    file = tmp_path / "_redirects"
    text = "\n".join(written)
    file.write_text(text)
    theirs = netlify.ask("redirects", file=str(file))
    reader = LineReader("static/_redirects", text)
    ours = [describe(rule.redirect) for rule in reader.read_redirects()]
    # Netlify keeps the last of equal rules, which can never apply: the first does.
    assert list(map(normalize, theirs["redirects"])) == _without_repeats(ours), text
    assert len(reader.problems) == theirs["errors"], text


def _without_repeats(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [rule for number, rule in enumerate(rules) if rule not in rules[number + 1 :]]


patterns = (
    st.lists(st.one_of(words, st.sampled_from([":a", "*", "a*b"])), max_size=3)
    .map(lambda parts: "/" + "/".join(parts))
    .filter(lambda pattern: pattern.count("*") < 2)
)
fields = st.builds(
    lambda name, blank, value: f"{name}:{blank}{value}",
    st.sampled_from(["X-A", "X-B", "Link", "Cache-Control"]),
    st.sampled_from(["", " ", "  "]),
    st.sampled_from(["1", "a, b", "max-age=0", "</x>; rel=a", "https://x:1/"]),
)
blocks = st.builds(
    lambda pattern, indent, given: [pattern, *(f"{indent}{field}" for field in given)],
    patterns,
    st.sampled_from(["", "  ", "\t"]),
    st.lists(fields, max_size=3),
)


@_SETTINGS
@given(st.lists(blocks, max_size=3))
def test_netlify_reads_the_same_headers(
    netlify: Asked, tmp_path: Path, written: list[list[str]]
) -> None:
    file = tmp_path / "_headers"
    text = "\n".join(line for block in written for line in block)
    file.write_text(text)
    theirs = netlify.ask("headers", file=str(file))
    reader = LineReader("static/_headers", text)
    ours = [
        {"pattern": rule.pattern, "values": _tidy(dict(rule.headers))}
        for rule in reader.read_headers()
    ]
    listed = [
        {"pattern": one["pattern"], "values": _tidy(one["values"])} for one in theirs["headers"]
    ]
    assert listed == _without_repeats(ours)
    assert len(reader.problems) == theirs["errors"] == 0, text


def _tidy(values: dict[str, str]) -> dict[str, str]:
    """`values` with one blank behind each comma, as Netlify writes it."""
    return {
        name: ", ".join(part.strip() for part in value.split(",")) for name, value in values.items()
    }


@given(st.text())
def test_any_text_makes_rules_or_problems_with_places(text: str) -> None:
    for path in ("static/_redirects", "static/_headers"):
        reader = LineReader(path, text)
        list(reader.read_redirects() if path.endswith("_redirects") else reader.read_headers())
        assert all(problem.place and problem.place.file == path for problem in reader.problems)
