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
from typing import Any

import cbor2
import msgspec

_MARK = b"pagefind_dcd"
_FILTER = ".pf_filter"
_META = ".pf_meta"
_ENTRY = "pagefind-entry.json"

_FILTERS, _SORTS = 3, 4


class UnknownFiles(Exception):
    """Files that are not as those of the release that was looked at."""


def settle_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """`files` of one index by path, the same for the same pages. Raises UnknownFiles."""
    try:
        return _settle(files)
    except (LookupError, TypeError, ValueError, cbor2.CBORDecodeError) as error:
        raise UnknownFiles(str(error)) from None


def _settle(files: Mapping[str, bytes]) -> dict[str, bytes]:
    settled = {path: body for path, body in files.items() if not path.endswith((_FILTER, _META))}
    renamed: dict[str, str] = {}
    for path, body in files.items():
        if path.endswith(_FILTER):
            whole = _sort_filter(_open(path, body))
            folder, _, name = path.rpartition("/")
            old = name.removesuffix(_FILTER)
            new = _name(old, whole)
            renamed[old] = new
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
    name, values = _parse(whole)
    return cbor2.dumps([name, sorted(values)])


def _sort_meta(whole: bytes, renamed: Mapping[str, str]) -> bytes:
    """What leads to all other files; its filters are names with the `renamed` names of files."""
    parts = _parse(whole)
    parts[_FILTERS] = sorted([name, renamed[digest]] for name, digest in parts[_FILTERS])
    parts[_SORTS] = sorted(parts[_SORTS])
    return cbor2.dumps(parts)


def _parse(whole: bytes) -> list[Any]:
    parsed = cbor2.loads(whole)
    if not isinstance(parsed, list):
        raise UnknownFiles("no array where one was")
    return parsed
