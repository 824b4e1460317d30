from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.build.globs import compile_glob

MATCHES = {
    "plum.md": {"plum.md", "fruit/plum.md", "a/b/plum.md"},
    "2024-*.md": {"2024-05-01-jam.md", "log/2024-.md"},
    "fruit/": {"fruit/plum.md", "fruit/stone/kiwi.md"},
    "fruit/*": {"fruit/plum.md"},
    "fruit/**": {"fruit/plum.md", "fruit/stone/kiwi.md"},
    "fruit/**/index.md": {"fruit/index.md", "fruit/a/b/index.md"},
    "**/index.md": {"index.md", "a/index.md"},
    "p?.[mh]*": {"pa.md", "x/pb.html"},
    "[!a].md": {"b.md"},
    "a+b.md": {"a+b.md"},
}
OTHERS = {
    "plum.md": {"plum.mdx", "xplum.md", "plum.md/x"},
    "2024-*.md": {"2025-05-01-jam.md", "2024-a/b.md"},
    "fruit/": {"fruit", "x/fruit/plum.md"},
    "fruit/*": {"fruit/stone/kiwi.md", "x/fruit/plum.md"},
    "fruit/**": {"fruit", "fruits/a.md"},
    "fruit/**/index.md": {"fruit/xindex.md", "index.md"},
    "p?.[mh]*": {"p.md", "pab.md", "p/.md"},
    "[!a].md": {"a.md", "/.md"},
    "a+b.md": {"aab.md"},
}


@pytest.mark.parametrize(("pattern", "paths"), MATCHES.items())
def test_a_pattern_is_for_what_it_says(pattern: str, paths: set[str]) -> None:
    assert {path for path in paths if compile_glob(pattern).fullmatch(path)} == paths


@pytest.mark.parametrize(("pattern", "paths"), OTHERS.items())
def test_a_pattern_is_for_nothing_else(pattern: str, paths: set[str]) -> None:
    assert not {path for path in paths if compile_glob(pattern).fullmatch(path)}


@given(st.text("ab*?[]!-^/.\\&~|", max_size=12))
def test_every_text_is_a_pattern(pattern: str) -> None:
    compile_glob(pattern).fullmatch("a/b.md")
