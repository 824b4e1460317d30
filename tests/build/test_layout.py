from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.build.languages import find_direction, is_tag
from pectin.build.site.layout import Layout, Location

LAYOUT = Layout(
    {"en": "en", "de": "de", "pt-br": "pt-BR"},
    {"content/x/de/": "de", "content/br/": "pt-BR"},
)


@pytest.mark.parametrize(
    ("path", "language", "location"),
    [
        ("content/plum.md", None, "content/plum.md"),
        ("content/plum.de.md", "de", "content/plum.md"),
        ("content/plum.DE.html", "de", "content/plum.html"),
        ("content/a.b/_index.pt-BR.md", "pt-BR", "content/a.b/_index.md"),
        ("content/br/a/plum.md", "pt-BR", "content/a/plum.md"),
        ("content/br/plum.en.md", "en", "content/plum.md"),
        ("content/x/de/jar.svg", "de", "content/jar.svg"),
        ("content/jar.de.svg", "de", "content/jar.svg"),
        ("content/de.md", None, "content/de.md"),
        ("content/.de.md", None, "content/.de.md"),
        ("content/plum.fr.md", None, "content/plum.fr.md"),
        ("static/plum.de.md", None, "static/plum.de.md"),
    ],
)
def test_a_source_names_its_language(path: str, language: str | None, location: str) -> None:
    assert LAYOUT.locate(path) == Location(language, location)


@given(st.text("abde./", max_size=12))
def test_where_there_is_one_language_every_path_is_its_location(path: str) -> None:
    assert Layout().strip(f"content/{path}") == f"content/{path}"


@given(st.text("ab", min_size=1), st.sampled_from(["de", "en", "pt-BR"]))
def test_a_suffix_is_taken_off_as_it_was_put_on(stem: str, code: str) -> None:
    assert LAYOUT.locate(f"content/{stem}.{code}.md") == Location(code, f"content/{stem}.md")


@pytest.mark.parametrize(
    ("tag", "direction"),
    [("en", "ltr"), ("ar-EG", "rtl"), ("az-Arab", "rtl"), ("ur-Latn", "ltr"), ("HE", "rtl")],
)
def test_a_language_is_written_by_its_script(tag: str, direction: str) -> None:
    assert find_direction(tag) == direction


@pytest.mark.parametrize("text", ["", "e", "en_GB", "en-", "deutsch-ist-schoen!", "a b"])
def test_what_is_no_tag_is_told_apart(text: str) -> None:
    assert not is_tag(text)
