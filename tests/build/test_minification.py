from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.build.conftest import BuildSite

from pectin.build.builder import BuildOptions
from pectin.build.output.minification import minify_html

VERBATIM = {"pre", "textarea", "script", "style", "title"}


class Reading(HTMLParser):
    """What a browser would make of a page: tags, and text with its blanks collapsed where they do not count."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[object] = []
        self._text = ""
        self._kept = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_text()
        self.events.append((tag, attrs))
        self._kept += tag in VERBATIM

    def handle_endtag(self, tag: str) -> None:
        self._end_text()
        self.events.append(tag)
        self._kept -= tag in VERBATIM and self._kept > 0

    def handle_data(self, data: str) -> None:
        self._text += data

    def _end_text(self) -> None:
        text = self._text if self._kept else re.sub(r"[ \t\r\n\f]+", " ", self._text)
        self._text = ""
        if text:
            self.events.append(["text", text])


def read(html: str) -> list[object]:
    reading = Reading()
    reading.feed(f"{html}<end>")
    reading.close()
    return reading.events


PIECES = st.sampled_from(
    [
        "a", " ", "  ", "\n  ", "\t\t", " \n ", "&amp;", "&am", "p;", "\u00a0 \u00a0", "<p>", "</p>", "<b class=x>", "</b>",
        '<a title="a   b" href=\'x  y\'>', "</a>", "<i data-x=a>", "<br/>", "<img alt='>  <pre>'>", "<!-- x -->", "<!---->",
        "<!-- <pre> -->", "<pre>  x\n\n  y </pre>", "<textarea>\n  z  </textarea>", "<script>  a  <  b  </script>", "<style> a  {} </style>",
        "<PRE> x  x </PRE>", "<pre class='a  b'>  <b>  </b></pre>", "<ul>\n  <li>a\n  <li>b\n</ul>", "<p title=it's  id=x>",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_browser_reads_the_same(html: str) -> None:
    assert read(minify_html(html)) == read(html)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_what_is_short_gets_no_shorter(html: str) -> None:
    short = minify_html(html)
    assert len(short) <= len(html)
    assert minify_html(short) == short


@pytest.mark.parametrize(
    ("html", "short"),
    [
        ("<div>\n    <p>a   b</p>\n\n    <p>c</p>\n</div>", "<div>\n<p>a b</p>\n<p>c</p>\n</div>"),
        ("<b>a</b>  <!-- x -->  <b>b</b>", "<b>a</b> <b>b</b>"),
        ("<button>a</button>   <button>b</button>", "<button>a</button> <button>b</button>"),
        ("a&am<!-- x -->p;b", "a&am<!---->p;b"),
        ("a<<!-- x -->b>", "a<<!---->b>"),
        ("<!-- a -->b<!-- c -->", "b"),
    ],
)
def test_blanks_and_comments_go(html: str, short: str) -> None:
    assert minify_html(html) == short


@pytest.mark.parametrize(
    "html",
    [
        "<pre>\n  a\n    b\n</pre>",
        "<textarea>  a\n\n  b</textarea>",
        "<script>\n  let a = '  ';\n</script>",
        '<script type="application/json">{  "a":  "  " }</script>',
        "<script>a  <!-- <script> b  c </script> d  e --></script>",
        "<p title=\"a   b\"  data-x='>  <pre>'>a</p>",
        "<p style='white-space: pre'>a   b</p>",
        "<pre>a<pre>b  c</pre>  d</pre>",
        "<svg><text xml:space='preserve'>a   b</text></svg>",
        "<!--[if IE]>  <p>  <![endif]--><!--#include  x --><!--! by  me --><!--esi  x -->",
        "<p>a\u00a0\u00a0b</p>",
        "<title>a <!-- text here -->  b</title>",
        "<pre>  never  ends",
    ],
)
def test_what_counts_stays(html: str) -> None:
    assert minify_html(html) == html


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<a b='", "<pre>", "<script>", "<a =", "&", "<svg ", " \n"]
)
def test_a_hostile_page_takes_no_longer_than_a_page(piece: str) -> None:
    minify_html(piece * 50_000)


PAGE = {"templates/section.html": "<p>\n   a   b\n   <!-- c -->\n</p>\n"}


def test_pages_are_minified_when_that_is_wanted(build_site: BuildSite) -> None:
    built = build_site(PAGE, config="[minify]\nhtml = true\n")
    assert built.text("/index.html") == "<p>\na b\n</p>"


def test_pages_are_as_they_were_written_otherwise(build_site: BuildSite) -> None:
    assert "<!-- c -->" in build_site(PAGE).text("/index.html")
    built = build_site(
        PAGE, config="[minify]\nhtml = true\n", options=BuildOptions(development=True)
    )
    assert "<!-- c -->" in built.text("/index.html")
