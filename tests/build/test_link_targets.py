from hypothesis import given
from hypothesis import strategies as st
from pyromark import Markdown, html

from pectin.build.content.link_targets import Targets, count_characters, resolve_targets


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


def test_a_target_is_found_where_it_is_written() -> None:
    body = "é [x](a.md) and ![y](a.md 't') and [z][r]\n\n[r]: a.md\n"
    offsets = Targets(body, Markdown()).find("a.md")
    assert offsets == [body.index("a.md"), body.index("a.md 't'"), body.index("[z]")]


def test_a_target_of_raw_html_is_found_where_it_stands_first() -> None:
    targets = Targets("a.md <a href='a.md?x&amp;y'> <img src=a.md>\n", Markdown())
    assert targets.find("a.md") == [38]
    assert targets.find("a.md?x&y") == [14]
    assert targets.find("b.md") == []


@given(st.text(), st.data())
def test_bytes_are_counted_as_characters(text: str, data: st.DataObject) -> None:
    at = data.draw(st.lists(st.integers(0, len(text))))
    offsets = [len(text[:n].encode()) for n in at]
    assert [count_characters(text, offsets)[offset] for offset in offsets] == at
