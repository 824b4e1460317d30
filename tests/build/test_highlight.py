import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.build.content.highlight import DARK, LIGHT, Highlighter, render_highlight_css
from pectin.build.content.text import plain_text

READABLE = 4.5  # WCAG 2.2, 1.4.3


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_code_gets_the_class_names_of_pygments() -> None:
    code = 'def f(x):  # why\n    return "a<b" + 1\n'
    html = Highlighter().render_code("python", code)
    assert html is not None
    assert html.startswith(
        '<pre class="highlight"><code class="language-python" data-lang="python">'
    )
    assert '<span class="k">def </span><span class="nf">f</span>' in html
    assert '<span class="s">a&lt;b</span>' in html
    assert '<span class="c"># why\n</span>' in html
    assert '<span class="m">1' in html
    assert "style=" not in html


@pytest.mark.parametrize("language", [None, "", "nolang", "text", '"><script>', "text/plain"])
def test_code_in_no_known_language_is_left_to_commonmark(language: str | None) -> None:
    assert Highlighter().render_code(language, "a < b\n") is None


def test_a_difference_has_classes_of_its_own() -> None:
    html = Highlighter().render_code("diff", "+new\n-old\n")
    assert html is not None
    assert '<span class="gi">+new' in html
    assert '<span class="gd">-old' in html


def test_what_follows_the_name_of_a_language_is_no_part_of_it() -> None:
    html = Highlighter().render_code("Rust,ignore", "fn main() {}\n")
    assert html is not None
    assert 'class="language-rust" data-lang="rust"' in html


@given(
    st.sampled_from(["python", "html", "markdown", "sh", "json"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\r\x00")),
)
def test_the_text_of_code_stays_as_it_was(language: str, code: str) -> None:
    code += "\n"
    html = Highlighter().render_code(language, code)
    assert html is None or plain_text(html) == code + "\n"


def test_a_line_of_tildes_does_not_end_the_code() -> None:
    html = Highlighter().render_code("python", "x = 1\n~~~~\ny = 2\n")
    assert html is not None
    assert "y" in plain_text(html)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_colour_can_be_read_on_its_ground(palette: dict[str, str]) -> None:
    ground = luminance(palette["background"])
    for name, colour in palette.items():
        if name != "background":
            darker, lighter = sorted((ground, luminance(colour)))
            assert (lighter + 0.05) / (darker + 0.05) >= READABLE, name


def test_the_stylesheet_is_light_and_dark_and_names_every_class() -> None:
    css = render_highlight_css()
    assert css.count(DARK["k"]) == 2
    assert "prefers-color-scheme: dark" in css
    assert "[data-theme=dark]" in css
    assert "[data-theme=light]" in css
    named = set(re.findall(r"\.highlight \.(\w+) \{ color", css))
    assert named == LIGHT.keys() - {"background", "text"}
    assert LIGHT.keys() == DARK.keys()
