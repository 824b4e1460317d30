from __future__ import annotations

import pytest
from tests.build.conftest import CONFIG

from pectin.adapters.memory_source import MemorySource
from pectin.build.problems import Problems
from pectin.build.site.files import sort_files
from pectin.build.templates.closure import Closures, find_named
from pectin.build.templates.library import Templates


def closures_of(templates: dict[str, str]) -> Closures:
    source = MemorySource(
        {"pectin.toml": CONFIG, **{f"templates/{name}": text for name, text in templates.items()}}
    )
    files = sort_files(source.paths())
    return Closures(Templates(files, source, {"foot.html": "foot"}, Problems()))


def print_of(**templates: str) -> bytes:
    return (
        closures_of({f"{name}.html": text for name, text in templates.items()}).of("a.html").print
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        ("{% include 'b.html' %}", ["b.html"]),
        ('{%- extends "b.html" -%}', ["b.html"]),
        ("{% import 'b.html' as b %}{% from 'c.html' import d as e %}", ["b.html", "c.html"]),
        ("{% include ['b.html', \"c.html\"] ignore missing %}", ["b.html", "c.html"]),
        ("{% include 'b.html' with context %}", ["b.html"]),
        ("{% include name %}", None),
        ("{% include 'b-' ~ name ~ '.html' %}", None),
        ("{% extends 'b.html' if x else 'c.html' %}", None),
        ("{% includes 'b.html' %}", []),
    ],
)
def test_a_template_names_what_it_is_made_of_or_only_rendering_tells(
    text: str, names: list[str] | None
) -> None:
    assert find_named(text) == names


def test_what_is_included_counts_however_far_away() -> None:
    near = print_of(a="{% include 'b.html' %}", b="{% include 'c.html' %}", c="x")
    assert near != print_of(a="{% include 'b.html' %}", b="{% include 'c.html' %}", c="y")
    assert near == print_of(a="{% include 'b.html' %}", b="{% include 'c.html' %}", c="x", d="z")


def test_a_template_that_is_not_there_is_another_than_an_empty_one() -> None:
    asked = "{% include 'b.html' ignore missing %}"
    assert print_of(a=asked) != print_of(a=asked, b="")


def test_where_a_name_is_computed_every_template_counts() -> None:
    assert print_of(a="{% include x %}", b="1") != print_of(a="{% include x %}", b="2")


def test_templates_that_include_each_other_have_a_closure() -> None:
    assert print_of(a="{% include 'b.html' %}", b="{% include 'a.html' %}")


def test_only_a_template_that_says_today_depends_on_the_day() -> None:
    closures = closures_of(
        {"a.html": "{% include 'b.html' %}", "b.html": "{{ today }}", "c.html": ""}
    )
    assert closures.of("a.html").uses_today
    assert not closures.of("c.html").uses_today
    assert closures.any_uses_today()
