import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyromark import Markdown, Options, html

from pectin.build.content.raw_html import drop_unsafe_urls, escape_raw_html, is_unsafe

MARKDOWN = Markdown(options=Options.ENABLE_TABLES | Options.ENABLE_FOOTNOTES)


def escape(text: str) -> str:
    return MARKDOWN.html(escape_raw_html(text, MARKDOWN))


def test_html_is_shown_and_markdown_beside_it_works() -> None:
    assert escape("a <b>*c*</b> `<i>` <https://x.org>\n") == (
        "<p>a &lt;b&gt;<em>c</em>&lt;/b&gt; <code>&lt;i&gt;</code> "
        '<a href="https://x.org">https://x.org</a></p>\n'
    )


def test_a_block_of_html_is_shown() -> None:
    assert escape("<div>\n<b>x</b>\n</div>\n") == (
        "<p>&lt;div&gt;\n&lt;b&gt;x&lt;/b&gt;\n&lt;/div&gt;</p>\n"
    )


def test_the_mark_of_a_summary_stays() -> None:
    assert "<!-- more -->" in escape("a\n\n<!-- more -->\n\nb <!--more--> <!-- other -->")
    assert "<!-- other" not in escape("a <!-- other -->")


@given(
    st.lists(
        st.sampled_from(
            ["<b>", "</b>", "<!--", "-->", "<script>", "</script>", "`", "```\n", "\n", "\n\n",
             "    ", "> ", "- ", "*", "[", "](", ")", "<?", "?>", "<![CDATA[", "]]>", "\\", "&lt;",
             "<x y='", "'", '"', "x", "é", "<https://a.b>", "[^1]: ", "<!-- more -->"]
        )
    ).map("".join)
)  # fmt: skip
def test_no_html_is_left_whatever_stands_around_it(text: str) -> None:
    escaped = escape_raw_html(text, MARKDOWN)
    for event in MARKDOWN.events(escaped):
        match event:
            case {"Html": str(raw)} | {"InlineHtml": str(raw)}:
                assert "<" not in raw or raw.strip() == "<!-- more -->"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:alert(1)",
        "java%0ascript:alert(1)",
        "java&#10;script:alert(1)",
        "java&Tab;script&colon;alert(1)",
        "\x01javascript:alert(1)",
        "java\u200bscript:alert(1)",
        "javascript&#58;alert(1)",
        "vbscript:msgbox(1)",
        "data:text/html,<script>alert(1)</script>",
        "data:text/html;base64,PHNjcmlwdD4=",
        "data:image/svg+xml,<svg onload=alert(1)>",
        "blob:https://x/1",
    ],
)
def test_a_url_that_scripts_is_known_through_every_disguise(url: str) -> None:
    assert is_unsafe(url, is_image=False)


@pytest.mark.parametrize(
    "url",
    [
        "https://x.org/javascript:",
        "/javascript:",
        "#data:",
        "mailto:a@b.c",
        "javascripting",
        "tel:1",
    ],
)
def test_other_urls_are_left_alone(url: str) -> None:
    assert not is_unsafe(url, is_image=False)


def test_an_image_may_be_data_when_the_data_is_an_image() -> None:
    assert not is_unsafe("data:image/png;base64,AA==", is_image=True)
    assert is_unsafe("data:text/html,x", is_image=True)


def test_a_dropped_url_leaves_the_link_and_is_named() -> None:
    page, dropped = drop_unsafe_urls(html('[a](javascript:x "t") [b](/c)'))
    assert page == '<p><a title="t">a</a> <a href="/c">b</a></p>\n'
    assert dropped == ("javascript:x",)


def test_a_heading_keeps_no_attribute_but_its_id_and_class() -> None:
    page = html("# A {#b .c onclick=x}", options=Options.ENABLE_HEADING_ATTRIBUTES)
    assert drop_unsafe_urls(page)[0] == '<h1 id="b" class="c">A</h1>\n'
