"""The texts of templates in all languages of a site, and what some of them lack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from pectin.build.content.strings import OTHER, STRING_SUFFIXES, Catalogue, Phrase, parse_catalogue
from pectin.build.locales import list_plural_categories
from pectin.build.problems import Problems
from pectin.build.source import SourceTree
from pectin.build.suggestions import suggest
from pectin.values.place import Place
from pectin.values.problem import Severity


class Spoken(Struct, frozen=True):
    """A phrase with the language that it is in."""

    language: str
    phrase: Phrase


class Strings(Struct, frozen=True):
    """The phrases of a site by language; what one lacks it has from the `default` one."""

    catalogues: Mapping[str, Catalogue]
    default: str

    def find(self, key: str, language: str) -> Spoken | None:
        """The phrase `key` in `language`, else in the default one, or None."""
        for code in (language, self.default):
            catalogue = self.catalogues.get(code)
            if catalogue and key in catalogue.phrases:
                return Spoken(code, catalogue.phrases[key])
        return None

    def list_keys(self) -> list[str]:
        """The keys of all phrases."""
        return sorted({key for one in self.catalogues.values() for key in one.phrases})


def read_strings(
    paths: Sequence[str],
    source: SourceTree,
    languages: Sequence[str],
    default: str,
    problems: Problems,
) -> Strings:
    """The phrases in the files at `paths` of `i18n/`; `languages` are those of the site."""
    codes = {code.lower(): code for code in languages}
    catalogues: dict[str, Catalogue] = {}
    for path in paths:
        name, _, suffix = path.removeprefix("i18n/").rpartition(".")
        code = codes.get(name.lower())
        if suffix not in STRING_SUFFIXES:
            hint = f"use {', '.join(STRING_SUFFIXES)}"
            _warn("unknown-language", f"{path} is no file of texts", hint, Place(path), problems)
        elif code is None:
            message = f"`{name}` is not a language of this site"
            hint = suggest(name, languages) or f"name it for one: {', '.join(languages)}"
            _warn("unknown-language", message, hint, Place(path), problems)
        elif code in catalogues:
            message = f"{path} and {catalogues[code].path} are of one language"
            hint = "put all texts of a language into one file"
            problems.report("duplicate-translation", message, hint, Place(path))
        else:
            catalogues[code], told = parse_catalogue(path, source.read(path))
            problems.add(told)
    strings = Strings(catalogues, default)
    _check(strings, languages, problems)
    return strings


def _check(strings: Strings, languages: Sequence[str], problems: Problems) -> None:
    """Report what a language lacks that the default one has, or the other way round."""
    main = strings.catalogues.get(strings.default)
    for code, catalogue in strings.catalogues.items():
        for phrase in catalogue.phrases.values():
            _check_plural(phrase, code, catalogue, problems)
            if main is None or phrase.key not in main.phrases:
                message = f"`{phrase.key}` has no text in `{strings.default}`, the default language"
                hint = f"add it to {main.path if main else f'i18n/{strings.default}.toml'}"
                _warn("missing-string", message, hint, catalogue.place(phrase), problems)
            else:
                _check_placeholders(phrase, main.phrases[phrase.key], catalogue, problems)
    if main is None:
        return
    for code in languages:
        own = strings.catalogues.get(code)
        for phrase in _list_missing(main, own):
            message = f"`{phrase.key}` has no text in `{code}`, and is shown in `{strings.default}`"
            hint = f"add it to {own.path if own else f'i18n/{code}.toml'}"
            _warn("missing-string", message, hint, main.place(phrase), problems)


def _list_missing(main: Catalogue, own: Catalogue | None) -> Iterator[Phrase]:
    for phrase in main.phrases.values():
        if own is None or phrase.key not in own.phrases:
            yield phrase


def _check_plural(phrase: Phrase, code: str, catalogue: Catalogue, problems: Problems) -> None:
    if not phrase.is_plural:
        return
    needed = list_plural_categories(code)
    missing = [category for category in needed if category not in phrase.forms]
    unneeded = [one for one in phrase.forms if one not in needed and one not in {OTHER, "zero"}]
    for category in missing:
        message = f"`{phrase.key}` has no form `{category}`, which `{code}` needs"
        hint = f"the forms of this language are {', '.join(needed)}"
        _warn("plural-form", message, hint, catalogue.place(phrase), problems)
    for category in unneeded:
        message = f"`{phrase.key}` has the form `{category}`, which `{code}` never needs"
        hint = f"the forms of this language are {', '.join(needed)}"
        _warn("plural-form", message, hint, catalogue.place(phrase), problems)


def _check_placeholders(
    phrase: Phrase, other: Phrase, catalogue: Catalogue, problems: Problems
) -> None:
    known = {*other.list_placeholders(), "count"}
    for name in sorted(phrase.list_placeholders() - known):
        message = f"`{phrase.key}` has `{{{name}}}`, which the default language has not"
        hint = suggest(name, sorted(known)) or "templates give what the default language names"
        _warn("missing-placeholder", message, hint, catalogue.place(phrase), problems)


def _warn(code: str, message: str, hint: str, place: Place, problems: Problems) -> None:
    problems.report(code, message, hint, place, severity=Severity.WARNING)
