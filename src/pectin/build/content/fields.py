"""What each key of the front matter may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from pectin.build.configuration.scalars import (
    WrongValue,
    describe,
    parse_boolean,
    parse_count,
    parse_integer,
    parse_raw_html,
    parse_string,
)
from pectin.build.urls import find_fault

_ISO_DATE = re.compile(
    r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?: ?(?:[Zz]|[+-]\d\d:?\d\d))?)?"
)
_BAD_SLUG = re.compile(r"[/\\?#%\x00-\x1f\x7f]")


def parse_date(value: Any) -> date | datetime:
    """A date, or a date with a time, by ISO 8601. Raises WrongValue."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _ISO_DATE.fullmatch(value.strip()):
        try:
            return _read_date(value.strip())
        except ValueError as error:
            raise WrongValue(f"is not a day of the calendar: {error}", _DATE_HINT) from None
    raise WrongValue(f"must be a date, not {describe(value)}", _DATE_HINT)


_DATE_HINT = "write it as 2024-05-01, or 2024-05-01T10:30:00+02:00"


def _read_date(text: str) -> date | datetime:
    if len(text) == len("2024-05-01"):
        return date.fromisoformat(text)
    day, clock = text[:10], text[11:].replace(" ", "")
    return datetime.fromisoformat(f"{day}T{clock.upper()}")


def parse_term(value: Any) -> str:
    """A term of a taxonomy. Raises WrongValue."""
    return parse_string(value).strip()


def parse_slug(value: Any) -> str:
    """One segment of a URL path. Raises WrongValue."""
    slug = parse_string(value).strip()
    if not slug or slug in {".", ".."} or _BAD_SLUG.search(slug):
        raise WrongValue(f"cannot be {slug!r}", "use letters, digits and hyphens, without `/`")
    return slug


def parse_path(value: Any) -> str:
    """The path of a URL on this site. Raises WrongValue."""
    path = parse_string(value).strip()
    if fault := find_fault(path):
        raise WrongValue(f"{path!r} {fault}", "write a path of this site, as in `/fruit/plum/`")
    return path


def parse_template(value: Any) -> str:
    """The name of a template. Raises WrongValue."""
    name = parse_string(value)
    if not name or name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise WrongValue(
            f"{name!r} is not the name of a template",
            "write its path below `templates/`, as in `blog/page.html`",
        )
    return name


def parse_sort_key(value: Any) -> str:
    """What a section's pages are sorted by. Raises WrongValue."""
    if value in ("date", "weight", "title"):
        return str(value)
    raise WrongValue(f"cannot be {value!r}", "write `date`, `weight` or `title`")


def parse_outputs(value: Any) -> tuple[str, ...]:
    """The names of output formats: one, or a list of them. Raises WrongValue."""
    names = value if isinstance(value, list) else [value]
    if not names:
        raise WrongValue("must name a format", "write `[html]`, or leave it out")
    return tuple(dict.fromkeys(parse_string(name) for name in names))


FIELDS: Mapping[str, Callable[[Any], Any]] = {
    "title": parse_string,
    "description": parse_string,
    "date": parse_date,
    "updated": parse_date,
    "expires": parse_date,
    "draft": parse_boolean,
    "slug": parse_slug,
    "url": parse_path,
    "translation_key": parse_string,
    "weight": parse_integer,
    "template": parse_template,
    "sort_by": parse_sort_key,
    "paginate_by": parse_count,
    "page_template": parse_template,
    "feed": parse_boolean,
    "transparent": parse_boolean,
    "paginate": parse_string,
    "outputs": parse_outputs,
    "raw_html": parse_raw_html,
}
"""Each typed key of the front matter that holds one value, and what reads it."""

MENU_PLACE: Mapping[str, Callable[[Any], Any]] = {
    "name": parse_string,
    "weight": parse_integer,
    "identifier": parse_string,
    "parent": parse_string,
}
"""Each key of a page's entry in a menu, beside `params`."""

_FOREIGN = {
    "lastmod": "updated",
    "modified": "updated",
    "expiryDate": "expires",
    "publishDate": "date",
    "layout": "template",
    "permalink": "url",
    "menu": "menus",
    "redirect_from": "aliases",
}
_SHORTEST_KEY = 4
_WORDS = frozenset({"data", "dates", "tag"})


def find_meant_key(key: str) -> str | None:
    """The typed key that the unknown `key` is a slip of, or another generator's name for."""
    if key in _FOREIGN:
        return _FOREIGN[key]
    if key in _WORDS or len(key) < _SHORTEST_KEY:
        return None
    for variant in (key, *_shorten(key)):
        meant = _NEAR.get(variant)
        if meant and abs(len(meant) - len(key)) <= 1 and meant[:2] == key[:2]:
            return meant
    return None


def _shorten(key: str) -> list[str]:
    """`key` with each one of its letters left out: two words within one slip share a form."""
    return [key[:i] + key[i + 1 :] for i in range(len(key))]


_NEAR: Mapping[str, str] = {
    variant: field for field in FIELDS for variant in (field, field.lower(), *_shorten(field))
}
