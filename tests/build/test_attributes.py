import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyromark import Markdown, Options

from pectin.build.configuration.model import MarkdownOptions
from pectin.build.content.attributes import (
    merge_attributes,
    parse_attributes,
    read_attributes,
    render_attributes,
)
from pectin.build.content.block_attributes import give_block_attributes, take_block_attributes
from pectin.build.content.markdown import MarkdownRenderer

TABLES = Markdown(options=Options.ENABLE_TABLES | Options.ENABLE_GFM)
UNTRUSTED = MarkdownRenderer(MarkdownOptions(raw_html=False))


def render(text: str) -> str:
    changed, attributes = take_block_attributes(text, TABLES)
    return give_block_attributes(TABLES.html(changed), attributes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (".a #b c=d", {"class": "a", "id": "b", "c": "d"}),
        (" .a .b-c ", {"class": "a b-c"}),
        ("x=\"a 'b'\" y='c \"d\"', z", {"x": "a 'b'", "y": 'c "d"', "z": ""}),
        ("hl_lines=2-4,x", {"hl_lines": "2-4", "x": ""}),
        ("linenos=true, start=3", {"linenos": "true", "start": "3"}),
        ("", None),
        (".", None),
        ("a=", None),
        ("x y! z", None),
        ("- a", None),
    ],
)
def test_attributes_are_read_or_are_none(text: str, expected: dict[str, str] | None) -> None:
    assert parse_attributes(text) == expected


@given(st.dictionaries(st.from_regex(r"[a-z][a-z-]*", fullmatch=True), st.text()))
def test_attributes_that_are_written_are_read_again(attributes: dict[str, str]) -> None:
    assert read_attributes(render_attributes(attributes)) == attributes


def test_classes_add_up() -> None:
    merged = merge_attributes({"class": "a", "id": "b"}, {"class": "c", "id": "d"})
    assert merged == {"class": "a c", "id": "d"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\n{.x}\n", '<p class="x">a\nb</p>\n'),
        ("a\n{#x}\nb\n", '<p id="x">a</p>\n<p>b</p>\n'),
        ("- a\n- b\n{.x}\n", '<ul class="x">\n<li>a</li>\n<li>b</li>\n</ul>\n'),
        ("3. a\n{.x}\n", '<ol start="3" class="x">\n<li>a</li>\n</ol>\n'),
        ("> a\n> {.x}\n", '<blockquote>\n<p class="x">a</p>\n</blockquote>\n'),
        ("> a\n{.x lang=de}\n", '<blockquote class="x" lang="de">\n<p>a</p>\n</blockquote>\n'),
        (
            "- a\n  - b\n  {.x}\n",
            '<ul>\n<li>a\n<ul class="x">\n<li>b</li>\n</ul>\n</li>\n</ul>\n',
        ),
        ("> [!TIP]\n> a\n{.x}\n", '<blockquote class="markdown-alert-tip x">\n<p>a</p>\n</blockquote>\n'),
    ],
)  # fmt: skip
def test_a_block_has_the_attributes_on_the_line_below_it(text: str, expected: str) -> None:
    assert render(text) == expected


def test_a_table_can_have_attributes() -> None:
    assert render("|a|\n|-|\n|b|\n{.x}\n").startswith('<table class="x"><thead>')


@pytest.mark.parametrize(
    "text",
    [
        "{.x}\n",
        "a\n\n{.x}\n",
        "a {.x}\n",
        "```\na\n{.x}\n```\n",
        "    a\n    {.x}\n",
        "<div>\n{.x}\n</div>\n",
        "a\n{x y!}\n",
        "a\n{{ x }}\n",
        "a\n{}\n",
    ],
)
def test_other_braces_are_text(text: str) -> None:
    assert take_block_attributes(text, TABLES) == (text, ())


def test_attributes_below_what_can_have_none_are_left_out() -> None:
    assert render("***\n{.x}\n") == "<hr />\n"


def test_writers_who_are_not_trusted_give_ids_and_classes_only() -> None:
    text = 'a\n{.x #y onclick="z" style=s}\n\n```py {.c onclick=z}\nb\n```\n'
    assert UNTRUSTED.render_text(text) == (
        '<p class="x" id="y">a</p>\n<pre class="c"><code class="language-py">b\n</code></pre>\n'
    )


def test_a_comment_that_an_author_wrote_is_no_line_of_attributes() -> None:
    assert render("a\n<!--pectin-attributes-7-->\n\nb\n{.x}\n") == '<p>a</p>\n<p class="x">b</p>\n'


PIECES = st.sampled_from(["a", "\n", "\n\n", "{.x}", "{#y}", "> ", "- ", "  ", "|a|\n|-|\n", "```\n", "<p>", "</p>\n", "<ul>"])  # fmt: skip


@given(st.lists(PIECES).map("".join))
def test_nothing_of_a_line_of_attributes_is_left(text: str) -> None:
    assert "pectin-attributes" not in render(text)
