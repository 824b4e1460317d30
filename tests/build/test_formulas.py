import pytest

from pectin.build.configuration.model import MarkdownOptions
from pectin.build.content.formulas import render_formula, render_formulas
from pectin.build.content.front_matter import parse_document
from pectin.build.content.hooks import Hooks
from pectin.build.content.markdown import MarkdownRenderer

RENDERER = MarkdownRenderer(MarkdownOptions(math=True))


def test_a_formula_is_mathml_in_a_line_or_by_itself() -> None:
    assert RENDERER.render_text("$x_1$ $$y$$") == (
        "<p><math><msub><mi>x</mi><mn>1</mn></msub></math> "
        '<math display="block"><mi>y</mi></math></p>\n'
    )


def test_dollars_are_text_unless_a_site_has_formulas() -> None:
    plain = MarkdownRenderer(MarkdownOptions())
    assert plain.render_text("$x$") == "<p>$x$</p>\n"
    assert "language-math" in plain.render_text("```math\nx\n```")


def test_no_punctuation_and_no_url_in_a_formula_is_another() -> None:
    assert "--" not in RENDERER.render_text("$a--b$")
    assert "<a " not in RENDERER.render_text("$www.a.org$")


@pytest.mark.parametrize(
    ("tex", "offset"), [(r"\nothing", 0), (r"é \nothing", 2), (r"\frac{", 5), ("a & b", 2)]
)
def test_a_formula_that_cannot_be_read_is_told_where(tex: str, offset: int) -> None:
    html, slip = render_formula(tex, is_display=False)
    assert html == ""
    assert slip is not None
    assert (slip.written, slip.offset) == (tex, offset)


@pytest.mark.parametrize("tex", [r"\text{<script>}", "<b>", r'\text{"}', r"\href{javascript:a}{b}"])
def test_no_formula_is_html(tex: str) -> None:
    html, _ = render_formula(tex, is_display=False)
    assert "<b>" not in html
    assert "<script" not in html
    assert "href" not in html


def test_a_span_is_left_as_it_is_when_its_formula_fails() -> None:
    html = '<span class="math math-inline">\\x&lt;</span>'
    assert render_formulas(html)[0] == html


def test_a_site_can_draw_formulas_by_a_hook_of_its_own() -> None:
    document, _ = parse_document("content/a.md", "\n```math\nx\n```\n", ())
    hooks = Hooks(frozenset({"code-math"}), lambda call: f"[{call.variables['code']}]")
    assert RENDERER.render_content(document, hooks=hooks)[0].html == "[x\n]\n"
