"""Rules written for other hosts are read back as they were."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pectin.build.configuration.rule_lines import LineReader
from pectin.build.output.rule_lines import render_headers, render_redirects
from pectin.values.rules import Conditions, HeaderRule, Redirect

words = st.text("abcxyz019-_", min_size=1, max_size=4)
paths = st.lists(words, max_size=3).map(lambda parts: "/" + "/".join(parts))
codes = st.lists(words, max_size=2).map(tuple)
redirects = st.builds(
    Redirect,
    st.one_of(paths, paths.map(lambda path: f"{path.rstrip('/')}/*")),
    st.one_of(paths, paths.map(lambda path: f"https://b.example{path}?a=b#c")),
    st.sampled_from([301, 302, 307]),
    st.booleans(),
    st.sampled_from(["", "https://old.example"]),
    st.dictionaries(words, words, max_size=2).map(lambda given: tuple(given.items())),
    st.builds(Conditions, codes, codes, codes),
)
fields = st.dictionaries(
    words, st.text("abc,; =", min_size=1).map(str.strip).filter(bool), max_size=2
)
credentials = st.lists(st.builds("{}:{}".format, words, words), max_size=2).map(tuple)
headers = st.builds(
    HeaderRule, paths, fields.map(lambda given: tuple(given.items())), credentials
).filter(lambda rule: rule.headers or rule.credentials)


@given(st.lists(redirects))
def test_redirects_come_back(rules: list[Redirect]) -> None:
    reader = LineReader("_redirects", render_redirects(rules).decode())
    assert [written.redirect for written in reader.read_redirects()] == rules
    assert reader.problems == []


@given(st.lists(headers))
def test_headers_come_back(rules: list[HeaderRule]) -> None:
    reader = LineReader("_headers", render_headers(rules).decode())
    assert list(reader.read_headers()) == rules
    assert reader.problems == []
