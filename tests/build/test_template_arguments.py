"""What templates hand to Pectin's functions and filters is what those take, or a placed problem."""

from __future__ import annotations

from typing import Any

import pytest
from tests.build.conftest import BuildSite

from pectin.build.faults import FAULTS, TemplateFault
from pectin.build.templates.arguments import Guarded, guard_filters
from pectin.build.templates.filters import make_filters

UNDEFINED = [
    "{{ page.titel|plain }}",
    "{{ nope|truncate_words(3) }}",
    "{{ nope|markdown }}",
    "{{ nope|xml_escape }}",
    "{{ nope|json }}",
    "{{ nope|tojson }}",
    "{{ nope|date }}",
    "{{ none|absolute_url }}",
    "{{ page.params.img|absolute_url }}",
    "{{ absolute_url(page.params.img) }}",
    "{{ get_page(page.params.x) }}",
    "{{ stylesheet(page.params.css) }}",
    "{{ page.params.x|slugify }}",
    '{{ site.pages|where("params.foo", nope) }}',
]
WRONG = {
    "{{ 1|slugify }}": "the value before `|slugify` must be text, not the number 1",
    "{{ true|slugify }}": "the value before `|slugify` must be text, not true",
    "{{ page|slugify }}": "the value before `|slugify` must be text, not a page",
    "{{ today.isoformat|plain }}": "the value before `|plain` must be a value, not a function",
    "{{ asset(3) }}": "`name` of `asset` must be text, not the number 3",
    "{{ get_section(5) }}": "`path` of `get_section` must be text, not the number 5",
    '{{ site.pages|where(5, "y") }}': "`key` of `where` must be text, not the number 5",
    '{{ "a"|number }}': "the value before `|number` must be a number, not the text 'a'",
    '{{ "a"|take(1) }}': "the value before `|take` must be a list, not the text 'a'",
    "{{ site.data|take(1) }}": "the value before `|take` must be a list, not a table of keys",
    "{{ site.pages|take(true) }}": "`count` of `take` must be a whole number, not true",
    '{{ site.pages|sort_by("date", reverse="x") }}': (
        "`reverse` of `sort_by` must be true or false, not the text 'x'"
    ),
    "{{ raise() }}": "`raise` is called wrongly: missing a required argument: 'message'",
}
VALUES: tuple[Any, ...] = (
    0,
    1.5,
    True,
    "",
    "x",
    (),
    [1],
    ["x"],
    [{}],
    [{"date": "x"}],
    {},
    {"a": 1},
    len,
    object(),
)


@pytest.mark.parametrize("template", UNDEFINED)
def test_an_undefined_argument_is_an_error_with_its_place(
    template: str, build_site: BuildSite
) -> None:
    built = build_site({"content/a.md": "", "templates/page.html": f"\n{template}"})
    (problem,) = built.build.problems
    assert problem.code == "undefined"
    assert str(problem.place).startswith("templates/page.html:2:")


@pytest.mark.parametrize(("template", "message"), WRONG.items())
def test_a_wrong_argument_is_an_error_with_its_place(
    template: str, message: str, build_site: BuildSite
) -> None:
    built = build_site({"content/a.md": "", "templates/page.html": f"\n{template}"})
    (problem,) = built.build.problems
    assert (problem.code, problem.message) == ("template-error", message)
    assert str(problem.place).startswith("templates/page.html:2:")


@pytest.mark.parametrize("name", make_filters())
def test_a_filter_raises_nothing_but_what_is_told_with_a_place(name: str) -> None:
    guarded = guard_filters(make_filters())[name]
    for value in VALUES:
        for rest in ((), *((other,) for other in VALUES), ("a", "b")):
            try:
                guarded(value, *rest)
            except FAULTS:
                continue


def test_a_type_that_was_taken_once_is_looked_at_no_more_and_another_is() -> None:
    def double(text: str) -> str:
        return text * 2

    guarded = Guarded("double", double, is_filter=True)
    assert [guarded("a"), guarded("b"), guarded(text="c")] == ["aa", "bb", "cc"]
    with pytest.raises(TemplateFault, match="must be text"):
        guarded(1)
