"""Keys and values of the tables.

Names are joined to keys by NUL, which they cannot contain. A path is there as its digest, for
LMDB's keys are short. Records are MessagePack maps, so that a later version may add a field.
"""

from __future__ import annotations

from struct import Struct

import msgspec

from pectin.deploy.model import Deploy, Move, Ref
from pectin.values.digest import DIGEST_SIZE, Digest, compute_digest
from pectin.values.site import RefName, SiteName
from pectin.values.snapshot import Entry

_LONGEST_KEY_BYTES = 511
_SEQUENCE = Struct(">Q")

LAST_NUMBER = 2**64 - 1
"""The greatest number that a key may end in."""

_deploys = msgspec.msgpack.Decoder(Deploy)
_moves = msgspec.msgpack.Decoder(Move)
_entries = msgspec.msgpack.Decoder(Entry)


def is_key(key: bytes) -> bool:
    """Whether LMDB takes `key`: what a client sends may be empty or too long."""
    return 0 < len(key) <= _LONGEST_KEY_BYTES


def site_key(site: SiteName, rest: bytes = b"") -> bytes:
    """The key of something of `site`."""
    return site.encode("utf-8", "surrogatepass") + b"\0" + rest


def ref_key(site: SiteName, ref: RefName) -> bytes:
    """The key of a ref."""
    return f"{site}\0{ref}".encode("utf-8", "surrogatepass")


def parse_ref_key(key: bytes) -> tuple[SiteName, RefName]:
    """The site and the ref whose key this is."""
    site, _, ref = key.decode().partition("\0")
    return SiteName(site), RefName(ref)


def retained_key(site: SiteName, path: str) -> bytes:
    """The key of a retained path."""
    return site_key(site, compute_digest(path.encode("utf-8", "surrogatepass")))


def sequence_key(prefix: bytes, number: int) -> bytes:
    """The key of the n-th of something; keys sort as the numbers do."""
    return prefix + _SEQUENCE.pack(number)


def parse_sequence(key: bytes) -> int:
    """The number at the end of a key."""
    (number,) = _SEQUENCE.unpack(key[-_SEQUENCE.size :])
    return int(number)


def render_natural(number: int) -> bytes:
    """`number` in eight bytes."""
    return _SEQUENCE.pack(number)


def parse_natural(value: bytes) -> int:
    """The number in eight bytes."""
    return int.from_bytes(value, "big")


def render_ref(ref: Ref) -> bytes:
    """The value of a ref."""
    return ref.snapshot + _SEQUENCE.pack(ref.moved_at)


def parse_ref(value: bytes) -> Ref:
    """The ref whose value this is."""
    return Ref(Digest(value[:DIGEST_SIZE]), int.from_bytes(value[DIGEST_SIZE:], "big"))


def render_record(record: Deploy | Move | Entry) -> bytes:
    """The value of a deploy, a move or an entry."""
    return msgspec.msgpack.encode(record)


def parse_deploy(value: bytes) -> Deploy:
    """The deploy whose value this is."""
    return _deploys.decode(value)


def parse_move(value: bytes) -> Move:
    """The move whose value this is."""
    return _moves.decode(value)


def parse_entry(value: bytes) -> Entry:
    """The entry whose value this is."""
    return _entries.decode(value)


def split_digests(value: bytes) -> list[Digest]:
    """The digests that are in `value` one after the other."""
    starts = range(0, len(value), DIGEST_SIZE)
    return [Digest(value[start : start + DIGEST_SIZE]) for start in starts]
