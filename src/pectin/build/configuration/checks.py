"""`[check]` of `pectin.toml`: how grave problems are, and how links to other hosts are followed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pectin.build.codes import CODES
from pectin.build.configuration.model import ExternalChecks
from pectin.build.configuration.reader import Fields, TableReader
from pectin.build.configuration.scalars import (
    WrongValue,
    describe,
    parse_boolean,
    parse_count,
    parse_string,
)
from pectin.build.suggestions import suggest
from pectin.values.problem import Severity

_EXTERNAL = "external"


def read_severities(reader: TableReader, table: Mapping[str, Any]) -> dict[str, Severity | None]:
    """What `[check]` says of codes; None is off. What is wrong with it is told to `reader`."""
    chosen = {key: it for key, it in reader.take_table(table, "check").items() if key != _EXTERNAL}
    for code in filter(lambda code: code not in CODES, chosen):
        message = f"no problem has the code `{code}`"
        hint = (
            suggest(code, (*CODES, _EXTERNAL))
            or "Pectin's documentation lists the codes under Content"
        )
        reader.report("config-key", message, ("check", code), hint, Severity.WARNING)
    return reader.take(chosen, dict.fromkeys(CODES, _parse_severity), ("check",), tuple(chosen))


def read_external_checks(reader: TableReader, table: Mapping[str, Any]) -> ExternalChecks:
    """What `[check.external]` says. What is wrong with it is told to `reader`."""
    chosen = reader.take_table(reader.take_table(table, "check"), _EXTERNAL, ("check",))
    return ExternalChecks(**reader.take(chosen, _FIELDS, ("check", _EXTERNAL)))


def _parse_severity(value: Any) -> Severity | None:
    if value == "off":
        return None
    if value in ("error", "warning"):
        return Severity(value)
    raise WrongValue(f"cannot be {value!r}", 'write "error", "warning" or "off"')


def _parse_patterns(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        hint = 'write `["https://example.org/*"]`'
        raise WrongValue(f"must be a list of URLs, not {describe(value)}", hint)
    patterns = tuple(parse_string(item) for item in value)
    for pattern in patterns:
        if not re.match(r"https?://|\*", pattern):
            hint = "begin with `https://` or `*`; `*` stands for anything"
            raise WrongValue(f"has {pattern!r}, which is like no URL of the web", hint)
    return patterns


def _parse_seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 60:  # noqa: PLR2004  # a minute
        raise WrongValue(f"must be seconds from 0 to 60, not {describe(value)}", "write `0.5`")
    return float(value)


def _parse_timeout(value: Any) -> float:
    seconds = _parse_seconds(value)
    if not seconds:
        raise WrongValue("cannot be 0", "write how many seconds to wait, as in `10`")
    return seconds


_FIELDS: Fields = {
    "skip": _parse_patterns,
    "timeout": _parse_timeout,
    "pause": _parse_seconds,
    "keep_days": parse_count,
    "allow_private": parse_boolean,
}
