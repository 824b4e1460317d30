"""Which front matter documents inherit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.build.conftest import BuildSite

from pectin.build.content.document import Defaults, FrontMatter, Head, Origin, Target
from pectin.build.positions import find_value
from pectin.build.site.cascade import Inheritance, merge_front_matter

NUMBERS = st.dictionaries(st.sampled_from("ab"), st.integers(0, 3))
TABLES = st.dictionaries(st.sampled_from("cd"), NUMBERS)
PARAMS: st.SearchStrategy[dict[str, Any]] = st.builds(
    lambda numbers, table: {**numbers, "table": table}, NUMBERS, TABLES
)
FRONT_MATTER = st.builds(
    FrontMatter,
    draft=st.none() | st.booleans(),
    weight=st.none() | st.integers(0, 3),
    template=st.none() | st.sampled_from(["a.html", "b.html"]),
    taxonomies=st.dictionaries(
        st.sampled_from(["tags", "authors"]), st.tuples(st.sampled_from("xy"))
    ),
    params=PARAMS,
    raw_html=st.none() | st.sampled_from([True, False, "sanitize"]),
)


def make_defaults(folder: str, values: FrontMatter, target: Target | None = None) -> Defaults:
    return Defaults(folder, target or Target(), values, Origin(f"{folder}_defaults.yaml", ()))


def inherit(paths: list[str], *defaults: Defaults) -> dict[str, FrontMatter]:
    heads = {path: Head(path, 0, FrontMatter(), location=path) for path in paths}
    inherited = Inheritance(heads, defaults).heads
    return {path: head.front_matter for path, head in inherited.items()}


@given(FRONT_MATTER, FRONT_MATTER)
def test_no_page_allows_itself_more_html_than_it_inherits(
    far: FrontMatter, own: FrontMatter
) -> None:
    strictness = [None, True, "sanitize", False]
    merged = merge_front_matter(far, own).raw_html
    assert merged in (far.raw_html, own.raw_html)
    assert strictness.index(merged) == max(
        strictness.index(far.raw_html), strictness.index(own.raw_html)
    )


@given(FRONT_MATTER, FRONT_MATTER, FRONT_MATTER)
def test_the_order_of_merging_does_not_matter(
    far: FrontMatter, near: FrontMatter, own: FrontMatter
) -> None:
    left = merge_front_matter(merge_front_matter(far, near), own)
    assert left == merge_front_matter(far, merge_front_matter(near, own))


@given(FRONT_MATTER)
def test_nothing_is_inherited_from_nothing(own: FrontMatter) -> None:
    assert merge_front_matter(FrontMatter(), own) == own
    assert merge_front_matter(own, FrontMatter()) == own


@given(FRONT_MATTER, FRONT_MATTER)
def test_what_a_document_says_stays(far: FrontMatter, own: FrontMatter) -> None:
    merged = merge_front_matter(far, own)
    for key in ("draft", "weight", "template"):
        said = getattr(own, key)
        assert getattr(merged, key) == (getattr(far, key) if said is None else said)
    assert merged.taxonomies == {**far.taxonomies, **own.taxonomies}
    assert merged.params.keys() == far.params.keys() | own.params.keys()


def test_a_site_without_defaults_keeps_the_heads_that_it_has() -> None:
    heads = {"content/a.md": Head("content/a.md", 0, FrontMatter(), location="content/a.md")}
    assert Inheritance(heads, []).heads is heads


def test_a_folder_is_before_those_that_it_is_in() -> None:
    found = inherit(
        ["content/a.md", "content/fruit/a.md", "content/fruit/stone/_index.md"],
        make_defaults("content/fruit/", FrontMatter(weight=2)),
        make_defaults("content/", FrontMatter(weight=1, draft=True)),
        make_defaults("content/fruit/stone/", FrontMatter(weight=3)),
    )
    assert [front_matter.weight for front_matter in found.values()] == [1, 2, 3]
    assert all(front_matter.draft for front_matter in found.values())


def test_a_target_chooses_by_kind_and_by_path() -> None:
    found = inherit(
        ["content/_index.md", "content/log/_index.md", "content/log/x.md", "content/x.md"],
        make_defaults("content/", FrontMatter(weight=1), Target(("section",))),
        make_defaults("content/log/", FrontMatter(weight=2), Target(None, ("x.md",))),
        make_defaults("content/", FrontMatter(weight=3), Target(("page",), ("/x.md", "none/"))),
        make_defaults("content/", FrontMatter(draft=True), Target((), None)),
    )
    assert [front_matter.weight for front_matter in found.values()] == [None, 1, 2, 3]
    assert not any(front_matter.draft for front_matter in found.values())


LISTS = {
    "cascade:\n  - weight: 1\n    a: 0\n  - a: x\n    weight: 2\n": "2",
    "cascade:\n- {weight: 1}\n- {weight: 2}\n": "2",
    'cascade: [{"weight": 1, "x": {"y": "]}"}}, {"weight": 2}]\n': "2",
    '{"cascade": [{"weight": 1}, {"weight": 2}]}': "2",
    "[[cascade]]\nweight = 1\n[[cascade]]\nweight = 2\n": "2",
    "cascade = [\n  { weight = 1 },\n  { weight = 2 },\n]\n": "2",
}


@pytest.mark.parametrize(("text", "value"), LISTS.items())
def test_a_value_is_found_in_the_nth_item_of_a_list(text: str, value: str) -> None:
    assert text[find_value(text, ("cascade", 1, "weight")) :].startswith(value)


def test_a_section_that_no_document_describes_inherits_too(build_site: BuildSite) -> None:
    built = build_site(
        {
            "content/fruit/plum.md": "",
            "content/_defaults.json": '{"target": {"kind": "section"}, "template": "gone.html"}',
        }
    )
    (problem,) = built.build.problems
    assert str(problem.place) == "content/_defaults.json:1:45"
