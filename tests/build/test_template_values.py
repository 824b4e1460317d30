"""What templates show of values that are neither text nor numbers."""

from __future__ import annotations

import json

import pytest
from tests.build.conftest import BuildSite, Built

TAGS = '[[taxonomies]]\nname = "tags"\n'
TAG = {"name": "x", "slug": "x", "url": "/tags/x/", "count": 1}
JSON: dict[str, object] = {
    "page.terms": {"tags": [TAG]},
    "site.taxonomies": {"tags": {"name": "tags", "title": "Tags", "url": "/tags/", "terms": [TAG]}},
    "page.toc": [
        {
            "level": 2,
            "id": "h",
            "title": "H",
            "url": "#h",
            "children": [{"level": 3, "id": "i", "title": "I", "url": "#i", "children": []}],
        }
    ],
    "site.data": {"shop": {"prices": {"plum": 1, "since": "2026-01-01", "at": "08:00:00"}}},
    "page.resources": [],
    'asset("a.txt")': "/a.ca978112ca1b.txt",
    '[page.date, none, "</script>"]': ["2026-01-02", None, "</script>"],
}


def show(expression: str, build_site: BuildSite, **files: str) -> Built:
    return build_site(
        {
            "content/a.md": "---\ntags: [x]\ndate: 2026-01-02\n---\n## H\n\n### I\n",
            "data/shop/prices.toml": "plum = 1\nsince = 2026-01-01\nat = 08:00:00\n",
            "assets/a.txt": "a",
            "templates/page.html": "{{ " + expression + " }}",
            **files,
        },
        config=TAGS,
    )


@pytest.mark.parametrize(("expression", "value"), JSON.items())
def test_what_has_parts_is_json_of_its_parts(
    expression: str, value: object, build_site: BuildSite
) -> None:
    for name in ("json", "tojson"):
        text = show(f"({expression})|{name}", build_site).text("/a/index.html")
        assert json.loads(text) == value
        assert "<" not in text


@pytest.mark.parametrize("expression", ["page", "site", "site.pages", "[site.home]"])
def test_a_page_and_the_site_have_no_json(expression: str, build_site: BuildSite) -> None:
    (problem,) = show(f"{expression}|json", build_site).build.problems
    assert "cannot be JSON" in problem.message
    assert "page.title" in problem.hint


def test_a_number_without_end_is_no_json(build_site: BuildSite) -> None:
    built = show("site.data.x|json", build_site, **{"data/x.toml": "a = inf\n"})
    (problem,) = built.build.problems
    assert problem.message.startswith("this cannot be JSON: ")
    assert str(problem.place) == "templates/page.html:1:16"


@pytest.mark.parametrize(
    "expression",
    [
        "page",
        "page.terms",
        "page.terms.tags",
        "page.toc",
        "site",
        "site.data",
        "site.data.shop",
        "site.taxonomies",
        "site.pages",
        "site.menus",
        "paginator",
        "get_page",
        "page.terms|pprint",
    ],
)
def test_what_is_written_out_has_no_address_in_memory(
    expression: str, build_site: BuildSite
) -> None:
    text = show(expression, build_site).text("/a/index.html")
    assert text
    assert "0x" not in text
