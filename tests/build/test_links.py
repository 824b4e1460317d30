from __future__ import annotations

import pytest
from tests.build.conftest import BuildSite

from pectin.build.content.references import list_anchors, list_references


@pytest.mark.parametrize(
    ("html", "urls"),
    [
        ('<a href="/a/">x</a>', {"/a/"}),
        ("<a href='/a/'>x</a>", {"/a/"}),
        ("<a href=/a/>x</a>", {"/a/"}),
        ('<a class=b href=/a/ title="c">', {"/a/"}),
        ('<a href="/a/?b=c&d=e#f=g">', {"/a/?b=c&d=e#f=g"}),
        ('<img src="/a.png" srcset="/b.png 1x, /c.png 2x">', {"/a.png", "/b.png", "/c.png"}),
        ('<video poster="/a.png"></video>', {"/a.png"}),
        ('<i data-href="/a/" data-src="/b"></i>', set()),
        ("<p>href</p>", set()),
        ('<A HREF = "/a/" >', {"/a/"}),
        ('<a\nhref\n=\n"/a/"\n>', {"/a/"}),
        ("<a title='see href=\"/b/\"' href=/a/>", {"/a/"}),
        ("<a title='>' href=/a/>", {"/a/"}),
        (
            '<img srcset="data:image/png;base64,AA== 1x,/b.png 2x">',
            {"data:image/png;base64,AA==", "/b.png"},
        ),
        ('<form action="/a/"></form><form action></form><form action=""></form>', {"/a/"}),
        ('<object data="/a.svg"></object>', {"/a.svg"}),
        ('<svg><use xlink:href="/a.svg#b"/></svg>', {"/a.svg#b"}),
        ('<script src="/a.js">s = "<a href=/b/>"</script><a href="/c/">', {"/a.js", "/c/"}),
        ("<STYLE>a { x: '<a href=/b/>' }</style><a href=/c/>", {"/c/"}),
        ("<textarea><a href=/b/></textarea>", set()),
        ("<script>if (a < b) '<a href=/b/>'", set()),
        ("<!-- <a href=/b/> - -- --><a href=/c/>", {"/c/"}),
        ("<!-- <a href=/b/>", set()),
        ("<code>&lt;a href=&quot;/b/&quot;&gt; &lt;img src=x&gt;</code>", set()),
        ("the attribute href=/b/ is", set()),
        ('&lt;a href="x"&gt;', set()),
        ("<article href=/b/>", set()),
        ('<a href="', {""}),
        ("<a href=", {""}),
        ('<a href="">', {""}),
    ],
)
def test_the_references_of_a_page(html: str, urls: set[str]) -> None:
    assert list_references(html) == urls


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ('<h2 id="a">', {"a"}),
        ("<H2 ID='a'><p id=b>", {"a", "b"}),
        ('<a name="a"></a><A NAME=b></A>', {"a", "b"}),
        ('<meta name="viewport"><input name="b">', set()),
        ('<!-- <p id="a"> --><script id="b">"<p id=c>"</script>', {"b"}),
        ('<p data-id="a">id="b"</p>', set()),
        ("<p title='id=\"a\"' id=b>", {"b"}),
    ],
)
def test_the_anchors_of_a_page(html: str, names: set[str]) -> None:
    assert set(list_anchors(html)) == names


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        "<a",
        "<a '",
        "<a \"'",
        "<!--",
        "<!-- -",
        "<title>",
        "<a href=",
        "<script <",
        "<p id",
        ",",
    ],
)
def test_tags_that_never_end_are_read_once(piece: str) -> None:
    html = piece * (200_000 // len(piece))
    for page in (html, f"<img srcset='{html}", f'<img srcset="{html}">', f"<img {html}>"):
        assert len(list_references(page)) <= len(page)
        assert len(list(list_anchors(page))) <= len(page)


def test_many_links_within_a_page_are_checked_at_one_look(build_site: BuildSite) -> None:
    count = 3_000
    links = "\n".join(f"[x](#a{n}) [y](#gone{n})" for n in range(count))
    ids = "".join(f'<i id="a{n}"></i>\n' for n in range(count))
    built = build_site({"content/a.md": f"{links}\n\n{ids}"})
    assert built.codes == ["missing-anchor"] * count
    assert [problem.place.line for problem in built.build.problems if problem.place] == list(
        range(1, count + 1)
    )


def test_what_can_be_no_url_is_a_broken_link(build_site: BuildSite) -> None:
    built = build_site({"content/a.html": "<a href='&#9;//[x'>x</a>"})
    assert built.codes == ["broken-link"]
