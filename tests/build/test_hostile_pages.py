"""Pages of 100 KB and more that would take minutes, were any pass over them not linear."""

import pytest

from pectin.build.configuration.model import MarkdownOptions
from pectin.build.content.document import Content
from pectin.build.content.footnotes import find_undefined, gather_footnotes
from pectin.build.content.front_matter import parse_document
from pectin.build.content.headings import Headings, find_ids
from pectin.build.content.markdown import MarkdownRenderer
from pectin.build.content.shortcode_syntax import BadShortcode, parse_tag
from pectin.build.content.text import plain_text, summarize
from pectin.values.problem import Problem

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
    "<code>{{",
    "<p><code>\n{{ ",
    "<!-- --> {{",
    "<pre <",
    '<sup class="footnote-reference"',
    ' <a class="heading-anchor"',
]


def repeat(piece: str) -> str:
    return piece * (SIZE // len(piece))


def render(body: str) -> tuple[Content, tuple[Problem, ...]]:
    document, _ = parse_document("content/a.md", "\n" + body, ())
    return MarkdownRenderer(MarkdownOptions()).render_content(
        document,
        resolve_link=lambda target: None if "gone" in target else target,
        render_shortcode=lambda call: f"({call.body})",
    )


@pytest.mark.parametrize("piece", UNCLOSED)
def test_html_that_never_ends_is_read_once(piece: str) -> None:
    html = repeat(piece)
    assert len(plain_text(html)) <= len(html)
    assert len(summarize(html, len(html))) < 3 * len(html)
    marked = Headings(find_ids(html), anchors=True).mark(html, is_rich=True)
    assert marked == html
    assert gather_footnotes(html, {}) == (html, ())
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
    content, problems = render("".join(f"x[^{n}]\n\n[^{n}]: y\n\n" for n in range(count)))
    assert problems == ()
    assert content.html.count("<li id=") == count
    assert f'<li id="fn-{count}">' in content.html


BRACES = [
    "`",
    "``` ",
    "```{",
    "```{x\n",
    "~~~ {.a}\n",
    "{.a}\n",
    "a\n{.a}\n",
    "a\n{a=",
    "a\n{.a .a",
    " \n{",
    "> \n{",
]
BARE_URLS = [
    "www.",
    "www.a",
    " www.a.b",
    "|www.a.b",
    "http://",
    "http://a-",
    "a@",
    "a.",
    "a@a.a",
    "@a.",
    "www.a.b)",
    "&a;",
    "(www.a.b/(",
]
TAGS = [
    "{{ ",
    '{{ a(x="',
    "{{ a(x='y\" ",
    "{{ a() }}",
    "{% end %} ",
    "{% a() %}",
    "{% a() %}{% end %}",
    "{% a() %}\n\n{% end %}\n",
    "{{ a(x=1 ",
    "{{ a( }} ",
    "`{{` ",
    "`é{{` {{ ",
    "SHORTCODE1N ",
    "<p {{ a() }} ",
]


@pytest.mark.parametrize("piece", BARE_URLS)
def test_what_could_be_a_bare_url_is_read_once(piece: str) -> None:
    assert render(f"https://a.b/{repeat(piece)}a@")[1] == ()


@pytest.mark.parametrize("piece", BRACES)
def test_what_could_be_attributes_is_read_once(piece: str) -> None:
    render(repeat(piece))
    render(f"{repeat(piece)}\n{{.b}}\n")


@pytest.mark.parametrize("piece", TAGS)
def test_a_page_of_tags_is_read_once(piece: str) -> None:
    content, problems = render(repeat(piece)[:100_000])
    assert content.html or problems
    assert {problem.code for problem in problems} <= {"shortcode-syntax"}


def test_pairs_nest_only_so_deep() -> None:
    depth = 3_000
    content, problems = render("{% a() %}" * depth + "x" + "{% end %}" * depth)
    assert len(problems) == depth - 32
    assert "".join(content.html.split()) == "(" * 32 + ")" * 32


def test_a_number_is_no_longer_than_a_machine_takes() -> None:
    with pytest.raises(BadShortcode, match="not a value"):
        parse_tag("{{ a(x=" + "1" * 5_000 + ") }}", 0)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("x[^{n}]\n", "undefined-footnote"),
        ("[^{n}]: x\n\n", "unused-footnote"),
        ("[x](gone-{n})\n", "broken-link"),
        ('<a href="gone-{n}">x</a>\n', "broken-link"),
        ("é [x](javascript:{n})\n", "unsafe-link"),
        ('<p id="a{n}"><p id="a{n}">\n\n', "duplicate-id"),
    ],
)
def test_each_of_many_slips_is_placed(line: str, code: str) -> None:
    count = 3_000
    _, problems = render("".join(line.format(n=n) for n in range(count)))
    assert len(problems) == count
    assert {problem.code for problem in problems} == {code}
    height = line.count("\n")
    for n, problem in enumerate(problems):
        assert problem.place is not None
        assert problem.place.line == n * height + 2


def test_many_alerts_are_boxes() -> None:
    content, _ = render("> [!NOTE]\n> > a\n\n" * 5_000)
    assert content.html.count('role="note"') == content.html.count("</div>") == 5_000
    assert content.html.count("<blockquote>") == content.html.count("</blockquote>") == 5_000


def test_a_reference_to_no_character_is_one_that_browsers_show() -> None:
    endless = f"&#{'1' * 9_000};"
    assert plain_text(f"a{endless}&#000000000098;&amp;") == "a\ufffdb&"
    content, problems = render(f'<p>\n<a href="{endless}">{endless}</a>\n<h2>{endless}</h2>\n')
    assert content.headings
    assert problems == ()
