"""Ways into an answer: `data.products.0.name`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pectin.data.declaration import LoaderError

_RAISE = object()


def find_at(value: Any, path: str, default: Any = _RAISE) -> Any:
    """What is at `path` of `value`; `default` where nothing is, else LoaderError is raised."""
    found = value
    for step in filter(None, path.split(".")):
        if isinstance(found, Mapping) and step in found:
            found = found[step]
        elif isinstance(found, list) and step.isdecimal() and int(step) < len(found):
            found = found[int(step)]
        elif default is not _RAISE:
            return default
        else:
            there = (
                ", ".join(f"`{key}`" for key in list(found)[:8])
                if isinstance(found, Mapping)
                else ""
            )
            has = f"there is {there}" if there else "nothing is below it"
            raise LoaderError(f"the answer has no `{step}` where `{path}` was looked for: {has}")
    return found
