from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyromark import Markdown, Options

from pectin.build.content.footnotes import find_undefined, gather_footnotes, take_notes
from pectin.build.content.headings import find_ids

MARKDOWN = Markdown(options=Options.ENABLE_FOOTNOTES | Options.ENABLE_GFM | Options.ENABLE_TABLES)
PIECES = (
    *("x[^a]", "[^a]: One", "[^b]: Two[^a]", "\n", "\n\n", "    ", "> ", "- ", "`", "```\n"),
    *("<div>", "</div>", "</div", ">", "<!--", "-->", "<b>", "<script>", "</script>", "<pre>"),
    *("![", "[", "](x)", '<div class="footnote-definition" id="c">', "\\", "|", "# ", "**"),
)


def take(text: str) -> tuple[str, Mapping[str, str]]:
    return take_notes(MARKDOWN.html(text), MARKDOWN.events(text))


def render(text: str) -> tuple[str, tuple[str, ...]]:
    return gather_footnotes(*take(text))


def test_notes_stand_at_the_end_in_the_order_of_their_references() -> None:
    page, unused = render("[^a]: First.\n\nTwo[^b] and one[^a].\n\n[^b]: Second.\n")
    assert unused == ()
    body, section = page.split('<section class="footnotes" role="doc-endnotes">')
    assert '<a href="#fn-1" role="doc-noteref">1</a></sup> and one' in body
    assert section.index("Second.") < section.index("First.")
    assert "footnote-definition" not in page


def test_a_note_links_back_to_each_of_its_references() -> None:
    page, _ = render("One[^a] and again[^a].\n\n[^a]: Note.\n")
    assert 'href="#fnref-1"' in page
    assert 'href="#fnref-1-2"' in page
    assert sorted(find_ids(page)) == ["fn-1", "fnref-1", "fnref-1-2"]
    assert page.count("Note.") == 1


def test_the_way_back_is_inside_the_last_paragraph() -> None:
    page, _ = render("x[^a]\n\n[^a]: One.\n\n    Two.\n")
    assert "Two. <a class=" in page
    page, _ = render("x[^a]\n\n[^a]:\n    - One\n")
    assert "</ul> <a class=" in page


def test_a_note_may_refer_to_a_note() -> None:
    page, unused = render("x[^a]\n\n[^a]: See[^b].\n\n[^b]: Deeper[^a].\n")
    assert unused == ()
    assert '<li id="fn-2"><p>Deeper' in page


def test_a_note_that_nothing_refers_to_is_left_out_and_named() -> None:
    page, unused = render('x\n\n[^a"b]: Lonely.\n')
    assert page == "<p>x</p>\n"
    assert unused == ('a"b',)


def test_a_note_may_hold_elements_of_the_name_that_encloses_it() -> None:
    page, _ = render("x[^a]\n\n[^a]: N\n\n    <div><div>d</div></div>\n\nAfter\n")
    before, section = page.split("<section")
    assert before.endswith("<p>After</p>\n")
    assert section.count("<div>") == section.count("</div>") == 2


def test_the_first_of_two_definitions_holds() -> None:
    page, _ = render("x[^a]\n\n[^a]: One.\n\n[^a]: Two.\n")
    assert "One." in page
    assert "Two." not in page


def test_a_reference_without_a_definition_is_found_but_not_in_code() -> None:
    assert find_undefined(MARKDOWN.html("x[^a] `[^b]`\n\n    [^c]\n")) == ("a",)


@pytest.mark.parametrize(
    "note",
    [
        "<!-- <div> --> x",
        "<b>x</b> <div>",
        "<div-x>y",
        "<!-- </div> -->",
        "x </div>",
        "![<b></div></b>](y)",
        '<!-- <div class="footnote-definition" id="c"> -->',
        "<pre></div></div>",
    ],
)
def test_what_a_note_leaves_open_or_closes_too_early_stays_within_it(note: str) -> None:
    page, notes = take(f"A[^a] B[^b]\n\n[^a]: {note}\n\n[^b]: Two.\n\nAfter.\n")
    assert page.endswith("</p>\n<p>After.</p>\n")
    assert list(notes) == ["a", "b"]
    assert notes["b"] == "<p>Two.</p>\n"


def test_a_note_within_a_quote_leaves_the_quote() -> None:
    page, notes = take("> x[^a]\n>\n> [^a]: One.\n>\n> y\n")
    assert notes == {"a": "<p>One.</p>\n"}
    assert page.endswith("<p>y</p>\n</blockquote>\n")


def test_a_way_back_has_words_for_those_who_hear_it() -> None:
    page, _ = render("One[^a] and again[^a].\n\n[^a]: Note.\n")
    assert 'aria-label="Back to reference 1">' in page
    assert 'aria-label="Back to reference 1-2">' in page


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_every_note_ends_where_the_parser_ends_it(text: str) -> None:
    page, notes = take(text)
    whole = MARKDOWN.html(text)
    begun = [event for event in MARKDOWN.events(text) if "FootnoteDefinition" in str(event)]
    assert len(notes) <= len(begun) // 2
    assert (page == whole) == (not begun)
