"""The list of pages that the development server shows."""

from __future__ import annotations

import re

import pytest

from pectin.build.notes import PageNote
from pectin.web.page_list import PageList

PLUM = PageNote("/plum/index.html", "/plum/", "Plum & pear", "content/plum.md", "")
FIG = PageNote("/fig/index.html", "/fig/", "Fig", "content/fig.md", "a draft")
TAGS = PageNote("/tags/a/page/2/index.html", "/tags/a/page/2/", "a", "", "")


@pytest.fixture
def pages() -> PageList:
    found = PageList()
    found.replace([FIG, PLUM, TAGS])
    return found


def titles(html: str) -> list[str]:
    return re.findall(r'<a href="[^"]*">(.*?)</a>', html)


def test_what_the_last_build_rendered_comes_first_with_its_reason(pages: PageList) -> None:
    pages.explain({"/plum/index.html": "the template <x> changed"})
    html = pages.render()
    assert titles(html) == ["Plum &amp; pear", "Fig", "a"]
    assert "the template &lt;x&gt; changed" in html
    assert "3 pages, of which the last build rendered 1." in html


def test_a_further_build_has_reasons_of_its_own(pages: PageList) -> None:
    pages.explain({"/plum/index.html": "the day is another"})
    pages.explain({"/fig/index.html": "the template x changed"})
    assert titles(pages.render()) == ["Fig", "Plum &amp; pear", "a"]
    assert "the day is another" not in pages.render()


@pytest.mark.parametrize(
    ("path", "mark"),
    [("/fig/", "a draft"), ("/fig/index.html", "a draft"), ("/plum/", ""), ("/nothing/", "")],
)
def test_a_mark_is_found_by_the_path_of_a_request(pages: PageList, path: str, mark: str) -> None:
    assert pages.mark_of(path) == mark


def test_before_the_first_build_the_list_is_empty() -> None:
    assert "0 pages" in PageList().render()
