import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyromark import Markdown

from pectin.build.content.code_blocks import take_fences
from pectin.build.content.code_lines import split_lines, take_marks
from pectin.build.content.code_options import CodeOptions, parse_options, parse_ranges
from pectin.build.content.highlight import Highlighter
from pectin.build.content.inclusion import CannotInclude, choose_part
from pectin.build.content.text import plain_text

MARKDOWN = Markdown()


@given(
    st.sampled_from(["python", "html", "markdown", "css"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\r\x00")),
)
def test_lines_have_all_of_the_code_and_are_whole_by_themselves(language: str, code: str) -> None:
    html = Highlighter().paint(language, code + "\n")
    lines = list(split_lines(html or ""))
    assert plain_text("".join(lines)) == plain_text(html or "")
    for line in lines:
        assert line.count("\n") <= 1
        assert line.count("<span") == line.count("</span>")


def test_options_are_told_from_attributes() -> None:
    options, rest, wrong = parse_options(
        {
            "linenos": "",
            "linenostart": "5",
            "hl_lines": "2,4-",
            "title": "a",
            "class": "b",
            "diff": "false",
        }
    )
    assert options == CodeOptions(first=5, marked=((2, 2), (4, 10**9)), title="a")
    assert (rest, wrong) == ({"class": "b"}, [])


def test_the_lines_of_a_file_are_numbered_as_they_are_there() -> None:
    options, _, _ = parse_options({"file": "a", "lines": "7-9", "linenos": "true"})
    assert options.first == 7
    options, _, _ = parse_options({"file": "a", "lines": "7-9", "region": "b", "linenos": "true"})
    assert options.first == 1


@pytest.mark.parametrize("written", ["", "a", "0", "3-2", "1--2", "1;2", "-3", "9999999999"])
def test_lines_that_there_cannot_be_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match="lines"):
        parse_ranges("lines", written)


def test_a_difference_keeps_its_signs_apart_from_its_code() -> None:
    assert take_marks("+a\n-b\n c\nd\n\n") == ("a\nb\nc\nd\n\n", ["+", "-", " ", " ", " ", " "])


@pytest.mark.parametrize(
    "text",
    [
        "```py {a=b}\n",
        "> ````py {a=b}\n> x\n> ````\n",
        "- ~~~  py{a=b}  \n  x\n  ~~~\n",
        "é\n\n1. ```py   {a=b}\n   ```",
    ],
)
def test_a_fence_has_one_word_that_stands_for_its_attributes(text: str) -> None:
    fences = take_fences(text, MARKDOWN)
    assert "py{0" in fences.text
    assert fences.text.replace("py{0", "") == text.replace("py {a=b}", "").replace("py{a=b}  ", "  ").replace("py   {a=b}", "")  # fmt: skip
    assert fences.read("py{0", "x").attributes == {"a": "b"}
    assert fences.read("py{1", "x").attributes == {}


def test_braces_that_are_behind_no_fence_are_left_alone() -> None:
    text = "`` ```py {a} ``\n\n    ```py {a=b}\n\n````\n```py {a=b}\n````\n"
    assert take_fences(text, MARKDOWN).text == text


CODE = "a\n  // #region x\n    b\n    /* region y */\n      c\n    /* endregion */\n  // #endregion x\nd\n<!-- region e -->"  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "region", "expected"),
    [
        ((), "x", "b\n  c\n"),
        ((), "y", "c\n"),
        (((2, 2),), "x", "c\n"),
        (((1, 1), (8, 8)), "", "a\nd\n"),
    ],
)
def test_a_part_of_a_file_is_some_lines_or_a_region(
    lines: tuple[tuple[int, int], ...], region: str, expected: str
) -> None:
    assert choose_part(CODE, "f", lines, region) == expected


def test_a_region_in_another_is_found_too() -> None:
    with pytest.raises(CannotInclude, match="has no end"):
        choose_part(CODE, "f", (), "e")
