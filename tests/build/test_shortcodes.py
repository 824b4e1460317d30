from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.build.configuration.model import MarkdownOptions
from pectin.build.content.document import Content
from pectin.build.content.front_matter import parse_document
from pectin.build.content.markdown import MarkdownRenderer
from pectin.build.content.shortcode_syntax import BadShortcode, parse_tag
from pectin.build.content.shortcodes import ShortcodeCall, parse_shortcodes
from pectin.values.place import place_at
from pectin.values.problem import Problem

PLAIN = MarkdownRenderer(MarkdownOptions(smart_punctuation=False))


def show(call: ShortcodeCall) -> str:
    body = "" if call.body is None else call.body
    return f"<x-{call.name}>{body}</x-{call.name}>"


def render(
    source: str, call: Callable[[ShortcodeCall], str] = show, path: str = "content/a.md"
) -> tuple[Content, tuple[Problem, ...]]:
    document, _ = parse_document(path, source, ())
    return PLAIN.render_content(document, render_shortcode=call)


def html_of(source: str, path: str = "content/a.md") -> str:
    content, problems = render(source, path=path)
    assert problems == ()
    return content.html


def test_arguments_are_texts_numbers_words_and_lists() -> None:
    tag = parse_tag(
        '{{ figure( src="a \\"b\\"", n=3, x=-1.5, ok=true, no=false, nil=none, l=[1, "b", [2],], ) }}',
        0,
    )
    assert tag.name == "figure"
    assert tag.arguments == {
        "src": 'a "b"',
        "n": 3,
        "x": -1.5,
        "ok": True,
        "no": False,
        "nil": None,
        "l": [1, "b", [2]],
    }


def test_a_text_may_have_what_ends_a_tag() -> None:
    assert parse_tag("{{ x(a='}} %} )') }}", 0).arguments == {"a": "}} %} )"}


@pytest.mark.parametrize(
    ("tag", "column", "message"),
    [
        ("{{ }}", 4, "begins with its name"),
        ("{{ title }}", 10, "`title` is not followed by `(`"),
        ("{{ x(1) }}", 6, "not `name=value`"),
        ("{{ x(a=) }}", 8, "not a value"),
        ("{{ x(a=b) }}", 8, "not a value"),
        ("{{ x(a=1 b=2) }}", 10, "a comma or `)`"),
        ("{{ x(a=[1 2]) }}", 11, "a comma or `]`"),
        ("{{ x(a=1, a=2) }}", 11, "given twice"),
        ("{{ x() ", 1, "does not end with `}}`"),
        ("{{ x(a=1", 1, "a comma or `)`"),
        ("{% end x %}", 8, "does not end with `%}`"),
    ],
)
def test_a_tag_that_cannot_be_read_says_where(tag: str, column: int, message: str) -> None:
    with pytest.raises(BadShortcode, match=r".") as refusal:
        parse_tag(tag, 0)
    assert refusal.value.offset + 1 == column
    assert message in str(refusal.value)
    assert refusal.value.hint


def test_a_shortcode_stands_where_its_tag_stood() -> None:
    assert html_of("See {{ icon() }} *here*.") == "<p>See <x-icon></x-icon> <em>here</em>.</p>\n"


def test_a_shortcode_alone_in_a_paragraph_has_no_paragraph() -> None:
    assert html_of("A\n\n{{ fig() }}\n\nB") == "<p>A</p>\n<x-fig></x-fig>\n<p>B</p>\n"
    assert html_of("{{ fig() }}\n{{ fig() }}") == "<x-fig></x-fig>\n<x-fig></x-fig>\n"


def test_a_pair_has_its_markdown_rendered() -> None:
    assert html_of("{% note() %}\nWarm *it*.\n\n- a\n{% end %}\n") == (
        "<x-note><p>Warm <em>it</em>.</p>\n<ul>\n<li>a</li>\n</ul>\n</x-note>\n"
    )


def test_a_pair_on_one_line_is_inline() -> None:
    assert html_of("Is {% mark() %}*very*{% end %} good") == (
        "<p>Is <x-mark><em>very</em></x-mark> good</p>\n"
    )


def test_a_pair_on_its_own_lines_ends_the_paragraph_above() -> None:
    assert html_of("Text\n{% note() %}\nbody\n{% end %}\nmore") == (
        "<p>Text</p>\n<x-note><p>body</p>\n</x-note>\n<p>more</p>\n"
    )


def test_pairs_nest() -> None:
    source = "{% a() %}\n{% b() %}\n{{ c() }}\n{% end %}\n{% end %}\n"
    assert html_of(source) == "<x-a><x-b><x-c></x-c>\n</x-b>\n</x-a>\n"


def test_a_pair_in_a_list_stays_in_its_item() -> None:
    html = html_of("- one\n\n  {% note() %}\n  body\n  {% end %}\n- two\n")
    assert html.index("<x-note><p>body</p>") < html.index("</li>")


def test_nth_counts_each_name_apart_in_the_order_of_the_source() -> None:
    calls: list[tuple[str, int]] = []

    def note(call: ShortcodeCall) -> str:
        calls.append((call.name, call.nth))
        return ""

    render("{% a() %}{{ a() }}{% end %} {{ b() }} {{ a() }}", note)
    assert sorted(calls) == [("a", 1), ("a", 2), ("a", 3), ("b", 1)]
    assert calls[0] == ("a", 2)


@pytest.mark.parametrize(
    "source",
    ["`{{ x() }}`", "```\n{{ x( }}\n{% y %}\n```", "    {{ x() }}", "> ~~~\n> {% end %}\n> ~~~"],
)
def test_braces_in_code_are_left_alone(source: str) -> None:
    assert html_of(source) == PLAIN.render_text(source)


def test_code_is_found_below_letters_of_several_bytes() -> None:
    assert html_of("日本 é `{{ x() }}` {{ y() }}") == (
        "<p>日本 é <code>{{ x() }}</code> <x-y></x-y></p>\n"
    )


def test_a_backslash_writes_the_braces_themselves() -> None:
    assert html_of(r"Use \{{ x() }} and \{% y %}") == "<p>Use {{ x() }} and {% y %}</p>\n"


def test_a_shortcode_may_make_a_target() -> None:
    content, problems = render('[x]({{ ref(p="a b") }} "t")', lambda _: '/a"b/')
    assert problems == ()
    assert content.html == '<p><a href="/a&quot;b/" title="t">x</a></p>\n'


def test_a_heading_may_have_a_shortcode() -> None:
    content, _ = render("## Jam {{ icon() }}", lambda _: "<b>now</b>")
    assert content.html == '<h2 id="jam-now">Jam <b>now</b></h2>\n'


def test_what_a_shortcode_writes_is_not_read_again() -> None:
    content, problems = render("{{ a() }} {{ b() }}", lambda _: "SHORTCODE0N1Z {{ a() }} *x*")
    assert problems == ()
    assert content.html.count("SHORTCODE0N1Z {{ a() }} *x*") == 2


def test_text_that_looks_like_a_placeholder_stays() -> None:
    assert "SHORTCODE0N0Z and <x-a></x-a>" in html_of("SHORTCODE0N0Z and {{ a() }}")


def test_shortcodes_work_in_html_files_whose_bodies_are_html() -> None:
    html = html_of("<p>*{{ a() }}*</p>\n{% b() %}*x*{% end %}", path="content/a.html")
    assert html == "<p>*<x-a></x-a>*</p>\n<x-b>*x*</x-b>"


@pytest.mark.parametrize(
    ("body", "place", "line", "message"),
    [
        ("Text\n\n{{ x(1) }} after", "6:6", "{{ x(1) }} after", "not `name=value`"),
        ("{% a() %}\nx", "4:1", "{% a() %}", "`a` is not ended"),
        ("x\n{% end %}", "5:1", "{% end %}", "nothing is open"),
        ("{% a() %}\n\nx {{ y }}\n{% end %}", "6:8", "x {{ y }}", "`y` is not followed"),
        ("{{ x(a='", "4:8", "{{ x(a='", "not a value"),
    ],
)
def test_an_error_in_a_tag_is_placed_in_the_file(
    body: str, place: str, line: str, message: str
) -> None:
    _, (problem,) = render(f"---\ntitle: A\n---\n{body}")
    assert str(problem.place) == f"content/a.md:{place}"
    assert problem.place is not None
    assert problem.place.text == line
    assert message in problem.message
    assert problem.hint


def test_a_call_knows_its_place() -> None:
    places: list[str] = []

    def note(call: ShortcodeCall) -> str:
        places.append(str(call.place))
        return ""

    render("---\ntitle: A\n---\nx\n{% a() %}\n  {{ b() }}\n{% end %}\n", note)
    assert places == ["content/a.md:6:3", "content/a.md:5:1"]


@given(st.text().filter(lambda text: "{{" not in text and "{%" not in text))
def test_text_without_shortcodes_is_unchanged(text: str) -> None:
    pieces, problems = parse_shortcodes(text, (), lambda at: place_at("a.md", text, at))
    assert ("".join(str(piece) for piece in pieces), problems) == (text, ())


@given(
    st.lists(
        st.sampled_from(
            ["{{", "}}", "{%", "%}", "{% end %}", " a(", ")", "b=", "'", '"', "[", "]", ",", "\\",
             "\n", "`", "1", "x", "é", "{{ a() }}", "{% b() %}", "- ", "> ", "    "]
        )
    ).map("".join)
)  # fmt: skip
def test_any_mixture_of_tags_is_a_page_or_placed_problems(source: str) -> None:
    _, problems = render(source)
    assert all(problem.place and problem.place.line for problem in problems)


LITERAL = [
    '<script>var t = "{{ name }}";\n\n{{ a() }}</script>',
    "<style>\na {{ b }\n</style>",
    "<pre class=x>\n{{ x }}\n</pre>",
    "<code>{% raw %}</code>",
    "<!-- {{ a }}\n\n{{ b }} -->",
    "<textarea>{{ a }}</textarea>",
    "<SCRIPT>{{ a }}</script >",
]


@pytest.mark.parametrize("html", LITERAL)
@pytest.mark.parametrize("path", ["content/a.md", "content/a.html"])
def test_braces_are_text_where_html_is_literal(html: str, path: str) -> None:
    page = html_of(f"{html}\n\n<p title='é'>{{{{ icon() }}}}</p>\n", path)
    assert html in page
    assert "<p title='é'><x-icon></x-icon></p>" in page


def test_braces_are_text_where_html_inside_a_paragraph_is_literal() -> None:
    source = "*é* <code>{{ a }}</code> <!-- {{ b }} --> {{ icon() }}"
    assert html_of(source) == (
        "<p><em>é</em> <code>{{ a }}</code> <!-- {{ b }} --> <x-icon></x-icon></p>\n"
    )


def test_html_that_is_code_in_markdown_is_literal_no_further() -> None:
    source = "`<script>` {{ icon() }}\n\n```\n<!-- {{ a }}\n```\n\n{{ icon() }}"
    assert html_of(source).count("<x-icon>") == 2


@pytest.mark.parametrize("html", ["<script>", "<!--", "<pre>\n", "<p>\n<code>"])
def test_literal_html_that_never_ends_hides_the_rest(html: str) -> None:
    for path in ("content/a.md", "content/a.html"):
        assert "{{ a }}" in html_of(f"{html} {{{{ a }}}}\n", path)
