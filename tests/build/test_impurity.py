"""Calls that would make a page depend on more than what it asks are refused."""

import pytest
from tests.build.conftest import BuildSite

PAGE = "content/a.md"


def codes_of(build_site: BuildSite, template: str) -> list[str]:
    return build_site({PAGE: "---\ntags: []\n---\n", "templates/page.html": template}).codes


@pytest.mark.parametrize(
    "call",
    [
        "{% set _ = site.params.x.append(1) %}",
        "{% set _ = page.params . update ({'a': 1}) %}",
        "{{ page.date.now() }}",
        "{{ today.today() }}",
        "{% if page.date.astimezone() %}{% endif %}",
        "{{ page.params|attr('pop') }}",
    ],
)
def test_a_call_that_changes_a_value_or_asks_the_clock_is_refused(
    build_site: BuildSite, call: str
) -> None:
    assert "impure-call" in codes_of(build_site, f"{{% if false %}}{call}{{% endif %}}")


@pytest.mark.parametrize(
    "text",
    [
        "list.append(1) in text",
        "{# x.append(1) #}",
        "{% raw %}{{ x.append(1) }}{% endraw %}",
        "{{ 'x.append(1)' }}",
        "{{ today }}{{ {'now': 1}.now }}",
        "{% for key, value in page.params.items() %}{% endfor %}",
    ],
)
def test_all_else_is_left_alone(build_site: BuildSite, text: str) -> None:
    assert codes_of(build_site, text) == []


def test_it_is_told_where_it_stands(build_site: BuildSite) -> None:
    built = build_site({PAGE: "", "templates/page.html": "a\n{{ today.today() }}"})
    (problem,) = built.build.problems
    assert str(problem.place) == "templates/page.html:2:10"
