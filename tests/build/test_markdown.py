import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyromark import Options, html

from pectin.build.configuration.model import MarkdownOptions
from pectin.build.content.document import Content
from pectin.build.content.front_matter import parse_document
from pectin.build.content.headings import find_ids
from pectin.build.content.markdown import MarkdownRenderer
from pectin.values.problem import Problem, Severity

PLAIN = MarkdownOptions(highlight=False, smart_punctuation=False)
HEAD = "---\ntitle: A\n---\n"


def render(
    body: str, options: MarkdownOptions = PLAIN, path: str = "content/a.md"
) -> tuple[Content, tuple[Problem, ...]]:
    document, problems = parse_document(path, HEAD + body, ())
    assert problems == ()
    return MarkdownRenderer(options).render_content(
        document, resolve_link=lambda target: None if "missing" in target else f"/r/{target}"
    )


def html_of(body: str, options: MarkdownOptions = PLAIN) -> str:
    content, problems = render(body, options)
    assert problems == ()
    return content.html


TRICKY = [
    "*a **b** c* _d_ \\*e\\* `` `f` `` <g> &copy; &amp;lt;",
    "1. a\n2. b\n\n   c\n\n       code\n3) d\n",
    "> a\nlazy\n> - b\n>   c\n",
    "<div>\n*not*\n\n*em*\n</div>\n<!-- c -->\n<?php x ?>\n",
    "a  \nb\\\nc\n***\n- - -\n",
    '~~~ weird `info` "x"\n<b>&amp;\n~~~\n',
    '![a *b* "c"](/i.png \'d "e"\') [f](</g h> (i)) <https://x.org/?a&b>\n',
    "a\r\nb\r\n\r\n```\r\nc\r\n```\r\n",
    "\tcode\n\n- \ttab\n",
    "[x]\n\n[x]: https://x.org 'y'\n",
    "<p>raw [^1] <a href=x>&nbsp;</a></p>\n\x00\n",
]


@pytest.mark.parametrize("body", TRICKY)
def test_commonmark_comes_through_untouched(body: str) -> None:
    document, _ = parse_document("content/a.md", body, ())
    content, _ = MarkdownRenderer(PLAIN).render_content(document)
    assert content.html == html(body)


@given(st.text(st.sampled_from("ab *_`~-+>12.)(|:\\\n\t<!&\"'é")))
def test_without_headings_and_notes_the_html_is_pyromarks(body: str) -> None:
    options = Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH | Options.ENABLE_DEFINITION_LIST
    document, _ = parse_document("content/a.md", "\n" + body, ())
    content, _ = MarkdownRenderer(PLAIN).render_content(document)
    expected = html("\n" + body, options=options)
    if "<h" not in expected:
        assert content.html == expected


@given(st.text(), st.booleans(), st.booleans())
def test_any_text_is_content(body: str, raw: bool, anchors: bool) -> None:  # noqa: FBT001 - drawn
    options = MarkdownOptions(raw_html=raw, heading_anchors=anchors)
    document, _ = parse_document("content/a.md", "\n" + body, ())
    content, problems = MarkdownRenderer(options).render_content(
        document, resolve_link=lambda _: None, render_shortcode=lambda _: ""
    )
    assert all(problem.place for problem in problems)
    assert content.ids == set(find_ids(content.html))


def test_a_page_is_its_html_headings_and_summary() -> None:
    content, problems = render("Intro *text*.\n\n## One\n\n### Two\n\nMore `words` here.\n")
    assert problems == ()
    assert content.summary == "<p>Intro <em>text</em>.</p>"
    assert content.headings == ((2, "one", "One"), (3, "two", "Two"))
    assert content.ids == {"one", "two"}


def test_the_mark_of_the_summary_cuts_and_is_not_in_the_page() -> None:
    content, _ = render("One\n\nTwo\n\n<!-- more -->\n\nThree\n")
    assert content.summary == "<p>One</p>\n<p>Two</p>"
    assert content.html == "<p>One</p>\n<p>Two</p>\n<p>Three</p>\n"


def test_gfm_is_on() -> None:
    page = html_of("| a | b |\n|---|--:|\n| 1 | ~~2~~ |\n\nTerm\n: Meaning\n")
    assert '<td align="right"><del>2</del></td>' in page
    assert "style" not in page
    assert "<dt>Term</dt>\n<dd>Meaning</dd>" in page


def test_tasks_have_a_class_and_their_boxes_a_name() -> None:
    page = html_of("- [ ] a\n- [x] b\n- c\n\n1. [x] loose\n\n2. d\n")
    assert page.count('<li class="task-list-item">') == 3
    assert page.count('type="checkbox" checked="" aria-label="Completed task"/>') == 2
    assert page.count('type="checkbox" aria-label="Incomplete task"/>') == 1
    assert page.count("<li>") == 2


def test_alerts_are_boxes_with_a_title_and_quotes_stay_quotes() -> None:
    page = html_of("> [!NOTE]\n> Warm.\n>\n> > quoted\n\n> plain\n")
    assert page == (
        '<div class="alert alert-note" role="note">\n<p class="alert-title">Note</p>\n'
        "<p>Warm.</p>\n<blockquote>\n<p>quoted</p>\n</blockquote>\n</div>\n"
        "<blockquote>\n<p>plain</p>\n</blockquote>\n"
    )


def test_punctuation_is_smart_by_option() -> None:
    assert html_of('"a" -- b...') == '<p>"a" -- b...</p>\n'
    assert html_of('"a" -- b...', MarkdownOptions()) == "<p>“a” \u2013 b…</p>\n"


def test_only_code_in_a_known_language_is_highlighted() -> None:
    body = "```python\nx = 1\n```\n\n```nolang\na<b\n```\n\n    c\n\n`d`\n"
    page = html_of(body, MarkdownOptions())
    assert page.count('class="highlight"') == 1
    tail = page.partition("</pre>\n")[2]
    assert tail == html(body).partition("</pre>\n")[2]
    assert "highlight" not in html_of(body)


def test_links_are_resolved_in_the_text_and_in_raw_html() -> None:
    assert html_of('[a](x.md) <img src="y.png">\n') == (
        '<p><a href="/r/x.md">a</a> <img src="/r/y.png"></p>\n'
    )


def test_heading_ids_are_explicit_or_from_the_title() -> None:
    page = html_of("# A {#b .c}\n\n# B\n\n# [L](x.md)\n")
    assert '<h1 id="b" class="c">A</h1>' in page
    assert '<h1 id="b-1">B</h1>' in page
    assert '<h1 id="l"><a href="/r/x.md">L</a></h1>' in page


def test_footnotes_and_headings_share_one_set_of_ids() -> None:
    content, problems = render("# fn-1\n\nx[^a]\n\n[^a]: Note.\n")
    assert problems == ()
    assert content.ids == {"fn-1", "fn-1-1", "fnref-1"}
    assert content.summary == "<p>x</p>"


def test_an_html_file_keeps_its_body() -> None:
    body = '<h2>One *two*</h2>\n<a href="x.md">y</a>\n'
    content, _ = render(body, path="content/a.html")
    assert content.html == body.replace("<h2>", '<h2 id="one-two">')


def test_text_on_its_own_is_markdown_too() -> None:
    assert MarkdownRenderer(PLAIN).render_text("# *a* {{ b }}") == "<h1><em>a</em> {{ b }}</h1>\n"


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("x\n\nsee [y](missing.md) there", ["6:9"]),
        ("é [y](missing.md) ![z](missing.md)\n", ["4:7", "4:24"]),
        ("[y][r]\n\n[r]: missing.md\n", ["4:1"]),
        ('<div><a href="missing.md">y</a></div>\n', ["4:15"]),
        ("| a |\n|---|\n| [y](missing.md) |\n", ["6:7"]),
    ],
)
def test_a_broken_link_is_placed_at_each_of_its_targets(body: str, places: list[str]) -> None:
    _, problems = render(body)
    assert [str(problem.place) for problem in problems] == [f"content/a.md:{at}" for at in places]
    assert {problem.code for problem in problems} == {"broken-link"}
    assert all("missing.md" in problem.message for problem in problems)
    lines = (HEAD + body).split("\n")
    for problem in problems:
        assert problem.place is not None
        assert problem.place.line is not None
        assert problem.place.text == lines[problem.place.line - 1]


@pytest.mark.parametrize(
    ("body", "code", "place"),
    [
        ("x\ny[^a]\n", "undefined-footnote", "5:2"),
        ("x\n\n[^a]: y\n", "unused-footnote", "6:1"),
        ('<p id="a">\n<p id="a">\n', "duplicate-id", "4:8"),
    ],
)
def test_a_slip_is_a_placed_warning(body: str, code: str, place: str) -> None:
    _, (problem,) = render(body)
    assert (problem.code, str(problem.place)) == (code, f"content/a.md:{place}")
    assert problem.severity is Severity.WARNING
    assert problem.hint


@pytest.mark.parametrize(
    ("body", "page", "places"),
    [
        ("x [a](javascript:f)", "<p>x <a>a</a></p>\n", ["4:7"]),
        ("![a](javascript:f)", '<p><img alt="a" /></p>\n', ["4:6"]),
        ("<javascript:f>", "<p><a>javascript:f</a></p>\n", ["4:2"]),
        ("[a]\n\n[a]: <JAVA&#9;SCRIPT&colon;f>", "<p><a>a</a></p>\n", ["4:1"]),
        (
            'é <a href="javascript:f">b</a> [a](javascript:f)\n\n<img src="javascript:f">\n',
            '<p>é <a href="javascript:f">b</a> <a>a</a></p>\n<img src="javascript:f">\n',
            ["4:36"],
        ),
        ("[a](mailto:b@c.d) [e](data:x) [f](tel:1)", None, []),
        ("| [a](https://x.org) |\n|---|\n| b: c |\n", None, []),
    ],
)
def test_a_script_that_markdown_links_to_is_taken_out_and_one_of_raw_html_stays(
    body: str, page: str | None, places: list[str]
) -> None:
    document, _ = parse_document("content/a.md", HEAD + body, ())
    content, problems = MarkdownRenderer(PLAIN).render_content(document)
    expected = html(body, options=Options.ENABLE_TABLES) if page is None else page
    assert content.html == expected
    assert [str(problem.place) for problem in problems] == [f"content/a.md:{at}" for at in places]
    assert all(problem.code == "unsafe-link" for problem in problems)
    assert all(problem.severity is Severity.WARNING for problem in problems)
