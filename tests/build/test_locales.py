from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, timedelta, timezone

import pytest

from pectin.build.dates import ENGLISH, DateFormat
from pectin.build.locales import (
    DATE_STYLES,
    find_autonym,
    find_date_names,
    find_plural_category,
    list_plural_categories,
    render_currency,
    render_date,
    render_list,
    render_number,
)

DAY = date(2026, 5, 3)


@pytest.mark.parametrize(
    ("tag", "autonym"),
    [
        ("de", "Deutsch"),
        ("fr-CA", "Français (Canada)"),
        ("xx-YY", "xx-YY"),
        ("de-x-jam", "Deutsch"),
    ],
)
def test_a_language_is_called_what_it_calls_itself(tag: str, autonym: str) -> None:
    assert find_autonym(tag) == autonym


@pytest.mark.parametrize(
    ("tag", "count", "category"),
    [
        ("en", 1, "one"),
        ("en", 1.0, "other"),
        ("en", 0, "other"),
        ("fr", 0, "one"),
        ("pl", 22, "few"),
        ("pl", 5, "many"),
        ("ar", 2, "two"),
        ("ja", 1, "other"),
        ("tlh", 1, "one"),
    ],
)
def test_a_count_has_the_form_of_its_language(tag: str, count: float, category: str) -> None:
    assert find_plural_category(tag, count) == category
    assert category in list_plural_categories(tag)


@pytest.mark.parametrize(
    ("tag", "style", "text"),
    [
        ("de", "long", "3. Mai 2026"),
        ("de", "yMMMMd", "3. Mai 2026"),
        ("de", "yMMMd", "3. Mai 2026"),
        ("es", "yMMMMEEEEd", "domingo, 3 de mayo de 2026"),
        ("ja", "full", "2026年5月3日日曜日"),
        ("tlh", "long", "May 3, 2026"),
    ],
)
def test_a_date_is_written_as_its_language_writes_it(tag: str, style: str, text: str) -> None:
    assert render_date(tag, DAY, style) == text


def test_a_moment_stays_in_its_own_zone() -> None:
    moment = datetime(2026, 5, 3, 23, 30, tzinfo=timezone(timedelta(hours=9)))
    assert render_date("de", moment, "Hm") == "23:30"
    assert render_date("de", moment, "medium") == "03.05.2026"


def test_a_style_that_there_is_not_is_refused() -> None:
    assert "longer" not in DATE_STYLES
    with pytest.raises(ValueError, match="no style"):
        render_date("de", DAY, "longer")


def test_a_month_stands_behind_a_day_or_alone() -> None:
    names = find_date_names("pl")
    assert DateFormat("%-d %B", names).render(DAY) == "3 maja"
    assert DateFormat("%B %Y", names).render(DAY) == "maj 2026"
    assert find_date_names("en-GB") is ENGLISH


def test_numbers_keep_all_their_digits() -> None:
    assert render_number("de", 1234.56789) == "1.234,56789"
    assert render_number("en", 1234.56789) == "1,234.56789"


def test_amounts_have_the_digits_of_their_currency() -> None:
    assert render_currency("de", 1234.5, "EUR") == "1.234,50\N{NO-BREAK SPACE}€"
    assert render_currency("ja", 1234.5, "JPY") == "￥1,234"
    with pytest.raises(ValueError, match="not the code"):
        render_currency("de", 1, "XXY")


def test_a_list_is_joined_as_a_sentence_joins_it() -> None:
    assert render_list("de", ["a", "b", "c"], "and") == "a, b und c"
    assert render_list("de", ["a"], "or") == "a"
    assert render_list("de", [], "and") == ""
    with pytest.raises(ValueError, match="not a style"):
        render_list("de", ["a"], "nor")


def test_a_build_in_english_does_without_babel() -> None:
    build = """
import sys
from datetime import date
from pectin.adapters.memory_source import MemorySource
from pectin.build.builder import build
from pectin.app.building import load_theme
files = {
    "pectin.toml": 'name = "jam"\\ntitle = "Jam"\\nurl = "https://example.org"\\n',
    "content/plum.md": "---\\ndate: 2026-01-01\\n---\\nPlums.\\n",
}
done = build(MemorySource(files), today=date(2026, 8, 1), emit=lambda _: None, theme=load_theme())
assert not done.problems
print("babel" in sys.modules)
"""
    ran = subprocess.run([sys.executable, "-c", build], check=True, capture_output=True, text=True)
    assert ran.stdout == "False\n"
