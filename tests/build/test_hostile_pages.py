"""Pages of 100 KB and more that would take minutes, were any pass over them not linear."""

import pytest

from pectin.build.configuration.model import MarkdownOptions
from pectin.build.content.footnotes import find_undefined, gather_footnotes
from pectin.build.content.headings import Headings, find_ids
from pectin.build.content.markdown import MarkdownRenderer
from pectin.build.content.text import plain_text, summarize

SIZE = 200_000
UNCLOSED = [
    "<script ",
    "<style x",
    "<!-- \n\n",
    "<!--",
    "<h1>",
    "<h1 ",
    "<h2 id=",
    "<p ",
    "<a <a ",
    "<p id=",
    "<x-" + "y" * 50,
    "[^a] ",
    "[^",
    "<code>",
    "<pre <",
    '<sup class="footnote-reference"',
    ' <a class="heading-anchor"',
]


def repeat(piece: str) -> str:
    return piece * (SIZE // len(piece))


@pytest.mark.parametrize("piece", UNCLOSED)
def test_html_that_never_ends_is_read_once(piece: str) -> None:
    html = repeat(piece)
    assert len(plain_text(html)) <= len(html)
    assert len(summarize(html, len(html))) < 3 * len(html)
    marked = Headings(find_ids(html), anchors=True).mark(html, is_rich=True)
    assert marked == html
    assert gather_footnotes(html) == (html, ())
    assert set(find_undefined(html)) <= {"a"}


def test_what_never_ends_hides_the_rest_as_it_does_in_a_browser() -> None:
    assert plain_text("<p>a</p><!-- b <p>c</p>").strip() == "a"
    assert plain_text("<p>a</p><script>b <p>c</p>").strip() == "a"
    html, headings = "<!-- <h2>A</h2>", Headings((), anchors=False)
    assert headings.mark(html, is_rich=True) == html


def test_text_after_the_last_tag_may_have_an_angle() -> None:
    assert plain_text("<b>a</b> < b") == "a < b"


def test_a_heading_that_is_not_closed_takes_none_of_the_next() -> None:
    headings = Headings((), anchors=False)
    assert headings.mark("<h1>a<h1>b</h1>", is_rich=True) == '<h1>a<h1 id="b">b</h1>'


def test_many_equal_headings_are_numbered() -> None:
    headings = Headings((), anchors=False)
    html = headings.mark("<h1>a</h1>" * 30_000, is_rich=False)
    assert html.endswith('<h1 id="a-29999">a</h1>')
    assert len(headings.ids) == 30_000


def test_many_footnotes_are_numbered() -> None:
    count = 8_000
    notes = MarkdownRenderer(MarkdownOptions()).render_text(
        "".join(f"x[^{n}]\n\n[^{n}]: y\n\n" for n in range(count))
    )
    html, unused = gather_footnotes(notes)
    assert unused == ()
    assert html.count("<li id=") == count
    assert f'<li id="fn-{count}">' in html
