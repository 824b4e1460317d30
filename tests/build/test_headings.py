from hypothesis import given
from hypothesis import strategies as st

from pectin.build.content.document import Heading
from pectin.build.content.headings import Headings, find_ids, nest


def mark(html: str, *, anchors: bool = False, is_rich: bool = True) -> tuple[str, Headings]:
    headings = Headings(find_ids(html), anchors=anchors)
    return headings.mark(html, is_rich=is_rich), headings


def test_a_heading_gets_an_id_from_its_text() -> None:
    html, headings = mark("<h2>Sugar <em>and</em> salt &amp; more</h2>")
    assert html == '<h2 id="sugar-and-salt--more">Sugar <em>and</em> salt &amp; more</h2>'
    assert headings.flat == [(2, "sugar-and-salt--more", "Sugar <em>and</em> salt &amp; more")]


def test_equal_headings_are_numbered() -> None:
    html, _ = mark("<h2>A</h2><h2>A</h2><h2>A-1</h2><h2>A</h2>")
    assert find_ids(html) == ["a", "a-1", "a-1-1", "a-2"]


def test_an_id_that_the_author_chose_stays_and_is_given_to_no_other() -> None:
    html, headings = mark('<h2>Plum</h2><h2 class="x" id="plum">Other</h2>')
    assert find_ids(html) == ["plum-1", "plum"]
    assert headings.ids == {"plum", "plum-1"}


def test_a_heading_without_letters_still_has_an_anchor() -> None:
    assert mark("<h2>!?</h2>")[0] == '<h2 id="section">!?</h2>'


def test_a_heading_in_a_comment_or_a_script_is_none() -> None:
    html = "<!-- <h2>A</h2> --><script>'<h2>B</h2>'</script><h2>C</h2>"
    assert [name for _, name, _ in mark(html)[1].flat] == ["c"]


def test_the_anchor_link_has_a_name_for_those_who_hear_it() -> None:
    html, _ = mark('<h2>Say "hi"</h2>', anchors=True)
    assert html == (
        '<h2 id="say-hi">Say "hi" '
        '<a class="heading-anchor" href="#say-hi" aria-label="# Say &quot;hi&quot;">#</a></h2>'
    )


def test_a_title_in_the_contents_has_no_links_ids_or_notes() -> None:
    inner = (
        '<a href="/x" id="y">Plum</a> <em id="z">jam</em>'
        '<sup class="footnote-reference" id="fnref-1"><a href="#fn-1">1</a></sup>'
    )
    assert mark(f"<h2>{inner}</h2>")[1].flat[0][2] == "Plum <em>jam</em>"


def test_the_contents_are_a_tree_whatever_levels_are_left_out() -> None:
    flat = [(2, "a", "A"), (4, "b", "B"), (3, "c", "C"), (1, "d", "D"), (2, "e", "E")]
    assert nest(flat) == (
        Heading(2, "a", "A", (Heading(4, "b", "B"), Heading(3, "c", "C"))),
        Heading(1, "d", "D", (Heading(2, "e", "E"),)),
    )


def test_every_kind_of_quoting_gives_an_id() -> None:
    html = '<p id="a">id="no"</p><p class=x id=\'b\'><i id=c><a name="d">'
    assert find_ids(html) == ["a", "b", "c", "d"]


@given(st.lists(st.sampled_from(["a", "A", "a-1", "a-2", "a-1-1", "!", "section", "é", "e\u0301"])))
def test_ids_are_unique(titles: list[str]) -> None:
    html, headings = mark("".join(f"<h2>{title}</h2>" for title in titles))
    assert len(set(find_ids(html))) == len(titles) == len(headings.ids)


def test_an_id_with_a_quote_is_itself_to_templates_and_escaped_in_html() -> None:
    html, headings = mark('<h2 id="a&quot;b">C</h2>', anchors=True)
    assert headings.flat == [(2, 'a"b', "C")]
    assert headings.ids == {'a"b'}
    assert html.count('a"b') == 0
