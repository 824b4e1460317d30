"""`[languages]` in `pectin.toml`: the languages of a site, and what each has of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import Any

from pectin.build.configuration.model import Config, Language, SectionNames, Taxonomy
from pectin.build.configuration.reader import Fields, Steps, TableReader
from pectin.build.configuration.scalars import (
    WrongValue,
    describe,
    parse_boolean,
    parse_integer,
    parse_string,
)
from pectin.build.languages import find_direction, is_tag
from pectin.build.locales import find_autonym
from pectin.build.suggestions import suggest
from pectin.values.problem import Severity

ReadPart = Callable[[TableReader, Mapping[str, Any], Steps], Any]
"""Reads a part of the configuration out of a table, which stands where the steps lead."""

_SEGMENT = re.compile(r"(?!\.{1,2}$)[^/\\?#%\s\x00-\x1f\x7f]+")


def read_languages(
    reader: TableReader, table: Mapping[str, Any], config: Config, parts: Mapping[str, ReadPart]
) -> Config:
    """`config` with the languages that `table` has, the configuration as a whole.

    `parts` read what a language may have of its own instead of the site's.
    """
    tables = {
        code: item
        for code, item in reader.take_table(table, "languages").items()
        if _check_table(reader, code, item)
    }
    if not tables:
        return config
    codes = _distinguish(reader, [config.language, *tables])
    found = [
        _read_language(reader, code, tables.get(code, {}), is_default=code == config.language)
        for code in codes
    ]
    languages = tuple(sorted(_separate(reader, found), key=lambda language: language.weight))
    editions = {
        code: _make_edition(reader, config, code, tables.get(code, {}), languages, parts)
        for code in codes
    }
    return replace(editions[config.language], editions=editions)


def _check_table(reader: TableReader, code: str, item: Any) -> bool:
    steps = ("languages", code)
    if not is_tag(code):
        message = f"`{code}` is not the tag of a language"
        reader.report("config-value", message, steps, "write a tag of BCP 47: `en`, `pt-BR`")
        return False
    if not isinstance(item, dict):
        message = f"`{code}` must be a table, not {describe(item)}"
        reader.report_value(message, steps, f"write `[languages.{code}]`")
        return False
    return True


def _distinguish(reader: TableReader, codes: list[str]) -> list[str]:
    """`codes`, each once; those that differ only in case are reported."""
    seen: dict[str, str] = {}
    for code in codes:
        other = seen.setdefault(code.lower(), code)
        if other != code:
            message = f"the language `{code}` is the same as `{other}`"
            hint = f"write `{other}` wherever it is meant, in `language` too"
            reader.report("config-value", message, ("languages", code), hint)
    return list(seen.values())


def _read_language(
    reader: TableReader, code: str, table: Mapping[str, Any], *, is_default: bool
) -> Language:
    steps = ("languages", code)
    taken = reader.take(table, _LANGUAGE, steps, _ELSEWHERE)
    return Language(
        code,
        taken.get("label") or find_autonym(code),
        taken.get("direction") or find_direction(code),
        taken.get("weight", 0),
        taken.get("prefix", "" if is_default else code.lower()),
        taken.get("folder", ""),
        taken.get("fallback", False),
        dict(_read_sections(reader, table, steps)),
        is_default,
    )


def _read_sections(
    reader: TableReader, table: Mapping[str, Any], steps: Steps
) -> Iterator[tuple[str, SectionNames]]:
    sections = reader.take_table(table, "sections", steps)
    for path, item in sections.items():
        if isinstance(item, dict):
            names = reader.take(item, _SECTION, (*steps, "sections", path))
            yield path.strip("/"), SectionNames(**names)
        else:
            message = f"`{path}` must be a table, not {describe(item)}"
            hint = 'write `{ title = "...", slug = "..." }`'
            reader.report_value(message, (*steps, "sections", path), hint)


def _separate(reader: TableReader, languages: Iterable[Language]) -> Iterator[Language]:
    """`languages`, none with the prefix or the folder of another; those that have it are reported."""
    prefixes: dict[str, str] = {}
    folders: dict[str, str] = {}
    for language in languages:
        code, prefix, folder = language.code, language.prefix, language.folder
        if other := prefixes.get(prefix.lower()):
            what = f"the prefix `{prefix}`" if prefix else "no prefix"
            message = f"`{other}` and `{code}` both have {what}"
            hint = "give each language a part of URLs of its own"
            reader.report("config-value", message, ("languages", code, "prefix"), hint)
            free = (code.lower() + "-" * length for length in count())
            prefix = next(one for one in free if one not in prefixes)
        if other := folders.get(folder) if folder else None:
            message = f"`{other}` and `{code}` both have the folder `{folder}`"
            hint = "give each language a folder of its own, or none to both"
            reader.report("config-value", message, ("languages", code, "folder"), hint)
            folder = ""
        prefixes[prefix.lower()] = folders[folder] = code
        yield replace(language, prefix=prefix, folder=folder)


def _make_edition(
    reader: TableReader,
    config: Config,
    code: str,
    table: Mapping[str, Any],
    languages: tuple[Language, ...],
    parts: Mapping[str, ReadPart],
) -> Config:
    """`config` as the language `code` has it."""
    steps = ("languages", code)
    own = reader.take({key: table[key] for key in _PLAIN if key in table}, _PLAIN, steps)
    own |= {name: read(reader, table, steps) for name, read in parts.items() if name in table}
    if "params" in table:
        own["params"] = {**config.params, **reader.take_table(table, "params", steps)}
    if "taxonomies" in table:
        own["taxonomies"] = _read_taxonomies(reader, table, steps, config.taxonomies)
    return replace(
        config,
        language=code,
        languages=languages,
        steps=steps,
        own=frozenset(own),
        **own,
    )


def _read_taxonomies(
    reader: TableReader, table: Mapping[str, Any], steps: Steps, taxonomies: tuple[Taxonomy, ...]
) -> tuple[Taxonomy, ...]:
    """`taxonomies`, with the names that a language has for them."""
    tables = reader.take_table(table, "taxonomies", steps)
    own: dict[str, dict[str, Any]] = {}
    known = [taxonomy.name for taxonomy in taxonomies]
    for name, item in tables.items():
        at = (*steps, "taxonomies", name)
        if name not in known:
            hint = suggest(name, known) or "declare it in `taxonomies` of the whole site"
            message = f"`{name}` is not a taxonomy of this site"
            reader.report("config-key", message, at, hint, Severity.WARNING)
        elif isinstance(item, dict):
            own[name] = reader.take(item, _TAXONOMY, at)
        else:
            message = f"`{name}` must be a table, not {describe(item)}"
            reader.report_value(message, at, 'write `{ title = "...", slug = "..." }`')
    return tuple(replace(taxonomy, **own.get(taxonomy.name, {})) for taxonomy in taxonomies)


def parse_segment(value: Any) -> str:
    """One part of the path of a URL. Raises WrongValue."""
    segment = parse_string(value).strip("/")
    if not _SEGMENT.fullmatch(segment):
        raise WrongValue(f"cannot be {value!r}", "write one part of a path, as in `obst`")
    return segment


def _parse_prefix(value: Any) -> str:
    return parse_segment(value) if value != "" else ""


def _parse_folder(value: Any) -> str:
    folder = parse_string(value).removeprefix("content/").strip("/")
    if folder and not all(_SEGMENT.fullmatch(part) for part in folder.split("/")):
        raise WrongValue(f"cannot be {value!r}", "write a folder below `content/`, as in `de`")
    return folder


def _parse_direction(value: Any) -> str:
    if value in ("ltr", "rtl"):
        return str(value)
    raise WrongValue(f"cannot be {value!r}", 'write "ltr" or "rtl"')


def _parse_terms(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise WrongValue(f"must be a table, not {describe(value)}", 'write `{ jam = "Marmelade" }`')
    return {str(name): parse_string(term) for name, term in value.items()}


_LANGUAGE: Fields = {
    "label": parse_string,
    "direction": _parse_direction,
    "weight": parse_integer,
    "prefix": _parse_prefix,
    "folder": _parse_folder,
    "fallback": parse_boolean,
}
_PLAIN: Fields = {"title": parse_string, "description": parse_string, "author": parse_string}
_ELSEWHERE = (*_PLAIN, "params", "menus", "permalinks", "taxonomies", "sections")
_SECTION: Fields = {"title": parse_string, "slug": parse_segment}
_TAXONOMY: Fields = {"title": parse_string, "slug": parse_segment, "terms": _parse_terms}
