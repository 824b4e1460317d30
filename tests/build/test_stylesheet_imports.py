from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pectin.build.assets.imports import Import, find_unbalanced, parse_sheet

NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,5}", fullmatch=True)
IMPORTS = st.builds(
    Import,
    url=st.from_regex(r"[a-z0-9./-]{1,8}\.css", fullmatch=True),
    offset=st.just(0),
    layer=st.one_of(st.none(), st.just(""), NAMES, st.builds("{}.{}".format, NAMES, NAMES)),
    supports=st.sampled_from(["", "(display: grid)", "((a: b) and (not (c: d)))"]),
    media=st.sampled_from(["", "print", "screen and (min-width: 40em), print", "(width > 1px)"]),
)


def imports_of(text: str) -> list[Import]:
    return [item for item in parse_sheet(text).prelude if isinstance(item, Import)]


@given(st.lists(IMPORTS, max_size=4))
def test_an_import_that_is_written_down_is_read_as_it_was(imports: list[Import]) -> None:
    text = "\n".join(item.render(item.url) for item in imports) + "\na { b: c }"
    found = imports_of(text)
    assert [item.render(item.url) for item in found] == [i.render(i.url) for i in imports]
    assert [text[item.offset :][: len(item.url)] for item in found] == [i.url for i in imports]
    assert parse_sheet(text).rules.strip() == "a { b: c }"


def test_urls_are_written_in_three_ways() -> None:
    text = "@import 'a.css';@import url( b.css );@IMPORT URL(\"c.css\") print;"
    assert [item.url for item in imports_of(text)] == ["a.css", "b.css", "c.css"]


def test_a_media_query_is_no_layer() -> None:
    (found,) = imports_of("@import 'a.css' layered and (x);")
    assert (found.layer, found.media) == (None, "layered and (x)")


def test_an_import_in_a_comment_or_after_other_rules_is_none() -> None:
    assert imports_of("/* @import 'a.css'; */ a {} @import 'b.css';") == []


def test_layers_that_are_named_between_imports_stay_between_them() -> None:
    sheet = parse_sheet("@layer a, b;\n@import 'x.css';\n@layer c;\np {}")
    assert [item if isinstance(item, str) else item.url for item in sheet.prelude] == [
        "@layer a, b;",
        "x.css",
        "@layer c;",
    ]


def test_a_layer_with_rules_of_its_own_is_a_rule() -> None:
    text = "@layer a { p {} }"
    assert (parse_sheet(text).prelude, parse_sheet(text).rules) == ((), text)


def test_conditions_hold_for_what_was_imported() -> None:
    (found,) = imports_of("@import 'a.css' layer(x) supports(display: grid) print;")
    assert found.wrap("p {}").split() == (
        "@media print { @supports (display: grid) { @layer x { p {} } } }".split()  # noqa: SIM905
    )


def test_the_encoding_is_said_once_by_the_response() -> None:
    assert parse_sheet('@charset "latin1"; a {}').rules == "a {}"


def test_brackets_are_balanced_outside_of_texts_and_comments() -> None:
    assert find_unbalanced("a { b: '}' /* } */; c: calc((1px)); d: \\} }") is None
    assert find_unbalanced("a { b: c") == 2
    assert find_unbalanced("a { b: c } }") == 11
    assert find_unbalanced("a { b: (c } )") == 10
