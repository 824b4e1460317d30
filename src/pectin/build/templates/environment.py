"""Jinja as Pectin has it: strict, escaped, and out of breath in time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from minijinja import Environment

from pectin.build.configuration.outputs import list_plain_suffixes

FUEL = 20_000_000
"""Instructions that one render may take: a second, and a list of 400,000 pages.

They bound time and not memory: see docs/decisions/0027.
"""

BUILT_IN_FILTERS = (
    "abs", "attr", "batch", "bool", "capitalize", "chain", "count", "d", "default", "dictsort",
    "e", "escape", "filesizeformat", "first", "float", "format", "groupby", "indent", "int", "items", "join",
    "last", "length", "lines", "list", "lower", "map", "max", "min", "pluralize", "pprint",
    "reject", "rejectattr", "replace", "reverse", "round", "safe", "select", "selectattr", "slice",
    "sort", "split", "string", "striptags", "sum", "title", "trim", "truncate", "unique", "upper",
    "urlencode", "wordwrap", "zip",
)  # fmt: skip
"""Jinja's own, as minijinja has them."""

BUILT_IN_TESTS = (
    "boolean", "defined", "divisibleby", "endingwith", "eq", "equalto", "escaped", "even", "false",
    "filter", "float", "ge", "greaterthan", "gt", "in", "integer", "iterable", "le", "lessthan", "lower",
    "lt", "mapping", "ne", "none", "number", "odd", "sameas", "safe", "sequence", "startingwith",
    "string", "test", "true", "undefined", "upper",
)  # fmt: skip

BUILT_IN_FUNCTIONS = ("cycler", "debug", "dict", "joiner", "namespace", "range")


def make_environment(
    load: Callable[[str], str | None],
    functions: Mapping[str, Any],
    filters: Mapping[str, Callable[..., Any]],
    plain_suffixes: Collection[str] = list_plain_suffixes(()),
) -> Environment:
    """The engine over the templates that `load` finds.

    Those whose names end as `plain_suffixes` say escape nothing, all others HTML.
    """
    plain = tuple(plain_suffixes)
    return Environment(
        loader=load,
        globals=functions,
        filters=filters,
        fuel=FUEL,
        undefined_behavior="strict",
        auto_escape_callback=lambda name: None if name.endswith(plain) else "html",
        trim_blocks=True,
        lstrip_blocks=True,
    )
