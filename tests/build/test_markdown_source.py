"""HTML as the Markdown that makes it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.build.configuration.model import MarkdownOptions
from pectin.build.content.markdown import MarkdownRenderer
from pectin.build.content.markdown_source import render_markdown
from pectin.build.content.text import plain_text

BASE = "https://example.org/blog/"
RENDERER = MarkdownRenderer(MarkdownOptions(highlight=False, smart_punctuation=False))


@pytest.mark.parametrize(
    "markdown",
    [
        "One *two* **three** ~~four~~ `five`.",
        "# One\n\n## Two",
        "- a\n- b\n  - c\n- d",
        "3. a\n4. b",
        "1. a\n\n   b\n\n2. c",
        "> a\n>\n> - b",
        "```py\nx = 1\n\ny = 2\n```",
        "````\n```\n````",
        "| a | b |\n| --- | --- |\n| 1 | \\| |",
        '[a](https://example.org/x/ "t") ![b](https://example.org/y.svg)',
        "- [x] a\n- [ ] b",
        "a\\\nb",
        "---",
        "1\\. a",
        "\\# a",
        "a \\* b \\[c\\] \\`d\\` \\<e> &amp;amp; f_g \\_h\\_",
        "`` a`b ``",
    ],
)  # fmt: skip
def test_markdown_comes_back_as_it_was(markdown: str) -> None:
    again = render_markdown(RENDERER.render_text(markdown), BASE)
    assert again == markdown.replace("&amp;amp;", "\\&amp;")


@given(st.text(st.sampled_from("ab1 \n*_`[]()<>#-+.!&;~|\\\"'=:"), max_size=40))
def test_what_comes_back_says_the_same(markdown: str) -> None:
    html = RENDERER.render_text(markdown)
    again = RENDERER.render_text(render_markdown(html, BASE))
    assert words(again) == words(html)


def words(html: str) -> list[str]:
    return re.findall(r"\w+", plain_text(html))


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ('<p><a href="../x/#y">a</a></p>', "[a](https://example.org/x/#y)"),
        ('<p><img src="a b.jpg" alt="[c]"></p>', "![\\[c\\]](<https://example.org/blog/a%20b.jpg>)"),
        ("<script>x</script><p>a</p><style>y</style>", "a"),
        ("<figure><img src='/a.svg' alt='A'><figcaption>B</figcaption></figure>", "![A](https://example.org/a.svg)\n\nB"),
        ("<dl><dt>A</dt><dd>B</dd></dl>", "**A**\n\nB"),
        ("<ul><li>a<li>b</ul>", "- a\n- b"),
        ("<p>a<p>b", "a\n\nb"),
        ('<h2 id="a">A <a class="heading-anchor" href="#a">#</a></h2>', "## A"),
        ("<table><tr><th>a<td>b<tr><td>c</table>", "| a | b |\n| --- | --- |\n| c |  |"),
        ("<p></p>", ""),
        ("<p>a <!--", "a \\<!--"),
        ("<div>" * 5000 + "deep", "deep"),
    ],
)  # fmt: skip
def test_html_that_no_markdown_made_becomes_what_it_says(html: str, markdown: str) -> None:
    assert render_markdown(html, BASE) == markdown


PIECES = [
    *(f"<{name}>" for name in ["p", "a", "em", "pre", "code", "ul", "ol", "li", "table", "tr", "td", "th", "blockquote", "h2", "br", "hr", "img", "dl", "dt", "b"]),
    *(f"</{name}>" for name in ["p", "a", "em", "pre", "code", "ul", "ol", "li", "table", "tr", "td", "blockquote", "h2", "dl", "b"]),
    '<a href="/x">', '<img src="y" alt="z">', "text", " ", "\n", "&amp;", "&#0;", "<!--", "-->", "<", "1.", "`",
    "<script>", "</script>", '<ol start="7">', '<ol start="99999999999">', "<math display=block>", "\\",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_whatever_html_there_is_becomes_markdown_that_is_steady(pieces: list[str]) -> None:
    once = render_markdown("".join(pieces), BASE)
    assert "\0" not in once
    assert words(RENDERER.render_text(once)) == words(
        RENDERER.render_text(render_markdown(RENDERER.render_text(once), BASE))
    )
