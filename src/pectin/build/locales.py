"""What the CLDR knows of languages, through Babel.

Babel is imported when it is first needed: a site in English alone does without it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from pectin.build.dates import ENGLISH, DateNames

if TYPE_CHECKING:
    from babel import Locale


@cache
def find_locale(tag: str) -> Locale | None:
    """What is known of the language `tag`, or of the nearest one that it is a kind of.

    None when the CLDR has neither. Nothing depends on the machine's own locale.
    """
    from babel import Locale, UnknownLocaleError

    parts = tag.split("-")
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return None


def find_autonym(tag: str) -> str:
    """The name of the language `tag` in itself, with a capital: `Deutsch`; the tag if unknown."""
    locale = find_locale(tag)
    name = locale.get_display_name() if locale else None
    return f"{name[:1].upper()}{name[1:]}" if name else tag


PLURAL_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""All that the CLDR knows; a language has some of them."""


def list_plural_categories(tag: str) -> tuple[str, ...]:
    """The plural categories that the language `tag` has, `other` last; English's if unknown."""
    locale = find_locale(tag)
    rules = locale.plural_form.tags if locale else {"one"}
    return tuple(
        category for category in PLURAL_CATEGORIES if category in rules or category == "other"
    )


def find_plural_category(tag: str, count: float) -> str:
    """The plural category of `count` in the language `tag` (UTS 35, part 3, Language Plural Rules)."""
    if tag == "en" or (locale := find_locale(tag)) is None:
        return "one" if count == 1 and isinstance(count, int) else "other"
    category: str = locale.plural_form(count)
    return category


def render_number(tag: str, value: float) -> str:
    """`value`, all its digits, as the language `tag` writes numbers."""
    if tag == "en":
        return f"{value:,}"
    from babel.numbers import format_decimal

    return format_decimal(value, locale=_find_locale_or_english(tag), decimal_quantization=False)


def render_currency(tag: str, value: float, currency: str) -> str:
    """`value` of `currency` (ISO 4217) as the language `tag` writes it.

    Raises ValueError for a currency that there is not.
    """
    from babel.numbers import UnknownCurrencyError, format_currency, validate_currency

    try:
        validate_currency(currency)
    except UnknownCurrencyError:
        raise ValueError(f"`{currency}` is not the code of a currency") from None
    return format_currency(value, currency, locale=_find_locale_or_english(tag))


def render_list(tag: str, items: Sequence[str], style: str) -> str:
    """`items` as the language `tag` lists them. Raises ValueError for a style that there is not."""
    from babel.lists import format_list

    if style not in LIST_STYLES:
        raise ValueError(f"`{style}` is not a style of a list")
    return format_list(items, style=LIST_STYLES[style], locale=_find_locale_or_english(tag))


LIST_STYLES: Mapping[str, Literal["standard", "or", "unit"]] = {
    "and": "standard",
    "or": "or",
    "unit": "unit",
}


DATE_STYLES = ("short", "medium", "long", "full")
"""The lengths of dates that the CLDR has for each language."""

_FIELD = re.compile(r"'[^']*'|M{3,}|L{3,}|E+")


def render_date(tag: str, value: date, style: str) -> str:
    """`value` in one of DATE_STYLES as the language `tag` writes it.

    A style may be a skeleton as well (`yMMMMd`, UTS 35 part 4). Raises ValueError for one for which
    the language has nothing near.
    """
    from babel.dates import format_date, format_datetime, match_skeleton

    locale = _find_locale_or_english(tag)
    if style in DATE_STYLES:
        return format_date(value, cast('Literal["short"]', style), locale=locale)
    skeletons = locale.datetime_skeletons
    known = style if style in skeletons else match_skeleton(style, skeletons)
    if known is None:
        raise ValueError(f"`{style}` is no style and no skeleton of a date")
    # Skeletons are listed in one width; the pattern is to have the widths that were asked for.
    wanted = {run[0][0]: run[0] for run in _FIELD.finditer(style)}
    wanted.setdefault("L", wanted.get("M", "").replace("M", "L"))
    pattern = _FIELD.sub(lambda run: wanted.get(run[0][0]) or run[0], skeletons[known].pattern)
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    return format_datetime(moment, pattern, locale=locale)


def find_date_names(tag: str) -> DateNames:
    """What the language `tag` calls months, days and the halves of a day."""
    if tag.partition("-")[0] == "en":
        return ENGLISH
    from babel.dates import get_day_names, get_month_names, get_period_names

    locale = _find_locale_or_english(tag)
    halves = get_period_names("abbreviated", "format", locale)

    def months(
        width: Literal["wide", "abbreviated"], context: Literal["format", "stand-alone"]
    ) -> list[str]:
        names = get_month_names(width, context, locale)
        return [names[number] for number in range(1, 13)]

    def days(width: Literal["wide", "abbreviated"]) -> list[str]:
        names = get_day_names(width, "format", locale)
        return [names[number] for number in range(7)]

    return DateNames(
        months("wide", "format"),
        months("wide", "stand-alone"),
        months("abbreviated", "format"),
        days("wide"),
        days("abbreviated"),
        (halves["am"], halves["pm"]),
    )


def _find_locale_or_english(tag: str) -> Locale:
    from babel import Locale

    return find_locale(tag) or Locale("en")
