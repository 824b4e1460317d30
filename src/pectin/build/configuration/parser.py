"""`pectin.toml` as a Config."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from pectin.build.configuration.checks import read_external_checks, read_severities
from pectin.build.configuration.images import read_images
from pectin.build.configuration.languages import ReadPart, parse_segment, read_languages
from pectin.build.configuration.model import (
    PLACEHOLDERS,
    AssetSettings,
    Config,
    Feeds,
    MarkdownOptions,
    MenuItem,
    Minify,
    Related,
    SearchOptions,
    Taxonomy,
)
from pectin.build.configuration.outputs import FEEDS, read_output_formats, read_outputs
from pectin.build.configuration.reader import Fields, Steps, TableReader
from pectin.build.configuration.rule_tables import read_rules
from pectin.build.configuration.scalars import (
    WrongValue,
    describe,
    parse_boolean,
    parse_count,
    parse_integer,
    parse_raw_html,
    parse_string,
)
from pectin.build.configuration.syntax import Block, parse_toml
from pectin.build.encoding import parse_text
from pectin.build.languages import is_tag
from pectin.build.suggestions import suggest
from pectin.values.problem import Problem
from pectin.values.site import BadSiteName, SiteName, parse_site_name

_HOST = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9-]{1,63}")
_ORIGIN_HINT = "write where the site will be, as in `https://example.org`, without a path"
_PLACEHOLDER = re.compile(r":([a-z]+)")
_OUTER_QUERY = re.compile(r"\byears?\b|\bcurrent\b|\bextends\b|\bin my stats\b", re.IGNORECASE)
_TAXONOMY_NAME = re.compile(r"\w[\w-]*")


def parse_config_file(path: str, source: bytes) -> tuple[Config | None, tuple[Problem, ...]]:
    """The configuration in the bytes of `path`, and what is wrong with it.

    None where `parse_config` has none, and when it is not UTF-8, of which TOML errors would be told
    that are none.
    """
    text, problems = parse_text(path, source)
    return (None, problems) if problems else parse_config(text, path)


def parse_config(
    source: str, path: str = "pectin.toml"
) -> tuple[Config | None, tuple[Problem, ...]]:
    """The configuration in `source`, the text of `path`, and what is wrong with it.

    A wrong value is told and its default taken. None when the text is not TOML, or `name`,
    `title` or `url` is missing or wrong.
    """
    source = source.removeprefix("\ufeff")
    table, problems = parse_toml(Block(path, source, 0, len(source), "config-syntax"))
    if table is None:
        return None, problems
    reader = TableReader(path, source)
    config = _read_config(reader, table)
    return config, tuple(reader.problems)


def _read_config(reader: TableReader, table: dict[str, Any]) -> Config | None:
    complete = reader.require(table, ("name", "title", "url"), ())
    plain = reader.take(table, _FIELDS, (), _SECTIONS)
    defaults = table.get("defaults", [])
    formats = read_output_formats(reader, table)
    sections: dict[str, Any] = {
        "taxonomies": _read_taxonomies(reader, table),
        "permalinks": _read_permalinks(reader, table),
        "menus": _read_menus(reader, table),
        "defaults": tuple(table for table, _ in reader.take_tables(defaults, ("defaults",))),
        "params": reader.take_table(table, "params"),
        "feeds": Feeds(**_take_section(reader, table, "feeds", _FEEDS)),
        "output_formats": formats,
        "outputs": read_outputs(reader, table, formats),
        "search": SearchOptions(**_take_section(reader, table, "search", _SEARCH)),
        "related": _read_related(reader, table),
        "markdown": _read_markdown(reader, table, plain),
        "assets": AssetSettings(**_take_section(reader, table, "assets", _ASSETS)),
        "minify": Minify(**_take_section(reader, table, "minify", _MINIFY)),
        "images": read_images(reader, table),
        "rules": read_rules(reader, table),
        "severities": read_severities(reader, table),
        "external_checks": read_external_checks(reader, table),
        "text": reader.source,
    }
    deploys = _take_section(reader, table, "deploys", {"keep": parse_count})
    git = _take_section(reader, table, "git", {"lastmod": parse_boolean})
    if "lastmod" in git:
        sections["git_lastmod"] = git["lastmod"]
    if "keep" in deploys:
        sections["keep_deploys"] = deploys["keep"]
    if not complete or not {"name", "title", "url"} <= plain.keys():
        return None
    return read_languages(reader, table, Config(**plain, **sections), _PARTS_OF_LANGUAGES)


def _take_section(
    reader: TableReader, table: Mapping[str, Any], key: str, fields: Fields
) -> dict[str, Any]:
    return reader.take(reader.take_table(table, key), fields, (key,))


def _read_markdown(
    reader: TableReader, table: Mapping[str, Any], plain: Mapping[str, Any]
) -> MarkdownOptions:
    chosen = reader.take_table(table, "markdown")
    values = reader.take(chosen, _MARKDOWN, ("markdown",), ("external_links",))
    attributes = reader.take_table(chosen, "external_links", ("markdown",))
    given = reader.take(attributes, _EXTERNAL_LINKS, ("markdown", "external_links"))
    if given:
        own = urlsplit(plain.get("url", "")).hostname or ""
        values["own_hosts"] = (own, *plain.get("domains", ()))
    return MarkdownOptions(**values, external_links=tuple(given.items()))


def _read_taxonomies(reader: TableReader, table: Mapping[str, Any]) -> tuple[Taxonomy, ...]:
    """The taxonomies, from a list of names, an array of tables, or a table of tables."""
    declared = table.get("taxonomies", ["tags"])
    found: dict[str, Taxonomy] = {}
    for item, steps in _list_taxonomies(reader, declared):
        values = reader.take(item, _TAXONOMY, steps)
        if "name" not in values:
            reader.require(item, ("name",), steps)
        elif values["name"] in found:
            reader.report_value(f"the taxonomy `{values['name']}` is declared twice", steps)
        else:
            title = values.pop("title", None) or values["name"].capitalize()
            found[values["name"]] = Taxonomy(title=title, **values)
    return tuple(found.values())


def _list_taxonomies(reader: TableReader, declared: Any) -> list[tuple[dict[str, Any], Steps]]:
    if isinstance(declared, list):
        named = [{"name": item} if isinstance(item, str) else item for item in declared]
        return list(reader.take_tables(named, ("taxonomies",)))
    if not isinstance(declared, dict):
        message = f"`taxonomies` must be a list of names, not {describe(declared)}"
        reader.report_value(message, ("taxonomies",), 'write `taxonomies = ["tags", "authors"]`')
        return []
    listed: list[tuple[dict[str, Any], Steps]] = []
    for name, item in declared.items():
        if isinstance(item, dict):
            listed.append(({"name": name, **item}, ("taxonomies", name)))
        else:
            message = f"`{name}` must be a table, not {describe(item)}"
            reader.report_value(message, ("taxonomies", name), f"write `[taxonomies.{name}]`")
    return listed


def _read_permalinks(
    reader: TableReader, table: Mapping[str, Any], steps: Steps = ()
) -> dict[str, str]:
    patterns = reader.take_table(table, "permalinks", steps)
    fields = dict.fromkeys(patterns, _parse_permalink)
    taken = reader.take(patterns, fields, (*steps, "permalinks"))
    return {section.strip("/"): pattern for section, pattern in taken.items()}


def _read_menus(
    reader: TableReader, table: Mapping[str, Any], steps: Steps = ()
) -> dict[str, tuple[MenuItem, ...]]:
    menus = reader.take_table(table, "menus", steps)
    return {
        name: tuple(_read_menu(reader, items, (*steps, "menus", name)))
        for name, items in menus.items()
    }


def _read_menu(reader: TableReader, items: Any, steps: Steps) -> list[MenuItem]:
    """The entries of one menu, the lightest first."""
    found: list[MenuItem] = []
    for position, (item, at) in enumerate(reader.take_tables(items, steps)):
        values = reader.take(item, _MENU_ITEM, at, ("params",))
        params = reader.take_table(item, "params", at)
        wanted = ("page",) if "page" in item else ("name", "url")
        if "page" in item and "url" in item:
            message = "an entry of a menu leads to a `page` or to a `url`, not to both"
            reader.report_value(message, (*at, "url"), "take one of them away")
        elif reader.require(item, wanted, at) and values.keys() >= {*wanted}:
            found.append(MenuItem(**values, params=params, position=position))
    return sorted(found, key=lambda item: item.weight)


def _read_related(reader: TableReader, table: Mapping[str, Any]) -> Related:
    related = reader.take_table(table, "related")
    values = reader.take(related, _RELATED, ("related",), ("weights",))
    if "weights" in related:
        weights = reader.take_table(related, "weights", ("related",))
        fields = dict.fromkeys(weights, _parse_weight)
        values["weights"] = reader.take(weights, fields, ("related", "weights"))
    return Related(**values)


def _parse_name(value: Any) -> SiteName:
    try:
        return parse_site_name(parse_string(value))
    except BadSiteName as bad:
        raise WrongValue(f"cannot be {value!r}", bad.hint) from None


def _parse_origin(value: Any) -> str:
    """An origin (RFC 6454) as text, in lower case and without a slash at the end."""
    url = parse_string(value).strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise WrongValue(f"{url!r} is not a URL", _ORIGIN_HINT) from None
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not _is_host(host):
        raise WrongValue(f"{url!r} is not an http(s) URL", _ORIGIN_HINT)
    origin = f"{parts.scheme}://{host}" + (f":{port}" if port is not None else "")
    if url.rstrip("/").lower() != origin:
        raise WrongValue(f"{url!r} has more than a host", _ORIGIN_HINT)
    return origin


def _parse_domains(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise WrongValue(f"must be a list, not {describe(value)}", 'write `["example.org"]`')
    hosts = tuple(parse_string(item).lower().rstrip(".") for item in value)
    wrong = [repr(host) for host in hosts if not _is_host(host)]
    if wrong:
        hint = "write host names alone, as in `www.example.org`; others in punycode (`xn--`)"
        are = "which is not a host name" if len(wrong) == 1 else "which are not host names"
        raise WrongValue(f"has {', '.join(wrong)}, {are}", hint)
    return tuple(dict.fromkeys(hosts))


def _parse_browsers(value: Any) -> tuple[str, ...]:
    queries = [value] if isinstance(value, str) else value
    if not isinstance(queries, list) or not queries:
        hint = 'write queries of Browserslist, as in `["defaults"]` or `["safari 15", "> 1%"]`'
        raise WrongValue(f"must be a list of browsers, not {describe(value)}", hint)
    parsed = tuple(parse_string(query) for query in queries)
    for query in filter(_OUTER_QUERY.search, parsed):
        hint = "name versions, as in `last 2 versions` or `safari 15`"
        raise WrongValue(f"has {query!r}, which is another thing on another day or machine", hint)
    return parsed


def _is_host(host: str) -> bool:
    """Whether it is a host name (RFC 1123 2.1) in lower case."""
    labels = host.split(".")
    return bool(_HOST.fullmatch(host)) and all(
        label and not label.startswith("-") and not label.endswith("-") for label in labels
    )


def _parse_language(value: Any) -> str:
    language = parse_string(value)
    if not is_tag(language):
        raise WrongValue(f"cannot be {language!r}", "write a tag of BCP 47: `en`, `pt-BR`")
    return language


def _parse_taxonomy_name(value: Any) -> str:
    name = parse_string(value)
    if not _TAXONOMY_NAME.fullmatch(name):
        raise WrongValue(f"cannot be {name!r}", "write a word, as in `tags`")
    return name


def _parse_permalink(value: Any) -> str:
    pattern = parse_string(value)
    if not pattern.startswith("/") or pattern.startswith("//") or "\\" in pattern:
        raise WrongValue(f"cannot be {pattern!r}", "write a path, as in `/:year/:month/:slug/`")
    for name in _PLACEHOLDER.findall(pattern):
        if name not in PLACEHOLDERS:
            hint = suggest(name, PLACEHOLDERS) or f"there are :{', :'.join(PLACEHOLDERS)}"
            raise WrongValue(f"has `:{name}`, which is no placeholder", hint)
    return pattern


def _parse_weight(value: Any) -> int:
    weight = parse_integer(value)
    if weight < 0:
        raise WrongValue(f"must be 0 or more, not {weight}", "write how much it counts, as in `80`")
    return weight


def _parse_strings(value: Any) -> tuple[str, ...]:
    return tuple(map(parse_string, value if isinstance(value, list) else [value]))


def _parse_formats(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(item in FEEDS for item in value):
        hint = 'write `["rss", "atom", "jsonfeed"]`, some of them, or `[]`'
        raise WrongValue(f"cannot be {value!r}", hint)
    return tuple(dict.fromkeys(value))


_FIELDS: Fields = {
    "name": _parse_name,
    "title": parse_string,
    "url": _parse_origin,
    "description": parse_string,
    "language": _parse_language,
    "author": parse_string,
    "domains": _parse_domains,
    "paginate_by": parse_count,
}
_SECTIONS = (
    "taxonomies",
    "permalinks",
    "menus",
    "defaults",
    "params",
    "feeds",
    "images",
    "outputs",
    "output_formats",
    "related",
    "search",
    "markdown",
    "assets",
    "minify",
    "redirects",
    "headers",
    "check",
    "deploys",
    "git",
    "languages",
)
_TAXONOMY: Fields = {
    "name": _parse_taxonomy_name,
    "title": parse_string,
    "paginate_by": parse_count,
    "feed": parse_boolean,
    "slug": parse_segment,
}
_PARTS_OF_LANGUAGES: Mapping[str, ReadPart] = {
    "menus": _read_menus,
    "permalinks": _read_permalinks,
}
_MENU_ITEM: Fields = {
    "name": parse_string,
    "url": parse_string,
    "page": parse_string,
    "weight": parse_integer,
    "identifier": parse_string,
    "parent": parse_string,
}
_FEEDS: Fields = {
    "formats": _parse_formats,
    "limit": parse_count,
    "full_content": parse_boolean,
}
_SEARCH: Fields = {
    "enabled": parse_boolean,
    "root_selector": parse_string,
    "exclude_selectors": _parse_strings,
    "language": _parse_language,
    "include_characters": parse_string,
}
_RELATED: Fields = {
    "limit": parse_count,
    "threshold": _parse_weight,
    "include_newer": parse_boolean,
}
_MARKDOWN: Fields = dict.fromkeys(
    (
        "highlight", "smart_punctuation", "heading_anchors", "autolinks", "wiki_links",
        "math",
    ),
    parse_boolean,
) | {"raw_html": parse_raw_html}  # fmt: skip
_EXTERNAL_LINKS: Fields = dict.fromkeys(("rel", "target", "class"), parse_string)
_ASSETS: Fields = {
    "bundle": parse_boolean,
    "browsers": _parse_browsers,
    "source_maps": parse_boolean,
}
_MINIFY: Fields = dict.fromkeys(("html", "css", "js"), parse_boolean)
