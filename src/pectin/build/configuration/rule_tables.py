"""`[[redirects]]` and `[[headers]]` of `pectin.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pectin.build.configuration.reader import Fields, Steps, TableReader
from pectin.build.configuration.rules import (
    check_field_name,
    check_placeholders,
    find_chains,
    find_loops,
    parse_field,
    parse_pattern,
    parse_source,
    parse_status,
    parse_target,
)
from pectin.build.configuration.scalars import WrongValue
from pectin.values.problem import Severity
from pectin.values.rules import HeaderRule, Redirect, Rules

_REDIRECT: Fields = {"from": parse_source, "to": parse_target, "status": parse_status}
_HEADER: Fields = {"for": parse_pattern}


def read_rules(reader: TableReader, table: Mapping[str, Any]) -> Rules:
    """The redirects and headers of a site, without those that are wrong, which `reader` is told."""
    return Rules(_read_redirects(reader, table), _read_headers(reader, table))


def _read_redirects(reader: TableReader, table: Mapping[str, Any]) -> tuple[Redirect, ...]:
    found: list[Redirect] = []
    places: list[Steps] = []
    for item, steps in reader.take_tables(table.get("redirects", []), ("redirects",)):
        redirect = _read_redirect(reader, item, steps)
        if redirect is not None:
            found.append(redirect)
            places.append(steps)
    loops = tuple(find_loops(found))
    for index, way in loops:
        message = f"this redirect comes back to itself: {' to '.join(way)}"
        reader.report("redirect-loop", message, places[index], "take one of its rules away")
    for index, target in () if loops else find_chains(found):
        message = f"this redirect leads to `{target}`, which is redirected again"
        hint = "let it lead where the other does: each redirect costs a reader a round trip"
        steps = (*places[index], "to")
        reader.report("redirect-chain", message, steps, hint, Severity.WARNING)
    return tuple(found)


def _read_redirect(reader: TableReader, item: dict[str, Any], steps: Steps) -> Redirect | None:
    values = reader.take(item, _REDIRECT, steps)
    if not reader.require(item, ("from", "to"), steps) or not {"from", "to"} <= values.keys():
        return None
    redirect = Redirect(values["from"], values["to"], values.get("status", 301))
    try:
        check_placeholders(redirect)
    except WrongValue as wrong:
        reader.report_value(f"`to` {wrong}", (*steps, "to"), wrong.hint)
        return None
    return redirect


def _read_headers(reader: TableReader, table: Mapping[str, Any]) -> tuple[HeaderRule, ...]:
    found: list[HeaderRule] = []
    for item, steps in reader.take_tables(table.get("headers", []), ("headers",)):
        taken = reader.take(item, _HEADER, steps, ("values",))
        fields = _read_fields(reader, item, steps)
        is_whole = reader.require(item, ("for", "values"), steps)
        if is_whole and "for" in taken and fields is not None:
            found.append(HeaderRule(taken["for"], fields))
    return tuple(found)


def _read_fields(
    reader: TableReader, rule: Mapping[str, Any], steps: Steps
) -> tuple[tuple[str, str], ...] | None:
    """The header fields that `rule` sets; None where something is wrong with one of them."""
    given = reader.take_table(rule, "values", steps)
    fields: list[tuple[str, str]] = []
    for name, value in given.items():
        place = (*steps, "values", name)
        try:
            check_field_name(name)
        except WrongValue as wrong:
            reader.report("config-value", f"`values` {wrong}", place, wrong.hint)
            continue
        try:
            fields.append((name, parse_field(name, value)))
        except WrongValue as wrong:
            reader.report_value(f"`values` {wrong}", place, wrong.hint)
    return tuple(fields) if len(fields) == len(given) and given is rule.get("values") else None
