from __future__ import annotations

import pytest

from pectin.build.suggestions import suggest


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("slugfy", ["slugify", "sort"], "slugify"),
        ("titel", ["title", "template"], "title"),
        ("bse.html", ["base.html", "page.html"], "base.html"),
        ("css/main.cs", ["css/main.css", "js/main.js"], "css/main.css"),
        ("shoutt", ["sort", "shuffle"], ""),
        ("nope.html", ["page.html", "base.html"], ""),
        ("x", ["y"], ""),
        ("", ["a"], ""),
    ],
)
def test_only_a_name_that_is_near_is_suggested(name: str, known: list[str], meant: str) -> None:
    assert suggest(name, known) == (f"did you mean `{meant}`?" if meant else "")
