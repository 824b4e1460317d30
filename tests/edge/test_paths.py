from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.edge.paths import (
    BadPath,
    decode_path,
    is_canonical,
    normalize_path,
    render_path,
    render_query,
)


@pytest.mark.parametrize(
    "raw",
    [
        "/static/../static1.txt",
        "/..",
        "/a/./b",
        "/%2e%2e/etc/passwd",
        "/a/%2e%2e%2fb",
        "/a%2fb",
        "/a%5cb",
        "/a\\b",
        "/..\\..\\b",
        "/a%00",
        "/a\x00",
        "/%c0%ae%c0%ae/",
        "/%e0%80%af",
        "/%ff",
        "/%zz",
        "/%",
        "/a%0d%0aSet-Cookie:%20x",
        "//evil.com/..%2f",
        "http://evil.com/",
        "*",
        "",
        "a",
        "/\u20ac",
    ],
)
def test_a_path_that_two_programs_could_read_differently_is_refused(raw: str) -> None:
    """Attack rows 1, 2 and 8."""
    with pytest.raises(BadPath):
        decode_path(raw)


@pytest.mark.parametrize(
    ("raw", "decoded"),
    [
        ("/", "/"),
        ("/a/b/", "/a/b/"),
        ("/caf%C3%A9", "/caf\u00e9"),
        ("/caf\u00c3\u00a9", "/caf\u00e9"),
        ("/a%20b", "/a b"),
        ("/a+b", "/a+b"),
        ("/%252e%252e/", "/%2e%2e/"),
        ("/...", "/..."),
        ("/a;b=c", "/a;b=c"),
    ],
)
def test_a_path_is_decoded_once(raw: str, decoded: str) -> None:
    assert decode_path(raw) == decoded


def test_slashes_become_one_and_letters_are_composed() -> None:
    assert normalize_path("//evil.com///cafe\u0301/") == "/evil.com/caf\u00e9/"


def test_a_query_cannot_end_a_header_line() -> None:
    assert render_query("a=b&c=%20\r\nX: y\\") == "?a=b&c=%20%0D%0AX:%20y%5C"
    assert render_query("") == ""


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [("/caf%C3%A9", True), ("/caf%c3%a9", False), ("/%61", False), ("//a", False)],
)
def test_one_spelling_of_a_path_is_canonical(raw: str, canonical: bool) -> None:  # noqa: FBT001  # a table
    assert is_canonical(raw) is canonical


@given(st.text(alphabet=st.sampled_from("/.%2eEfF5c\\0aZ \u00e9\u0301"), max_size=30))
def test_what_is_accepted_has_no_dot_segment_no_empty_one_and_no_control(tail: str) -> None:
    try:
        path = normalize_path(decode_path(f"/{tail}"))
    except BadPath:
        return
    assert not {".", ".."} & set(path.split("/"))
    assert "//" not in path
    assert "\\" not in path
    assert not any(unicodedata.category(letter) == "Cc" for letter in path)


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\\/")))
def test_a_rendered_path_is_decoded_to_itself(name: str) -> None:
    path = f"/a/{name}/x"
    if name not in {".", ".."}:
        assert decode_path(render_path(path)) == path
