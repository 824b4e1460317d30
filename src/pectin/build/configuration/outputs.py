"""`[outputs]` and `[output_formats]`: in which forms pages are published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pectin.build.configuration.model import FeedFormat, OutputFormat
from pectin.build.configuration.reader import Fields, TableReader
from pectin.build.configuration.scalars import (
    WrongValue,
    describe,
    parse_boolean,
    parse_string,
)
from pectin.build.media_types import ATOM, HTML, JSON_FEED, RSS, find_media_type
from pectin.build.suggestions import suggest

HTML_NAME = "html"
FEEDS: tuple[FeedFormat, ...] = ("rss", "atom", "jsonfeed")
CALENDAR = "calendar"

BUILT_IN: Mapping[str, OutputFormat] = {
    one.name: one
    for one in (
        OutputFormat(HTML_NAME, HTML, "html"),
        OutputFormat("json", "application/json", "json", is_plain_text=True),
        OutputFormat("text", find_media_type("a.txt"), "txt", is_plain_text=True),
        OutputFormat("markdown", find_media_type("a.md"), "md", "index.html", is_plain_text=True),
        OutputFormat(CALENDAR, find_media_type("a.ics"), "ics", is_plain_text=True),
        OutputFormat("llms", find_media_type("a.txt"), "txt", "llms", is_plain_text=True, rel=""),
        OutputFormat(
            "llms-full", find_media_type("a.txt"), "txt", "llms-full", is_plain_text=True, rel=""
        ),
        OutputFormat("rss", RSS, "xml", "rss"),
        OutputFormat("atom", ATOM, "xml", "atom"),
        OutputFormat("jsonfeed", JSON_FEED, "json", "feed", is_plain_text=True),
    )
}
"""The formats that every site has, by name."""

_LISTS = ("home", "section", "term")
KINDS: Mapping[str, tuple[str, ...]] = {
    "home": (*BUILT_IN,),
    "section": (*BUILT_IN,),
    "page": tuple(name for name in BUILT_IN if name not in FEEDS),
    "taxonomy": tuple(name for name in BUILT_IN if name not in (*FEEDS, CALENDAR)),
    "term": (*BUILT_IN,),
}
"""The built-in formats that each kind of page can have."""

_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+(?:; ?charset=[a-zA-Z0-9-]+)?")
_BASE_NAME = re.compile(r"\w(?:[\w.-]*\w)?")
_SUFFIX = re.compile(r"[A-Za-z0-9]+")
_REL = re.compile(r"(?:[a-z]+)?")


def list_formats(own: Mapping[str, OutputFormat]) -> dict[str, OutputFormat]:
    """The formats of a site that has defined `own`, by name."""
    return {**BUILT_IN, **own}


def explain_unfit(name: str, kind: str, own: Mapping[str, OutputFormat]) -> tuple[str, str] | None:
    """What is wrong with a page of `kind` in the format `name`, and what to do; None when nothing is."""
    known = list_formats(own)
    if name not in known:
        listed = ", ".join(f"`{one}`" for one in known)
        return f"there is no output format `{name}`", suggest(name, known) or f"there are {listed}"
    if name not in BUILT_IN or name in KINDS[kind]:
        return None
    hint = "take it away" if name == CALENDAR else "feeds are of lists of pages: take it away"
    return f"a {kind} cannot be published as `{name}`", hint


def read_output_formats(reader: TableReader, table: Mapping[str, Any]) -> dict[str, OutputFormat]:
    """The formats that `[output_formats]` defines, or changes, by name."""
    found: dict[str, OutputFormat] = {}
    for name, item in reader.take_table(table, "output_formats").items():
        steps = ("output_formats", name)
        if not _NAME.fullmatch(name) or name == HTML_NAME:
            hint = "write letters, digits and hyphens; HTML is as it is"
            reader.report_value(f"an output format cannot be called `{name}`", steps, hint)
        elif not isinstance(item, dict):
            message = f"`{name}` must be a table, not {describe(item)}"
            reader.report_value(message, steps, f"write `[output_formats.{name}]`")
        else:
            values = reader.take(item, _FORMAT, steps)
            made = _make_format(reader, name, values, item)
            if made is not None:
                found[name] = made
    _check_file_names(reader, found)
    return found


def _make_format(
    reader: TableReader, name: str, values: Mapping[str, Any], item: Mapping[str, Any]
) -> OutputFormat | None:
    if name in BUILT_IN:
        return replace(BUILT_IN[name], **values)
    complete = reader.require(item, ("media_type", "suffix"), ("output_formats", name))
    if not complete or not {"media_type", "suffix"} <= values.keys():
        return None
    return OutputFormat(name, **values)


def _check_file_names(reader: TableReader, own: Mapping[str, OutputFormat]) -> None:
    taken: dict[str, str] = {}
    for name, one in list_formats(own).items():
        other = taken.setdefault(one.file_name, name)
        if other != name:
            reader.report_value(
                f"`{name}` and `{other}` would both be published as `{one.file_name}`",
                ("output_formats", name if name in own else other),
                "give one of them another `base_name`",
            )


def read_outputs(
    reader: TableReader, table: Mapping[str, Any], own: Mapping[str, OutputFormat]
) -> dict[str, tuple[str, ...]]:
    """The names of the formats that each kind of page is published in, as `[outputs]` says."""
    fields: Fields = {kind: _make_parser(kind, own) for kind in KINDS}
    return reader.take(reader.take_table(table, "outputs"), fields, ("outputs",))


def _make_parser(kind: str, own: Mapping[str, OutputFormat]) -> Any:
    def parse(value: Any) -> tuple[str, ...]:
        names = value if isinstance(value, list) else [value]
        if not names:
            raise WrongValue("must name a format", 'write `["html"]`, or leave it out')
        parsed = tuple(dict.fromkeys(parse_string(name) for name in names))
        for name in parsed:
            if unfit := explain_unfit(name, kind, own):
                message, hint = unfit
                raise WrongValue(f"is wrong: {message}", hint)
        return parsed

    return parse


def _match(pattern: re.Pattern[str], example: str) -> Any:
    def parse(value: Any) -> str:
        text = parse_string(value)
        if not pattern.fullmatch(text) or ".." in text:
            raise WrongValue(f"cannot be {text!r}", f"write it as `{example}`")
        return text

    return parse


def list_plain_suffixes(own: Iterable[OutputFormat]) -> frozenset[str]:
    """The ends of the names of templates that escape nothing, where a site has defined `own`."""
    known = list_formats({one.name: one for one in own})
    escaped = {f".{one.suffix}" for one in known.values() if not one.is_plain_text}
    return frozenset({f".{one.suffix}" for one in known.values()} - escaped)


_FORMAT: Fields = {
    "media_type": _match(_MEDIA_TYPE, "application/json"),
    "suffix": _match(_SUFFIX, "json"),
    "base_name": _match(_BASE_NAME, "index"),
    "is_plain_text": parse_boolean,
    "rel": _match(_REL, "alternate"),
    "template": parse_string,
}
