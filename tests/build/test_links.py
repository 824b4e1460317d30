from __future__ import annotations

import pytest

from pectin.build.output.links import list_references


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
        ('<a href="', {""}),
        ("<a href=", {""}),
        ('<a href="">', {""}),
    ],
)
def test_the_references_of_a_page(html: str, urls: set[str]) -> None:
    assert list_references(html) - {""} == urls - {""}
