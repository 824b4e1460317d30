"""Heads as bytes and back: whatever a front matter can say comes back as it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, get_type_hints

import msgspec

from pectin.build.content.document import FrontMatter, Head

_MOMENTS = ("date", "updated", "expires")
_UNPACKED = ("cascade", "origins", "menus")
"""The last fields of a front matter: what is in them holds front matter itself, or the author's values."""

# MessagePack has no days, and its points in time forget their zone.
_MOMENT_TYPES: dict[int, Any] = {1: date, 2: datetime, 3: time}
_CODES = {kind: code for code, kind in _MOMENT_TYPES.items()}


def _give_default(field: msgspec.structs.FieldInfo) -> Any:
    if field.default is msgspec.NODEFAULT:
        return msgspec.field(default_factory=field.default_factory)
    return field.default


_HINTS = get_type_hints(FrontMatter)
_PackedFrontMatter = msgspec.defstruct(
    "_PackedFrontMatter",
    [
        (
            field.name,
            Any if field.name in _MOMENTS else _HINTS[field.name],
            _give_default(field),
        )
        for field in msgspec.structs.fields(FrontMatter)
        if field.name not in _UNPACKED
    ],
)


class _PackedHead(msgspec.Struct, array_like=True):
    path: str
    body_start: int
    print: bytes
    front_matter: _PackedFrontMatter  # type: ignore[valid-type]  # made above, of the fields there are


class Known(msgspec.Struct, array_like=True, frozen=True):
    """The SHA-256 digests of some documents, and their heads, in the same order."""

    digests: list[bytes]
    heads: list[Head]


def can_pack(head: Head) -> bool:
    """Whether `head` can be packed: not with defaults for others or from them, nor with places in menus."""
    return not any(getattr(head.front_matter, name) for name in _UNPACKED)


def pack_heads(known: Known) -> bytes | None:
    """`known`, all of which can be packed, as bytes.

    None where a front matter says what no byte can hold, such as a lone surrogate.
    """
    try:
        return _encode((known.digests, [_pack(head) for head in known.heads]))
    except (OverflowError, UnicodeEncodeError, RecursionError, TypeError):
        return None


def unpack_heads(value: bytes) -> Known:
    """What `value` was made of, but for the locations. Raises msgspec.DecodeError for other bytes."""
    digests, heads = _decoder.decode(value)
    return Known(digests, [_unpack(head) for head in heads])


def _pack(head: Head) -> tuple[Any, ...]:
    front_matter = head.front_matter
    changes: dict[str, Any] = {
        name: _pack_value(value)
        for name in _MOMENTS
        for value in (getattr(front_matter, name),)
        if value is not None
    }
    if front_matter.params:
        changes["params"] = _pack_value(front_matter.params)
    if changes:
        front_matter = msgspec.structs.replace(front_matter, **changes)
    return (head.path, head.body_start, head.print, front_matter)


def _unpack(packed: _PackedHead) -> Head:
    front_matter = FrontMatter(*msgspec.structs.astuple(packed.front_matter))
    return Head(packed.path, packed.body_start, front_matter, packed.print, packed.path)


def _pack_value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _pack_value(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_pack_value(item) for item in value]
    code = _CODES.get(type(value))
    return value if code is None else msgspec.msgpack.Ext(code, value.isoformat().encode())


def _unpack_moment(code: int, data: memoryview) -> Any:
    if code not in _MOMENT_TYPES:
        raise ValueError(f"no moment has the code {code}")
    return _MOMENT_TYPES[code].fromisoformat(bytes(data).decode())


_encode = msgspec.msgpack.Encoder().encode
_decoder = msgspec.msgpack.Decoder(tuple[list[bytes], list[_PackedHead]], ext_hook=_unpack_moment)
