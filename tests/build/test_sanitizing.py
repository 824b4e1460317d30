"""Writers who are not trusted: what of their HTML stays, and what they are told of the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.build.configuration.model import MarkdownOptions
from pectin.build.content.front_matter import parse_document
from pectin.build.content.markdown import MarkdownRenderer
from pectin.values.problem import Problem

PLAIN = MarkdownRenderer(MarkdownOptions(math=True))
CLEANING = MarkdownRenderer(MarkdownOptions(math=True, raw_html="sanitize"))


def render(
    body: str, renderer: MarkdownRenderer = CLEANING, path: str = "content/a.md"
) -> tuple[str, tuple[Problem, ...]]:
    document, _ = parse_document(path, body, ())
    content, problems = renderer.render_content(
        document,
        resolve_link=lambda target: target,
        render_shortcode=lambda call: f"<video src=x onplay=y>{call.body or ''}</video>",
        render_image=lambda target, alt, _: (
            f'<picture><source srcset="{target} 1x"><img src="{target}" alt="{alt}" style="background:red"></picture>'
        ),
    )
    return content.html, problems


MARKDOWN = [
    "A *b* **c** ~~d~~ `e` [f](/g 'h')  \ni",
    "## One\n\n### Two {#two .x}\n\n***",
    "- a\n- b\n\n3. c\n4. d",
    "- [ ] open\n- [x] done",
    "> quoted\n\n> [!NOTE]\n> noted\n\n> [!WARNING]\n> warned",
    "| a | b |\n|:--|--:|\n| 1 | 2 |",
    "Text.[^1] More.[^x]\n\n[^1]: A *note*.\n\n[^x]: Another.\n",
    "term\n: definition",
    "```python\nx = '<b>'\n```\n\n    indented <b>",
    "```py {title='a' linenos}\nx = 1\n```",
    "```unknown\n<script>\n```",
    "$a < b$ and\n\n$$x^2$$\n\n```math\ny\n```",
    "![Plums](plum.png 'ripe')",
    "A paragraph\n{.lead #top}",
    "Above\n\n<!-- more -->\n\nBelow",
    '<https://example.org> and www.example.org, "quoted" -- &amp; &copy;',
    "[tel](tel:1) [mail](mailto:a@b.c) [m](matrix:r/x) [r](#two) ![i](data:image/png;base64,AA)",
]


@pytest.mark.parametrize("body", MARKDOWN)
def test_what_markdown_makes_is_as_it_is_without(body: str) -> None:
    plain, told = render(body, PLAIN)
    cleaned, problems = render(body)
    assert normalize(cleaned) == normalize(plain)
    assert problems == told


def normalize(html: str) -> str:
    return html.replace("&quot;", '"').replace("&#x27;", "'").replace("\u00a0", "&nbsp;")


def test_all_of_markdown_at_once_is_as_it_is_without() -> None:
    body = "\n\n".join(text for text in MARKDOWN if "more" not in text)
    assert normalize(render(body)[0]) == normalize(render(body, PLAIN)[0])


def test_harmless_html_stays() -> None:
    html = '<details open=""><summary>More</summary><p align="center">H<sub>2</sub>O <kbd>Ctrl</kbd></p></details>'
    assert render(html) == (html, ())
    inline = 'a <mark class="x">b</mark> <abbr title="c">d</abbr><br />e'
    assert render(inline) == (f"<p>{inline}</p>\n", ())


def test_html_is_closed_so_that_it_cannot_reach_beyond_the_body() -> None:
    assert render("<div><b>x\n")[0].strip() == "<div><b>x\n</b></div>".strip()
    assert render("x </div></main>\n")[0] == "<p>x </p>\n"


def test_what_a_shortcode_writes_is_the_owners() -> None:
    html, problems = render("{{ player() }}\n\n{% box() %}\n<b onclick=x>*y*</b>\n{% end %}\n")
    assert html.count("<video src=x onplay=y>") == 2
    assert "<b><em>y</em></b>" in html
    assert [it.code for it in problems] == ["unsafe-html"]


def test_what_is_taken_out_is_told_where_it_is_written() -> None:
    body = "A <b onclick=x>b</b>\n\n<script>\nx\n</script>\n\n<p style='x' title='y'>\n"
    html, problems = render(body)
    assert "script" not in html
    assert [(it.code, it.place and it.place.line, it.message) for it in problems] == [
        ("unsafe-html", 1, "`onclick` was taken out of `<b>`"),
        ("unsafe-html", 3, "`<script>` was taken out"),
        ("unsafe-html", 7, "`style` was taken out of `<p>`"),
    ]
    assert not any(problem.is_error for problem in problems)


def test_the_body_of_an_html_file_is_cleaned_too() -> None:
    html, problems = render("<h2>x</h2><script>y</script>{{ player() }}", path="content/a.html")
    assert html == '<h2 id="x">x</h2><video src=x onplay=y></video>'
    assert [it.code for it in problems] == ["unsafe-html"]


@given(st.text(st.sampled_from("ab*_`[]()<>&#-+.!|~$:^{}\"' \n"), max_size=60))
def test_a_text_without_html_is_as_it_is_without(text: str) -> None:
    body = text.replace("<", "(").replace("&", "+")
    assert normalize(render(body)[0]) == normalize(render(body, PLAIN)[0])
