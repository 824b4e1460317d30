"""Which pages are related, and in which order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pectin.build.configuration.model import Config, Related, Taxonomy
from pectin.build.content.document import FrontMatter
from pectin.build.site.model import Kind, Page
from pectin.build.site.related import RelatedPages
from pectin.values.site import parse_site_name

FIRST = date(2024, 12, 31)
TAGS = st.lists(st.sampled_from(["a", "b", "c", "B"]), max_size=3).map(tuple)


def make_page(number: int, tags: tuple[str, ...] = (), **params: Any) -> Page:
    """The page of that number; the smaller it is, the newer."""
    written = FrontMatter(
        date=FIRST - timedelta(days=number), taxonomies={"tags": tags}, params=params
    )
    name = str(number)
    return Page(Kind.PAGE, name, f"/{name}/", f"/{name}/index.html", name, front_matter=written)


def relate(pages: list[Page], related: Related | None = None) -> RelatedPages:
    name, tags = parse_site_name("jam"), (Taxonomy("tags", "Tags"),)
    chosen = related or Related(weights={"tags": 1})
    return RelatedPages(pages, Config(name, "Jam", "", taxonomies=tags, related=chosen))


def titles(pages: tuple[Page, ...]) -> list[str]:
    return [page.title for page in pages]


def test_more_in_common_comes_first_then_what_is_nearer_then_what_is_newer() -> None:
    pages = [make_page(n, tags) for n, tags in enumerate([("a",), ("a",), ("a", "b"), ("b",), ("a", "b"), ("c",)])]  # fmt: skip
    assert titles(relate(pages).of(pages[2])) == ["4", "1", "3", "0"]


def test_weights_limit_threshold_and_age_are_chosen() -> None:
    pages = [make_page(n, ("a",), topic=["x", n % 2], n=n) for n in range(6)]
    both = Related(weights={"tags": 1, "topic": 5, "date": 0})
    assert titles(relate(pages, both).of(pages[3])) == ["1", "5", "2", "4", "0"]
    assert titles(relate(pages, Related(weights=both.weights, threshold=11)).of(pages[3])) == ["1", "5"]  # fmt: skip
    assert titles(relate(pages, Related(weights=both.weights, include_newer=False)).of(pages[3])) == ["5", "4"]  # fmt: skip
    assert titles(relate(pages, Related(limit=1, weights=both.weights)).of(pages[3])) == ["1"]


def test_a_date_tells_apart_what_is_related_and_relates_nothing() -> None:
    near = make_page(10, ("a",))
    pages = [make_page(0, ("a", "b")), near, make_page(11, ("a",)), make_page(900, ("a",)), make_page(901)]  # fmt: skip
    found = relate(pages, Related(weights={"tags": 1, "date": 100})).of(pages[2])
    assert titles(found) == ["10", "0", "900"]


def test_terms_are_the_same_as_their_slugs_are() -> None:
    pages = [make_page(0, ("Plum jam",)), make_page(1, ("plum-jam", "Plum Jam"))]
    assert titles(relate(pages).of(pages[0])) == ["1"]


@given(st.lists(TAGS, max_size=12))
def test_a_page_is_related_to_all_that_share_a_term_and_not_to_itself(
    tags: list[tuple[str, ...]],
) -> None:
    pages = [make_page(number, some) for number, some in enumerate(tags)]
    related = relate(pages, Related(limit=100, weights={"tags": 1}))
    for page in pages:
        mine = {tag.lower() for tag in page.front_matter.taxonomies["tags"]}
        wanted = {
            other
            for other in pages
            if other is not page
            and mine & {tag.lower() for tag in other.front_matter.taxonomies["tags"]}
        }
        assert set(related.of(page)) == wanted


@given(st.lists(TAGS, max_size=12), st.integers(1, 4), st.integers(0, 300))
def test_the_best_are_those_that_a_look_at_all_finds(
    tags: list[tuple[str, ...]], limit: int, weight: int
) -> None:
    pages = [make_page(number * number * 9, some) for number, some in enumerate(tags)]
    weights = {"tags": 100, "date": weight}
    few = relate(pages, Related(limit=limit, weights=weights))
    every = relate(pages, Related(limit=100, weights=weights))
    for page in pages:
        assert few.of(page) == every.of(page)[:limit]


def test_of_a_value_that_very_many_have_those_nearest_in_time_are_looked_at() -> None:
    pages = [make_page(number, ("a",)) for number in range(1000)]
    found = relate(pages, Related(limit=1000, weights={"tags": 1})).of(pages[500])
    assert sorted(int(page.title) for page in found) == [*range(470, 500), *range(501, 531)]


def test_a_list_has_no_related_pages() -> None:
    home = Page(Kind.HOME, "Home", "/", "/index.html", "")
    assert relate([make_page(0, ("a",))]).of(home) == ()
