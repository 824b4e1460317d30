from pyromark import Options, html

from pectin.build.content.footnotes import find_undefined, gather_footnotes
from pectin.build.content.headings import find_ids


def render(text: str) -> str:
    return html(text, options=Options.ENABLE_FOOTNOTES)


def test_notes_stand_at_the_end_in_the_order_of_their_references() -> None:
    page, unused = gather_footnotes(
        render("[^a]: First.\n\nTwo[^b] and one[^a].\n\n[^b]: Second.\n")
    )
    assert unused == ()
    body, section = page.split('<section class="footnotes" role="doc-endnotes">')
    assert '<a href="#fn-1" role="doc-noteref">1</a></sup> and one' in body
    assert section.index("Second.") < section.index("First.")
    assert "footnote-definition" not in page


def test_a_note_links_back_to_each_of_its_references() -> None:
    page, _ = gather_footnotes(render("One[^a] and again[^a].\n\n[^a]: Note.\n"))
    assert 'href="#fnref-1"' in page
    assert 'href="#fnref-1-2"' in page
    assert sorted(find_ids(page)) == ["fn-1", "fnref-1", "fnref-1-2"]
    assert page.count("Note.") == 1


def test_the_way_back_is_inside_the_last_paragraph() -> None:
    page, _ = gather_footnotes(render("x[^a]\n\n[^a]: One.\n\n    Two.\n"))
    assert "Two. <a class=" in page
    page, _ = gather_footnotes(render("x[^a]\n\n[^a]:\n    - One\n"))
    assert "</ul> <a class=" in page


def test_a_note_may_refer_to_a_note() -> None:
    page, unused = gather_footnotes(render("x[^a]\n\n[^a]: See[^b].\n\n[^b]: Deeper[^a].\n"))
    assert unused == ()
    assert '<li id="fn-2"><p>Deeper' in page


def test_a_note_that_nothing_refers_to_is_left_out_and_named() -> None:
    page, unused = gather_footnotes(render('x\n\n[^a"b]: Lonely.\n'))
    assert page == "<p>x</p>\n"
    assert unused == ('a"b',)


def test_a_note_may_hold_elements_of_the_name_that_encloses_it() -> None:
    page, _ = gather_footnotes(render("x[^a]\n\n[^a]: N\n\n    <div><div>d</div></div>\n\nAfter\n"))
    before, section = page.split("<section")
    assert before.endswith("<p>After</p>\n")
    assert section.count("<div>") == section.count("</div>") == 2


def test_the_first_of_two_definitions_holds() -> None:
    page, _ = gather_footnotes(render("x[^a]\n\n[^a]: One.\n\n[^a]: Two.\n"))
    assert "One." in page
    assert "Two." not in page


def test_a_reference_without_a_definition_is_found_but_not_in_code() -> None:
    assert find_undefined(render("x[^a] `[^b]`\n\n    [^c]\n")) == ("a",)
