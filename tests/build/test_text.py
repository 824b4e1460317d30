import pytest

from pectin.build.content.text import count_words, plain_text, summarize


def test_plain_text_has_neither_tags_nor_what_readers_do_not_see() -> None:
    html = (
        "<p>Plums &amp; <em>sugar</em></p><!-- secret --><script>let x</script><style>p{}</style>"
    )
    assert plain_text(html).split() == ["Plums", "&", "sugar"]


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("one two\nthree", 3), ("Crème brûlée", 2), ("日本語", 3), ("한국어 단어", 2)],
)
def test_words_are_counted_in_every_script(text: str, words: int) -> None:
    assert count_words(text) == words


def test_a_summary_is_the_first_paragraph() -> None:
    assert summarize("<h1>A</h1>\n<p>One</p>\n<p>Two</p>\n", None) == "<p>One</p>"


def test_a_page_without_paragraphs_has_no_summary() -> None:
    assert summarize("<ul><li>One</li></ul>", None) == ""


def test_a_summary_that_is_cut_inside_an_element_is_closed() -> None:
    html = '<ul>\n<li><img src="a.png">One<br />\n<!-- cut --></li>\n</ul>'
    assert summarize(html, html.index("<!--")).endswith("<br /></li></ul>")


def test_a_summary_has_no_ids_and_no_footnote_references() -> None:
    html = (
        '<h2 id="a">A <a class="heading-anchor" href="#a">#</a></h2>'
        '<p>One<sup class="footnote-reference" id="fnref-1"><a href="#fn-1">1</a></sup></p>'
    )
    assert summarize(html, len(html)) == "<h2>A</h2><p>One</p>"
