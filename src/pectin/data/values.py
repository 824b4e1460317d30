"""What a loader returned, as JSON: the same bytes for the same data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from math import isfinite
from typing import Any
from uuid import UUID

_DEEPEST = 200


class NotData(ValueError):
    """A value that has no place in data; the message says which, and where it is."""


def render_data(value: Any) -> bytes:
    """`value` as JSON, with keys in the order that they have. Raises NotData."""
    return json.dumps(_make_plain(value, (), 0), ensure_ascii=False, separators=(",", ":")).encode()


def _make_plain(value: Any, way: tuple[str, ...], depth: int) -> Any:
    if depth > _DEEPEST:
        raise NotData(f"{_name(way[:3])} is within itself, or very deep")
    if isinstance(value, Enum):
        return _make_plain(value.value, way, depth + 1)
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, Mapping):
        return {
            _check_key(key, way): _make_plain(inner, (*way, str(key)), depth + 1)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [_make_plain(one, (*way, str(at)), depth + 1) for at, one in enumerate(value)]
    return _make_scalar(value, way)


def _make_scalar(value: Any, way: tuple[str, ...]) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _check_text(str(value), way)
    if isinstance(value, float) and isfinite(value):
        return value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, float):
        raise NotData(f"{_name(way)} is {value}, which is no number in JSON")
    if isinstance(value, set | frozenset):
        raise NotData(f"{_name(way)} is a set, which has no order: sort it into a list")
    raise NotData(f"{_name(way)} is of the type {type(value).__name__}, which is no data")


def _check_key(key: Any, way: tuple[str, ...]) -> str:
    if not isinstance(key, str):
        raise NotData(f"{_name(way)} has the key {key!r}, which is not text")
    return _check_text(key, way)


def _check_text(text: str, way: tuple[str, ...]) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotData(f"{_name(way)} has half a character, which is no text") from None
    return text


def _name(way: tuple[str, ...]) -> str:
    return f"`{'.'.join(way)}` of the data" if way else "the whole"
