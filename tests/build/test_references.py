from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.build.content.references import (
    depends_on_base,
    glance_references,
    list_references,
    resolve_references,
)


@pytest.mark.parametrize(
    ("html", "resolved"),
    [
        ('<a href="../c/">', '<a href="/b/c/">'),
        ("<a href=#d>", "<a href=/b/a/#d>"),
        ("<A HREF = 'c'>", "<A HREF = '/b/a/c'>"),
        ('<img src=p srcset="p 1x, ../q 2x">', '<img src=/b/a/p srcset="/b/a/p 1x, /b/q 2x">'),
        ('<a href="?c&amp;d">', '<a href="/b/a/?c&amp;d">'),
        ("<a href='c\"d'>", "<a href='/b/a/c&quot;d'>"),
        ('<video poster="p" src=v>', '<video poster="/b/a/p" src=/b/a/v>'),
        ('<script src="s">"<a href=c>"</script>', '<script src="/b/a/s">"<a href=c>"</script>'),
        ('<img SRCSET ="/p, q">', '<img SRCSET ="/p, /b/a/q">'),
        ('<img src="/p" srcset="/p, q">', '<img src="/p" srcset="/p, /b/a/q">'),
        ('<form action=""><object data=c>', '<form action="/b/a/"><object data=/b/a/c>'),
        ('<img alt="src=c" src="p">', '<img alt="src=c" src="/b/a/p">'),
    ],
)
def test_relative_urls_are_resolved_by_the_page(html: str, resolved: str) -> None:
    assert depends_on_base(html)
    assert resolve_references(html, "/b/a/") == resolved


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/c/">',
        '<a href="mailto:a@b.c">',
        '<a href="//c.org/d">',
        "<p>href=c</p>",
        '<p data-src="c">',
        "<!-- <a href=c> -->",
        '<a href="/[">',
    ],
)
def test_what_is_the_same_everywhere_stays(html: str) -> None:
    assert resolve_references(html, "/b/a/") == html


def test_what_can_be_no_url_stays_as_it_is() -> None:
    assert resolve_references('<a href="/&#9;/[">', "/b/a/") == '<a href="/\t/[">'


def test_text_without_relative_urls_depends_on_no_page() -> None:
    html = '<p class="a"><a href="/c/" title="b"><img src="https://d.org/e"><a href=/f/>'
    assert not depends_on_base(html)
    assert not depends_on_base("<p>href</p>")


def test_tags_that_never_end_are_resolved_once() -> None:
    for piece in ("<a ", '<a href="', "<a href=", "<img srcset=,", "<!--", "href= "):
        html = piece * (200_000 // len(piece))
        assert depends_on_base(html) == ("=" in html)
        assert len(resolve_references(html, "/")) >= len(html)


MARKUP = st.lists(
    st.sampled_from(
        ["<a", "<img", "<p", "<!--", "-->", ">", " ", "\n", ' href="/a/"', " href='/b'", " HREF=/c",
         ' src = "/d"', 'href="/e"', ' title="x"', ' data-x="y"', ' title=\'href="/f"\'', "=", '="', '"',
         ' srcset="/g 1x"', "text", ' class="z"', "<script>", "</script>", "'"]
    )
).map("".join)  # fmt: skip


@given(MARKUP)
def test_a_glance_sees_all_that_a_look_does_or_asks_for_one(html: str) -> None:
    glanced = glance_references(html)
    assert glanced is None or {url.strip() for url in glanced} >= list_references(html)


def test_a_glance_is_enough_for_plain_pages() -> None:
    html = '<a href="/a/" class="b">x</a><img src="/c.png" alt="d">'
    assert glance_references(html) == {"/a/", "/c.png"}
