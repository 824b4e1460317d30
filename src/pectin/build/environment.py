"""Jinja as Pectin has it: strict, escaped, and out of breath in time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from minijinja import Environment

FUEL = 50_000_000
"""Instructions that one render may take: some seconds, and a list of a million pages."""


def make_environment(
    load: Callable[[str], str | None],
    functions: Mapping[str, Any],
    filters: Mapping[str, Callable[..., Any]],
) -> Environment:
    """The engine over the templates that `load` finds."""
    return Environment(
        loader=load,
        globals=functions,
        filters=filters,
        fuel=FUEL,
        undefined_behavior="strict",
        auto_escape_callback=_choose_escaping,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _choose_escaping(name: str) -> str:
    return "none" if name.endswith(".txt") else "html"
