import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyromark import Markdown, Options

from pectin.build.configuration.model import MarkdownOptions
from pectin.build.content.autolinks import find_autolinks, link_bare_urls
from pectin.build.content.front_matter import parse_document
from pectin.build.content.markdown import MarkdownRenderer

MARKDOWN = Markdown(options=Options.ENABLE_TABLES | Options.ENABLE_SMART_PUNCTUATION)


def render(text: str) -> str:
    return MARKDOWN.html(link_bare_urls(text, MARKDOWN))


def urls_of(text: str) -> list[str]:
    return [link.url for link in find_autolinks(text, MARKDOWN)]


def test_a_url_is_a_link_to_the_character_whatever_else_its_characters_mean() -> None:
    assert render("See https://x.org/a--b_c_d/*e*?f='g'...") == (
        "<p>See <a href=\"https://x.org/a--b_c_d/*e*?f=&#x27;g&#x27;\">https://x.org/a--b_c_d/*e*?f='g'</a>…</p>\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "`https://x.org` and `a@b.c`",
        "    https://x.org",
        "```\nhttps://x.org a@b.c\n```",
        "[https://x.org a@b.c](/y)",
        "![https://x.org](/y)",
        "[x](https://x.org) [y]\n\n[y]: https://x.org 'www.x.org'",
        "<https://x.org> <a@b.c> <b title='https://x.org'>",
        "<div>\nhttps://x.org\n</div>",
        "xhttps://x.org awww.x.org",
        "http://localhost http://a.b_c.d/e www.x",
        "@a.b a@b a@b.c- a@b+c.d",
        'a "https://x.org"',
    ],
)
def test_what_is_no_bare_url_stays_as_it_is(text: str) -> None:
    assert link_bare_urls(text, MARKDOWN) == text


def test_brackets_around_a_url_are_no_part_of_it() -> None:
    assert urls_of("(see [at https://x.org/a_(b)].)") == ["https://x.org/a_(b)"]


def test_a_cell_of_a_table_ends_a_url() -> None:
    text = "|www.x.org|b|\n|---|---|\n|a@b.c|https://x.org\\|d|\n"
    assert urls_of(text) == ["http://www.x.org", "mailto:a@b.c", "https://x.org"]
    assert render(text).count("<td>") == 2
    assert urls_of("a|https://x.org") == []


def test_a_url_that_another_contains_is_a_part_of_it() -> None:
    assert urls_of("https://x.org/(https://y.org)?a@b.c") == ["https://x.org/(https://y.org)?a@b.c"]


@given(
    st.lists(
        st.sampled_from(
            ["https://x.org", "www.x.org", "a@b.c", "/", " ", "\n", "\n\n", "*", "_", "`", "[", "](", ")", "<", ">",
             "|", "\\", "&amp;", ";", "~", "é", "- ", "> ", "|---|\n", '"', "--"]
        )
    ).map("".join)
)  # fmt: skip
def test_every_url_that_is_found_becomes_a_link_that_shows_it(text: str) -> None:
    found = find_autolinks(text, MARKDOWN)
    linked = link_bare_urls(text, MARKDOWN)
    targets = [
        url
        for event in MARKDOWN.events(linked)
        if isinstance(event, dict)
        for start in [event.get("Start")]
        if isinstance(start, dict) and (link := start.get("Link"))
        for url in [link["dest_url"]]
    ]
    for link in found:
        assert link.url in targets
        assert text[link.start : link.end] in link.url


def test_a_site_chooses_whether_bare_urls_are_links() -> None:
    text = "www.x.org"
    assert (
        MarkdownRenderer(MarkdownOptions(autolinks=False)).render_text(text) == f"<p>{text}</p>\n"
    )
    assert "<a " in MarkdownRenderer(MarkdownOptions()).render_text(text)


def test_where_a_bare_url_stands_can_be_told() -> None:
    document, _ = parse_document("content/a.md", "---\ntitle: A\n---\né https://x.org/b\n", ())
    (written,) = MarkdownRenderer(MarkdownOptions()).locate_links(document)("https://x.org/b")
    assert str(written.place) == "content/a.md:4:3"
