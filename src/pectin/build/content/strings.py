"""The texts of templates in one language: `i18n/de.toml`, or YAML, or JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from pectin.build.configuration.scalars import describe
from pectin.build.content.data import parse_data
from pectin.build.encoding import parse_text
from pectin.build.locales import PLURAL_CATEGORIES
from pectin.build.positions import find_key
from pectin.values.place import Place, place_at
from pectin.values.problem import Problem, Severity

STRING_SUFFIXES = ("toml", "yaml", "yml", "json")
OTHER = "other"

_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([A-Za-z_]\w*)\}|[{}]")


class Phrase(Struct, frozen=True):
    """A text by its plural categories (CLDR); one that does not depend on a count has `other`.

    `key` is its name, with dots between those of tables; `steps` lead to it in its file.
    """

    key: str
    forms: Mapping[str, str]
    steps: tuple[str, ...]

    @property
    def is_plural(self) -> bool:
        """Whether it depends on a count."""
        return self.forms.keys() != {OTHER}

    def list_placeholders(self) -> set[str]:
        """The names between braces in any of its forms."""
        return {
            found[1]
            for form in self.forms.values()
            for found in _PLACEHOLDER.finditer(form)
            if found[1]
        }


class Catalogue(Struct, frozen=True):
    """The phrases of the file `path`, whose text is `text`, by key."""

    path: str
    text: str
    phrases: Mapping[str, Phrase]

    def place(self, phrase: Phrase) -> Place:
        """Where the file has `phrase`."""
        return place_at(self.path, self.text, find_key(self.text, phrase.steps))


def parse_catalogue(path: str, source: bytes) -> tuple[Catalogue, tuple[Problem, ...]]:
    """The phrases in the bytes of the file `path`, and what is wrong with them.

    A table of plural categories, `other` among them, is one phrase; other tables group phrases.
    """
    values, problems = parse_data(path, source)
    text, _ = parse_text(path, source)
    if values is not None and not isinstance(values, Mapping):
        message = f"the texts are {describe(values)}, not keys with texts"
        values, problems = None, (Problem("string-value", message, _HINT, Place(path)),)
    catalogue = Catalogue(path, text, {})
    told = list(problems)
    found = {
        phrase.key: phrase
        for phrase in _list_phrases(values or {}, (), catalogue, told)
        if not _find_fault(phrase, catalogue, told)
    }
    return Catalogue(path, text, found), tuple(told)


def fill_phrase(form: str, value_of: Callable[[str], str]) -> str:
    """`form` with its placeholders replaced by what `value_of` has for them."""

    def fill(found: re.Match[str]) -> str:
        return value_of(found[1]) if found[1] else found[0][0]

    return _PLACEHOLDER.sub(fill, form)


_HINT = 'write `key = "text"`, or a table with `one` and `other`'


def _list_phrases(
    table: Mapping[Any, Any], steps: tuple[str, ...], catalogue: Catalogue, told: list[Problem]
) -> Iterator[Phrase]:
    for name, value in table.items():
        at = (*steps, str(name))
        key = ".".join(at)
        if isinstance(value, str):
            yield Phrase(key, {OTHER: value}, at)
        elif isinstance(value, Mapping) and OTHER in value:
            forms = {str(category): form for category, form in value.items()}
            wrong = [
                c for c, f in forms.items() if c not in PLURAL_CATEGORIES or not isinstance(f, str)
            ]
            for category in wrong:
                message = f"`{key}` has `{category}`, which is no plural category with a text"
                hint = f"there are {', '.join(PLURAL_CATEGORIES)}"
                told.append(_tell(message, hint, (*at, category), catalogue))
            yield Phrase(key, {c: f for c, f in forms.items() if c not in wrong}, at)
        elif isinstance(value, Mapping):
            yield from _list_phrases(value, at, catalogue, told)
        else:
            message = f"`{key}` must be text, not {describe(value)}"
            told.append(_tell(message, _HINT, at, catalogue))


def _find_fault(phrase: Phrase, catalogue: Catalogue, told: list[Problem]) -> bool:
    """Whether a brace of `phrase` belongs to no placeholder, which is told."""
    for form in phrase.forms.values():
        if any(found[0] in {"{", "}"} for found in _PLACEHOLDER.finditer(form)):
            message = f"`{phrase.key}` has a brace that belongs to no placeholder"
            hint = "write `{name}`, or two braces for one"
            told.append(_tell(message, hint, phrase.steps, catalogue))
            return True
    return False


def _tell(message: str, hint: str, steps: tuple[str, ...], catalogue: Catalogue) -> Problem:
    place = place_at(catalogue.path, catalogue.text, find_key(catalogue.text, steps))
    return Problem("string-value", message, hint, place, Severity.ERROR)
