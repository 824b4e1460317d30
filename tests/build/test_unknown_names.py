"""Names that templates use and that there are not are told; all others are left alone."""

from __future__ import annotations

import pytest
from minijinja import Environment, TemplateError
from tests.build.conftest import BuildSite

from pectin.build.templates.environment import (
    BUILT_IN_FILTERS,
    BUILT_IN_FUNCTIONS,
    BUILT_IN_TESTS,
)

UNKNOWN = {"unknown-function", "unknown-filter", "unknown-test"}
PART = "{% macro greet(name) %}{{ name() if name is defined }}{% endmacro %}"


def is_known(text: str) -> bool:
    try:
        Environment().render_str(text, x=None)
    except TemplateError as error:
        return "is unknown" not in str(error).partition("\n")[0]
    return True


def test_the_names_that_are_built_in_are_those_of_the_engine() -> None:
    assert all(is_known(f"{{{{ x|{name} }}}}") for name in BUILT_IN_FILTERS)
    assert all(is_known(f"{{{{ x is {name} }}}}") for name in BUILT_IN_TESTS)
    assert all(is_known(f"{{{{ {name}() }}}}") for name in BUILT_IN_FUNCTIONS)
    assert not is_known("{{ x|nothing }}")
    assert not is_known("{{ x is nothing }}")
    assert not is_known("{{ nothing() }}")


@pytest.mark.parametrize(
    "text",
    [
        PART + "{{ greet() }}{% call greet() %}x{% endcall %}",
        "{% import 'part.html' as part %}{{ part.greet() }}",
        "{% from 'part.html' import greet as hail, greet %}{{ hail() }}{{ greet() }}",
        "{% for f in [] %}{{ f(1) }}{% endfor %}{% for a, f in {}|items %}{{ f() }}{% endfor %}",
        "{% set f, g = 1, 2 %}{% if false %}{{ f() }}{{ g (2) }}{% endif %}",
        "{% with f = 1 %}{% if false %}{{ f() }}{% endif %}{% endwith %}",
        "{% if f is defined %}{{ f() }}{% endif %}{% if g is not undefined %}{{ g() }}{% endif %}",
        "{% if 'shout' is filter %}{{ 1|shout }}{% endif %}{% if 'big' is not test %}{% else %}{{ 1 is big }}{% endif %}",
        "{% macro wrap() %}{{ caller() }}{% endmacro %}{% call wrap() %}x{% endcall %}",
        "{% for x in [1] recursive %}{% if false %}{{ loop([]) }}{% endif %}{{ loop.cycle(1, 2) }}{% endfor %}",
        "{{ page.title.upper() }}{{ 'x'.nothing if false }}{{ (page.nothing() if false) }}",
        "{{ 'nothing() and 1|nothing is nothing' }}{# {{ nothing() }} #}{% raw %}{{ nothing() }}{% endraw %}",
        '{{ "}} is nothing | nothing }}" }}nothing() | nothing',
        "{% if not (1) and (2) or (3) in [4] %}{% elif (5) %}{% endif %}{{ 1 if (2) else (3) }}",
        "{% if 4 is divisibleby(2) and 1 is not sameas (2) %}{% endif %}{{ 1 is in [1] }}",
        "{{ range(3)|list|length }}{{ dict(a=1).a }}{% set n = namespace(a=1) %}{% set n.a = 2 %}",
        "{% set made = 1 %}{% include 'shows.html' %}",
        "{% block a %}{{ super() if false }}{% endblock %}{{ self.a() }}",
        "{{ [1]|map('upper')|join|upper|default('x', true) }}{{ page.title|replace('a', 'b') }}",
    ],
)
def test_what_is_there_or_made_or_asked_for_is_no_mistake(build_site: BuildSite, text: str) -> None:
    files = {
        "content/a.md": "",
        "templates/part.html": PART,
        "templates/never.html": text,
    }
    if "shows.html" in text:
        files["templates/shows.html"] = "{% if false %}{{ made() }}{% endif %}"
    assert UNKNOWN.isdisjoint(build_site(files).codes)


def test_what_a_page_needs_is_told_once_and_where_it_stands(build_site: BuildSite) -> None:
    text = "{{ page.title\n |upper\n\n |nofilter }}"
    built = build_site({"content/a.md": "", "templates/page.html": text})
    (problem,) = built.build.problems
    assert str(problem.place) == "templates/page.html:4:3"
    assert problem.notes == ("while rendering content/a.md",)
