"""docs/templates.md is the contract with authors: it names all there is, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from minijinja import TemplateError

from pectin.build.templates.environment import BUILT_IN_FILTERS, make_environment
from pectin.build.templates.filters import make_filters
from pectin.build.templates.functions import Functions
from pectin.build.templates.menus import MenuItemView, TrailItemView
from pectin.build.templates.paginators import PaginatorView
from pectin.build.templates.pieces import (
    AssetView,
    FeedView,
    HeadingView,
    OutputView,
    ResourceView,
)
from pectin.build.templates.site_view import SiteView
from pectin.build.templates.views import PageView, TaxonomyView, TermView

DOC = (Path(__file__).parent.parent.parent / "docs" / "templates.md").read_text()


def read_section(title: str) -> str:
    return re.split(r"^#", DOC.split(f" {title}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]


def names_in_first_cells(title: str) -> set[str]:
    rows = re.findall(r"^\| (`[^|]*) \|", read_section(title), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`(\w+)", row)}


def attributes(view: type) -> set[str]:
    return {name for name in dir(view) if not name.startswith("_")}


def test_every_documented_name_of_page_exists_and_every_name_is_documented() -> None:
    assert names_in_first_cells("`page`") == attributes(PageView)


def test_every_documented_name_of_site_exists_and_every_name_is_documented() -> None:
    assert names_in_first_cells("`site`") == attributes(SiteView)


def test_every_documented_name_of_paginator_exists_and_every_name_is_documented() -> None:
    assert set(re.findall(r"`(\w+)`", read_section("`paginator`"))) == attributes(PaginatorView)


def test_every_documented_function_exists_and_every_function_is_documented() -> None:
    assert names_in_first_cells("Functions") == set(Functions.by_name(Functions.__new__(Functions)))


def test_every_documented_filter_exists_and_every_filter_is_documented() -> None:
    documented = set(re.findall(r"`(\w+)", read_section("Filters")))
    assert documented == {*make_filters(), "absolute_url", "markdown"}


def test_the_parts_of_pages_have_what_is_documented() -> None:
    parts = {
        TermView: "name slug url pages count",
        TaxonomyView: "name title url terms",
        ResourceView: "name url media_type source",
        FeedView: "title url media_type",
        OutputView: "name url media_type rel",
        HeadingView: "level id title url children",
        MenuItemView: "name url weight identifier params children page",
        TrailItemView: "name url weight identifier params children page is_current has_current",
        AssetView: "url integrity",
    }
    for view, names in parts.items():
        assert attributes(view) == set(names.split())
        for name in names.split():
            assert f"`{name}`" in DOC


def is_filter_of_engine(name: str) -> bool:
    environment = make_environment({"a": "{{ 1|" + name + " }}"}.get, {}, {})
    try:
        environment.render_template("a")
    except TemplateError as error:
        return error.kind != "UnknownFilter"
    return True


@pytest.mark.parametrize("name", BUILT_IN_FILTERS)
def test_every_filter_that_is_suggested_is_one_of_the_engine(name: str) -> None:
    assert is_filter_of_engine(name)


def test_what_the_manual_says_of_filters_of_the_engine_is_so() -> None:
    said, lacking, *_ = read_section("Jinja's own").split(". ")
    names = re.findall(r"`(\w+)`", said)
    assert names
    assert set(names) <= set(BUILT_IN_FILTERS)
    absent = re.findall(r"`(\w+)`", lacking)
    assert absent
    assert not any(map(is_filter_of_engine, absent))
