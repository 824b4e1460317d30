"""The names that `where` and `sort_by` read pages by."""

from __future__ import annotations

import pytest
from tests.build.conftest import BuildSite, Built


def render(expression: str, build_site: BuildSite) -> Built:
    return build_site(
        {
            "content/a.md": "---\ndate: 2026-01-02\nfoo: bar\n---\n",
            "content/b.md": "",
            "templates/section.html": "{{ (" + expression + ")|length }}",
        }
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("titel", "did you mean `title`?"),
        ("foo", "a key of front matter is `params.foo`"),
        ("section.titel", "did you mean `title`?"),
    ],
)
def test_a_name_that_pages_do_not_have_is_an_error(
    name: str, hint: str, build_site: BuildSite
) -> None:
    for call in (f'where("{name}")', f'sort_by("{name}")'):
        (problem,) = render(f"site.pages|{call}", build_site).build.problems
        assert problem.code == "undefined"
        assert problem.hint == hint
        assert str(problem.place) == "templates/section.html:1:16"


@pytest.mark.parametrize(
    ("call", "count"),
    [
        ('where("params.foo", "bar")', 1),
        ('where("params.foo.deeper", "bar")', 0),
        ('where("params.nope", "bar")', 0),
        ('where("date.year", 2026)', 1),
        ('sort_by("params.nope")', 2),
        ('rejectattr("params.foo")', 1),
    ],
)
def test_a_key_of_front_matter_may_be_missing(call: str, count: int, build_site: BuildSite) -> None:
    assert render(f"site.pages|{call}", build_site).text("/index.html") == str(count)
