"""The files of a Pagefind index, in one order.

Pagefind writes the values of a filter, the filters and the languages in the order of its hash
tables, which is another in each run. Here they are sorted, and what is named by its content is
named anew. The files are CBOR (RFC 8949) behind a mark, in gzip; those that are written again
are not, which its script reads as well: zlib makes other bytes on other machines.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from hashlib import sha256

import msgspec

_MARK = b"pagefind_dcd"
_FILTER = ".pf_filter"
_META = ".pf_meta"
_ENTRY = "pagefind-entry.json"

_TEXT = 3
_ARRAY = 4
_SHORT = 24
_META_PARTS = 6
_FILTERS, _SORTS = 3, 4


class UnknownFiles(Exception):
    """Files that are not as those of the release that was looked at."""


def settle_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """`files` of one index by path, the same for the same pages. Raises UnknownFiles."""
    try:
        return _settle(files)
    except (IndexError, KeyError) as error:
        raise UnknownFiles(f"{error} is missing") from None


def _settle(files: Mapping[str, bytes]) -> dict[str, bytes]:
    settled = {path: body for path, body in files.items() if not path.endswith((_FILTER, _META))}
    renamed: dict[bytes, bytes] = {}
    for path, body in files.items():
        if path.endswith(_FILTER):
            whole = _sort_filter(_open(path, body))
            folder, _, name = path.rpartition("/")
            old = name.removesuffix(_FILTER)
            new = _name(old, whole)
            renamed[old.encode()] = new.encode()
            settled[f"{folder}/{new}{_FILTER}"] = _MARK + whole
    hashes: dict[str, str] = {}
    for path, body in files.items():
        if path.endswith(_META):
            whole = _sort_meta(_open(path, body), renamed)
            old = path.removeprefix("pagefind.").removesuffix(_META)
            hashes[old] = _name(old, whole)
            settled[f"pagefind.{hashes[old]}{_META}"] = _MARK + whole
    settled[_ENTRY] = _name_anew(files.get(_ENTRY, b""), hashes)
    return dict(sorted(settled.items()))


def _open(path: str, body: bytes) -> bytes:
    try:
        whole = gzip.decompress(body)
    except (OSError, EOFError):
        whole = body
    if not whole.startswith(_MARK):
        raise UnknownFiles(path)
    return whole.removeprefix(_MARK)


def _name(old: str, whole: bytes) -> str:
    """A name for what is `whole` now, in the manner of `old`: `en_3f7ee5d`."""
    language, _, digest = old.rpartition("_")
    return f"{language}_{sha256(whole).hexdigest()[: len(digest)]}"


def _name_anew(entry: bytes, hashes: Mapping[str, str]) -> bytes:
    try:
        said = msgspec.json.decode(entry)
        for language in said["languages"].values():
            language["hash"] = hashes[language["hash"]]
        said["languages"] = dict(sorted(said["languages"].items()))
        said["include_characters"] = sorted(said["include_characters"])
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError):
        raise UnknownFiles(_ENTRY) from None
    return msgspec.json.encode(said)


def _sort_filter(whole: bytes) -> bytes:
    """A filter, which is its name and its values with their pages."""
    name, values = _split(whole)
    return _join([name, _join(sorted(_split(values)))])


def _sort_meta(whole: bytes, renamed: Mapping[bytes, bytes]) -> bytes:
    """What leads to all other files; its filters are names with the `renamed` names of files."""
    parts = _split(whole)
    if len(parts) < _META_PARTS:
        raise UnknownFiles(f"{_META} with {len(parts)} parts")
    filters = []
    for one in _split(parts[_FILTERS]):
        name, digest = _split(one)
        filters.append(_join([name, _render_text(renamed[_read_text(digest)])]))
    parts[_FILTERS] = _join(sorted(filters))
    parts[_SORTS] = _join(sorted(_split(parts[_SORTS])))
    return _join(parts)


def _read_head(whole: bytes, at: int) -> tuple[int, int, int]:
    """The major type of the item at `at`, its argument, and where that ends (RFC 8949 3)."""
    kind, short = whole[at] >> 5, whole[at] & 0x1F
    if short < _SHORT:
        return kind, short, at + 1
    size = 1 << (short - _SHORT)
    if short > _SHORT + 3:
        raise UnknownFiles("an item without a length")
    return kind, int.from_bytes(whole[at + 1 : at + 1 + size], "big"), at + 1 + size


def _find_end(whole: bytes, at: int) -> int:
    waiting = 1
    while waiting:
        kind, argument, at = _read_head(whole, at)
        waiting -= 1
        if kind in {2, _TEXT}:
            at += argument
        elif kind == _ARRAY:
            waiting += argument
        elif kind > _ARRAY:
            raise UnknownFiles(f"an item of the kind {kind}")
    return at


def _split(whole: bytes) -> list[bytes]:
    """The items of an array."""
    kind, count, at = _read_head(whole, 0)
    if kind != _ARRAY:
        raise UnknownFiles("no array where one was")
    items = []
    for _ in range(count):
        end = _find_end(whole, at)
        items.append(whole[at:end])
        at = end
    return items


def _join(items: list[bytes]) -> bytes:
    return _render_head(_ARRAY, len(items)) + b"".join(items)


def _read_text(item: bytes) -> bytes:
    _, _, at = _read_head(item, 0)
    return item[at:]


def _render_text(text: bytes) -> bytes:
    return _render_head(_TEXT, len(text)) + text


def _render_head(kind: int, argument: int) -> bytes:
    if argument < _SHORT:
        return bytes([kind << 5 | argument])
    power = next(power for power in range(4) if argument < 1 << (8 << power))
    return bytes([kind << 5 | _SHORT + power]) + argument.to_bytes(1 << power, "big")
