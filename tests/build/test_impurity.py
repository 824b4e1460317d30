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


SITE = {
    PAGE: "---\ndate: 2026-01-01\nlist: [1]\ntable: {a: [1]}\ntags: [x]\n---\n",
    "data/jams.yaml": "[{n: 1}]",
    "pectin.toml": 'name = "jam"\ntitle = "Jam"\nurl = "https://example.org"\n'
    "taxonomies = ['tags']\nparams = { x = [1] }\n[[menus.main]]\nname = 'M'\nurl = '/'\nparams = { a = [1] }\n",
}
VALUES = [
    "page.params.list", "page.params", "page.params.table.a", "site.params.x", "site.data.jams",
    "site.data.jams[0]", "site.taxonomies", "site.menus.main[0].params.a", "page.terms", "page.menus",
    "([page]|group_by('title'))", "([page]|take(1))",
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES)
def test_no_value_can_be_changed_by_a_name_that_is_computed(
    build_site: BuildSite, value: str
) -> None:
    text = f"{{% set change = {value}['cl' ~ 'ear'] %}}{{{{ change() }}}}"
    assert codes_of(build_site, text) != []
    kept = f"{{% set n = {value}|length %}}{{{{ {value}['cle' ~ 'ar'] is defined }}}} {{{{ n == {value}|length }}}}"
    built = build_site({**SITE, "templates/page.html": kept})
    assert built.text("/a/index.html") == "False True"


@pytest.mark.parametrize("name", ["today", "page.date", "page.date.date()", "page.params.when"])
@pytest.mark.parametrize("method", ["to' ~ 'day", "no' ~ 'w", "astime' ~ 'zone", "times' ~ 'tamp"])
def test_no_date_tells_the_time_by_a_name_that_is_computed(
    build_site: BuildSite, name: str, method: str
) -> None:
    page = "+++\ndate = 2026-01-01T10:00:00Z\nwhen = 2026-01-01T10:00:00Z\n+++\n"
    text = f"{{{{ ({name}['{method}'])() }}}}"
    assert build_site({PAGE: page, "templates/page.html": text}).codes == ["template-error"]
    text = f"{{{{ {name}.strftime('%s') }}}}"
    assert build_site({PAGE: page, "templates/page.html": text}).codes == ["bad-date-format"]


@pytest.mark.parametrize(
    "value",
    [
        *(f"{value}.items" for value in VALUES if value != "page.params.list"),
        "page.date.isoformat",
        "page.params.list.index",
        "site.pages.index",
        "site.data.keys",
        "get_page",
        "site.menus.main[0]",
        "page.resources",
    ],
)
def test_what_is_printed_has_no_address_in_memory(build_site: BuildSite, value: str) -> None:
    text = f"{{{{ {value}|default('') }}}}{{{{ [{value}|default('')] }}}}{{{{ '' ~ ({value}|default('')) }}}}"
    built = build_site({**SITE, "templates/page.html": text})
    assert " at 0x" not in built.text("/a/index.html")


@pytest.mark.parametrize(
    "asked", ["site.data.find('jams')", "site.data.check()", "site.pages.known", "site.pages.query"]
)
def test_nothing_is_asked_that_is_not_noted(build_site: BuildSite, asked: str) -> None:
    built = build_site({**SITE, "templates/page.html": f"{{{{ {asked} }}}}"})
    assert built.codes != []


def test_dates_and_tables_can_be_read_by_their_methods(build_site: BuildSite) -> None:
    text = (
        "{% for key, value in page.params.table.items() %}{{ key }}{{ value[0] }}{% endfor %}"
        "{{ page.params.get('none', 'x') }}{{ page.date.isoformat() }}{{ page.date.strftime('%Y') }}"
        "{{ page.params.list|json }}{{ page.params.table|json }}{{ page.date.replace(year=2025) }}"
    )
    built = build_site({**SITE, "templates/page.html": text})
    assert built.codes == []
    assert built.text("/a/index.html") == 'a1x2026-01-0120261[1]{"a": [1]}2025-01-01'.replace(
        "20261[", "2026["
    )
