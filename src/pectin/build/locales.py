"""What the CLDR knows of languages, through Babel.

Babel is imported when it is first needed: a site in English alone does without it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

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
