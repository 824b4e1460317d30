from __future__ import annotations

import pytest

from pectin.adapters.lightning_css import LightningCss
from pectin.build.assets.compilers import CompileFailed

NESTED = "a { color: red; &:hover { user-select: none } }"


def compile_for(browsers: list[str], text: str = NESTED, *, minify: bool = True) -> str:
    return LightningCss().compile("assets/a.css", text, browsers=browsers, minify=minify).text


def test_nesting_and_prefixes_are_written_for_browsers_that_need_them() -> None:
    assert (
        compile_for(["safari 13"])
        == "a{color:red}a:hover{-webkit-user-select:none;user-select:none}"
    )
    assert compile_for([]) == "a{color:red;&:hover{user-select:none}}"


def test_what_is_not_to_be_short_stays_readable() -> None:
    assert compile_for([], "a{b:c}", minify=False) == "a {\n  b: c;\n}\n"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("b::c:::d { }", 1, 8),
        ("a { }\n\n  b { background: url(x y) }", 3, 19),
        ("a { }\n@import 'late.css';", 2, 8),
    ],
)
def test_a_mistake_has_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(CompileFailed) as failed:
        compile_for([], text)
    (finding,) = failed.value.findings
    assert (finding.path, finding.line, finding.column) == ("assets/a.css", line, column)
    assert "at assets" not in finding.message


def test_queries_that_name_no_browser_are_explained() -> None:
    css = LightningCss()
    assert css.explain_browsers(["defaults", "safari 13", "> 1%"]) == ""
    assert "netscape" in css.explain_browsers(["netscape 4"])
    assert css.explain_browsers(["safari >>"]) != ""
