"""`[[redirects]]` and `[[headers]]`, in `pectin.toml` and in `netlify.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pectin.build.configuration.reader import Fields, Steps, TableReader
from pectin.build.configuration.rules import (
    BASIC_AUTH,
    check_field_name,
    check_placeholders,
    check_rewrite,
    make_own_target,
    parse_conditions,
    parse_credentials,
    parse_field,
    parse_pattern,
    parse_query,
    parse_source,
    parse_status,
    parse_target,
)
from pectin.build.configuration.scalars import WrongValue, parse_boolean
from pectin.build.configuration.written_rules import WrittenRedirect, WrittenRules
from pectin.values.problem import Severity
from pectin.values.rules import ANYONE, EDGE_FIELDS, HeaderRule, Redirect

_REDIRECT: Fields = {
    "from": parse_source,
    "to": parse_target,
    "status": parse_status,
    "force": parse_boolean,
    "query": parse_query,
    "conditions": parse_conditions,
}
_HEADER: Fields = {"for": parse_pattern}
_SYNONYMS = {
    "origin": "from",
    "destination": "to",
    "params": "query",
    "parameters": "query",
}
"""Keys that Netlify takes for others."""

_LATER = ("headers", "signed", "sign", "signing", "edge_handler", "rate_limit")
"""Keys of rewrites to other origins, which are told as such."""


def read_rules(
    reader: TableReader, table: Mapping[str, Any], lead: Steps = (), *, is_netlify: bool = False
) -> WrittenRules:
    """The redirects and headers of `table`, without those that are wrong, which `reader` is told.

    `lead` are the steps to it. Where `is_netlify`, keys may have Netlify's other names, and header fields that
    are the server's own are left out, as they are there.
    """
    tables = _Tables(reader, table, lead, is_netlify=is_netlify)
    return WrittenRules(tuple(tables.read_redirects()), tuple(tables.read_headers()))


class _Tables:
    """The tables of one file."""

    def __init__(
        self, reader: TableReader, table: Mapping[str, Any], lead: Steps, *, is_netlify: bool
    ) -> None:
        self._reader = reader
        self._table = table
        self._lead = lead
        self._is_netlify = is_netlify

    def read_redirects(self) -> list[WrittenRedirect]:
        """The redirects that are right."""
        found = self._reader.take_tables(
            self._table.get("redirects", []), (*self._lead, "redirects")
        )
        return [rule for item, steps in found if (rule := self._read_redirect(item, steps))]

    def read_headers(self) -> list[HeaderRule]:
        """The rules for headers that are right."""
        found = self._reader.take_tables(self._table.get("headers", []), (*self._lead, "headers"))
        return [rule for item, steps in found if (rule := self._read_header(item, steps))]

    def _read_redirect(self, item: dict[str, Any], steps: Steps) -> WrittenRedirect | None:
        reader = self._reader
        named = {_SYNONYMS.get(key, key) if self._is_netlify else key: item[key] for key in item}
        values = reader.take(named, _REDIRECT, steps, _LATER if self._is_netlify else ())
        status = values.get("status", 301)
        origin, source = values.get("from", ("", ""))
        if "to" not in named and (own := make_own_target(origin, source, status)):
            named["to"] = values["to"] = own
        if not reader.require(named, ("from", "to"), steps) or not {"from", "to"} <= values.keys():
            return None
        redirect = Redirect(
            source,
            values["to"],
            status,
            values.get("force", False),
            origin,
            values.get("query", ()),
            values.get("conditions", ANYONE),
        )
        target = (*steps, "to")
        try:
            check_placeholders(redirect)
            check_rewrite(redirect)
        except WrongValue as wrong:
            reader.report_value(f"`to` {wrong}", target, wrong.hint)
            return None
        return WrittenRedirect(redirect, reader.place((*steps, "from")), reader.place(target))

    def _read_header(self, item: dict[str, Any], steps: Steps) -> HeaderRule | None:
        reader = self._reader
        taken = reader.take(item, _HEADER, steps, ("values",))
        given = reader.take_table(item, "values", steps)
        is_whole = reader.require(item, ("for", "values"), steps) and given is item.get("values")
        fields: list[tuple[str, str]] = []
        credentials: tuple[str, ...] = ()
        for name, value in given.items():
            place = (*steps, "values", name)
            is_credential = name.lower() == BASIC_AUTH
            if not is_credential and self._is_left_out(name, place):
                continue
            try:
                if is_credential:
                    credentials = parse_credentials(value)
                elif self._may_be_set(name, place):
                    fields.append((name, parse_field(name, value)))
                else:
                    is_whole = False
            except WrongValue as wrong:
                is_whole = False
                reader.report_value(f"`values` {wrong}", place, wrong.hint)
        if not is_whole or "for" not in taken:
            return None
        return HeaderRule(taken["for"], tuple(fields), credentials)

    def _may_be_set(self, name: str, place: Steps) -> bool:
        try:
            check_field_name(name)
        except WrongValue as wrong:
            self._reader.report("config-value", f"`values` {wrong}", place, wrong.hint)
            return False
        return True

    def _is_left_out(self, name: str, place: Steps) -> bool:
        """Whether the field `name` is one that Netlify would not take either."""
        if not self._is_netlify or name.lower() not in EDGE_FIELDS:
            return False
        message, hint = tell_ignored(name)
        self._reader.report("ignored-header", message, place, hint, Severity.WARNING)
        return True


def tell_ignored(name: str) -> tuple[str, str]:
    """The message and the hint for a header field that no rule may set."""
    return f"`{name}` is the server's own header, and is left as it is", "take the line away"
