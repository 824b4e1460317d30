"""A tag on a page is traced to the tag of a template that became it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.build.inspection.template_tags import TemplateTags
from pectin.build.inspection.tokens import list_tags


def find(template: str, page: str, start: int) -> str | None:
    """What stands in `template` where the tag at `start` of `page` comes from."""
    tags = list_tags(page)
    index = next(number for number, tag in enumerate(tags) if tag.start == start)
    found = TemplateTags(template).find([tag.written for tag in tags], index)
    return template[found[0] :] if found else None


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("<p>", "<p>"),
        ("</p>", "</p>"),
        ('<img src="{{ x.url }}">', '<img src="/a.png">'),
        ('<a class="a {{ b }} c" href="{{ d }}">', '<a class="a x c" href="/y">'),
        ('<p{% if a > b %} id="x"{% endif %}>', '<p id="x">'),
        ('<p{% if a > b %} id="x"{% endif %}>', "<p>"),
        ("<h{{ level }}>", "<h3>"),
        ("</h{{ level }}>", "</h3>"),
        ("<{{ name }} class='x'>", "<div class='x'>"),
        ('<p title="{# why #}a">', '<p title="a">'),
        ('<img\n  src="{{ a }}"\n  alt="">', '<img\n  src="/a"\n  alt="">'),
    ],
)
def test_a_tag_may_have_gaps(written: str, made: str) -> None:
    assert find(f"<i>{written}", f"x{made}", 1) == written


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("<p>", "</p>"),
        ("<p>", "<pre>"),
        ('<p class="a">', '<p class="b">'),
        ('<a href="/x/{{ y }}">', '<a href="/z/y">'),
    ],
)
def test_another_tag_is_not_taken_for_it(written: str, made: str) -> None:
    assert find(written, made, 0) is None


def test_of_tags_that_are_alike_the_one_with_the_same_neighbours_is_meant() -> None:
    template = "<ul><li></li></ul> <div><b></b></div> <div><i></i></div>"
    page = "<main><div><i>x</i></div></main>"
    assert find(template, page, page.index("<div>")) == "<div><i></i></div>"
    assert find(template, page, page.index("</div>")) == "</div>"


@given(st.text(st.sampled_from("<>{}%#\"' a/=-!"), max_size=60))
def test_any_text_can_be_a_template(text: str) -> None:
    tags = TemplateTags(text)
    for written in ("<a>", "</a>", '<a a="a">'):
        found = tags.find([written], 0)
        assert found is None or text[found[0]] == "<"


def test_a_template_that_never_ends_a_tag_is_read_in_time() -> None:
    assert find("<a " + "\"\" '' {{ x }} " * 3_000, "<b>", 0) is None
