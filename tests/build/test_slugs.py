import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.build.slugs import anchor_name, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Plum Jam", "plum-jam"),
        ("  Sugar & spice!  ", "sugar-spice"),
        ("snake_case", "snake-case"),
        ("Crème brûlée", "crème-brûlée"),
        ("Cre\u0300me", "crème"),
        ("पत्रिका", "पत्रिका"),
        ("日本語 の", "日本語-の"),
        ("../../etc", "etc"),
        ("?!", ""),
    ],
)
def test_a_slug_keeps_letters_of_every_script_and_single_hyphens(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(st.text())
def test_a_slug_of_a_slug_is_itself(text: str) -> None:
    assert slugify(slugify(text)) == slugify(text)


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("Plum jam", "plum-jam"),
        ("Sugar & spice", "sugar--spice"),
        ("What's new in 2.0?", "whats-new-in-20"),
        ("snake_case", "snake_case"),
        ("Été", "été"),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_an_anchor_is_what_github_makes_of_the_title(title: str, anchor: str) -> None:
    assert anchor_name(title) == anchor


@given(st.text())
def test_an_anchor_has_nothing_that_ends_an_attribute(text: str) -> None:
    assert not set(anchor_name(text)) & set("\"'<>&= \t\n\r\f`")
