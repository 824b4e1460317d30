from hypothesis import given
from hypothesis import strategies as st
from pyromark import Markdown, html

from pectin.build.content.link_targets import Targets, resolve_targets
from pectin.build.content.spans import count_characters


def test_relative_targets_are_resolved_and_others_are_not_asked() -> None:
    asked: list[str] = []

    def resolve(target: str) -> str:
        asked.append(target)
        return "/a?b=1&c"

    text = "[a](../x.md#y) ![b](p&q.png) [c](https://x.org) [d](#e) [e](//x.org) [f](mailto:a@b.c)"
    page, broken = resolve_targets(html(text), resolve)
    assert asked == ["../x.md#y", "p&q.png"]
    assert page.count('="/a?b=1&amp;c"') == 2
    assert broken == ()


def test_a_target_is_given_as_a_url_has_it() -> None:
    _, targets = resolve_targets(html("[a](é%20x.md) [b](<c d.md>)"), lambda _: None)
    assert targets == ("%C3%A9%20x.md", "c%20d.md")


def test_what_leads_nowhere_stays_and_is_told() -> None:
    page, broken = resolve_targets(html("[a](x.md)"), lambda _: None)
    assert page == '<p><a href="x.md">a</a></p>\n'
    assert broken == ("x.md",)


def test_targets_in_comments_are_text() -> None:
    page = '<!-- <a href="x"> -->'
    assert resolve_targets(page, lambda _: "/y") == (page, ())


def find(body: str, target: str) -> list[int]:
    return [offset for _, offset in Targets(body, Markdown()).find(target)]


def test_a_target_is_found_where_it_is_written() -> None:
    body = "é [x](a.md) and ![y](a.md 't') and [z][r]\n\n[r]: a.md\n"
    assert find(body, "a.md") == [body.index("a.md"), body.index("a.md 't'"), body.index("[z]")]


def test_a_target_is_told_as_it_is_written() -> None:
    body = "[x](ä.md) [x](%C3%A4.md) [x](<b c.md>)"
    targets = Targets(body, Markdown())
    assert targets.find("%C3%A4.md") == [("ä.md", 4), ("%C3%A4.md", 14)]
    assert targets.find("b%20c.md") == [("b c.md", 30)]


def test_a_target_of_raw_html_is_found_where_its_tag_has_it() -> None:
    body = "é a.md `<a href=a.md>` <a class='a.md' href='a.md?x&amp;y'> <img srcset='b.md 2x'\nsrc=a.md>\n"
    assert find(body, "a.md") == [body.rindex("a.md")]
    assert find(body, "a.md?x&y") == [body.index("a.md?x")]
    assert find(body, "b.md") == [body.index("b.md")]
    assert find(body, "c.md") == []


def test_a_target_is_found_in_an_argument_of_a_shortcode() -> None:
    body = "meta {{ figure(src=\"meta\", alt='b c') }}"
    assert find(body, "meta") == [body.rindex("meta")]
    assert find(body, "b%20c") == [body.index("b c")]


def test_all_of_a_page_of_html_is_looked_through() -> None:
    body = "<div>\n\n    <a href='a.md'>"
    assert Targets(body, None).find("a.md") == [("a.md", body.index("a.md"))]


@given(st.text(), st.data())
def test_bytes_are_counted_as_characters(text: str, data: st.DataObject) -> None:
    at = data.draw(st.lists(st.integers(0, len(text))))
    offsets = [len(text[:n].encode()) for n in at]
    assert [count_characters(text, offsets)[offset] for offset in offsets] == at
