"""Keys and values of the tables.

Names are joined to keys by NUL, which they cannot contain. A path is there as its digest, for
LMDB's keys are short. Records are MessagePack maps, so that a later version may add a field. LMDB
has no checksums, so each value that is not proved by a digest ends in one, of its key and itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import blake2b, sha256
from struct import Struct
from typing import TypeVar

import msgspec

from pectin.deploy.errors import CorruptRecord
from pectin.deploy.model import DEPLOY_ID_LENGTH, Deploy, Move, Ref
from pectin.values.digest import DIGEST_SIZE, Digest, compute_digest
from pectin.values.site import RefName, SiteName
from pectin.values.snapshot import Entry

_LONGEST_KEY_BYTES = 511
_CHECKSUM_BYTES = 8
_SEQUENCE = Struct(">Q")

LAST_NUMBER = 2**64 - 1
"""The greatest number that a key may end in."""

Record = TypeVar("Record")

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


def wrap(body: bytes) -> bytes:
    """The value that is `body` and its digest, for what was made of a blob and can be again."""
    return sha256(body).digest() + body


def unwrap(value: bytes | None) -> bytes | None:
    """The body in `value`, or None where it is damaged or there is none."""
    if value is None:
        return None
    body = value[DIGEST_SIZE:]
    return body if sha256(body).digest() == value[:DIGEST_SIZE] else None


def seal(key: bytes, body: bytes) -> bytes:
    """The value of `key` that is `body` and a checksum."""
    return body + _compute_checksum(key, body)


def unseal(key: bytes, value: bytes) -> bytes | None:
    """The body in the value of `key`, or None where a bit of either is another."""
    body = value[:-_CHECKSUM_BYTES]
    return body if value[-_CHECKSUM_BYTES:] == _compute_checksum(key, body) else None


def render_ref(key: bytes, ref: Ref) -> bytes:
    """The value of a ref."""
    return seal(key, ref.snapshot + _SEQUENCE.pack(ref.moved_at))


def parse_ref(key: bytes, value: bytes) -> Ref:
    """The ref whose value this is. Raises CorruptRecord, as every parser here."""
    body = unseal(key, value)
    if body is None:
        site, _, name = _show(key).partition("\0")
        raise CorruptRecord(f"{name} of {site}")
    return Ref(Digest(body[:DIGEST_SIZE]), int.from_bytes(body[DIGEST_SIZE:], "big"))


def render_record(key: bytes, record: Deploy | Move | Entry) -> bytes:
    """The value of a deploy, a move or an entry."""
    return seal(key, msgspec.msgpack.encode(record))


def parse_deploy(key: bytes, value: bytes) -> Deploy:
    """The deploy whose value this is."""
    short = key[-DIGEST_SIZE:].hex()[:DEPLOY_ID_LENGTH]
    return _decode(_deploys, key, value, f"deploy {short} of")


def parse_move(key: bytes, value: bytes) -> Move:
    """The move whose value this is."""
    return _decode(_moves, key, value, "a line in the history of")


def parse_entry(key: bytes, value: bytes) -> Entry:
    """The entry whose value this is."""
    return _decode(_entries, key, value, "a file that is kept for open pages of")


def render_owner(host: bytes, site: SiteName) -> bytes:
    """The value of a domain."""
    return seal(host, site.encode())


def parse_owner(host: bytes, value: bytes) -> SiteName:
    """The site that has the domain whose value this is."""
    body = unseal(host, value)
    if body is None:
        raise CorruptRecord(f"the domain {_show(host)}")
    return SiteName(body.decode())


def parse_stage(key: bytes, value: bytes) -> bytes:
    """What is noted of an upload."""
    body = unseal(key, value)
    if body is None:
        raise CorruptRecord("an upload under way")
    return body


PARSERS: Mapping[str, Callable[[bytes, bytes], object]] = {
    "deploys": parse_deploy,
    "domains": parse_owner,
    "history": parse_move,
    "refs": parse_ref,
    "retained": parse_entry,
    "stages": parse_stage,
}
"""What reads the values of a table, for each table whose values end in a checksum."""


def _decode(
    decoder: msgspec.msgpack.Decoder[Record], key: bytes, value: bytes, subject: str
) -> Record:
    body = unseal(key, value)
    if body is not None:
        with suppress(msgspec.MsgspecError):
            return decoder.decode(body)
    site = _show(key.partition(b"\0")[0])
    raise CorruptRecord(f"{subject} {site}")


def _compute_checksum(key: bytes, body: bytes) -> bytes:
    return blake2b(key + body, digest_size=_CHECKSUM_BYTES).digest()


def _show(key: bytes) -> str:
    return key.decode("utf-8", "replace")


def split_digests(value: bytes) -> list[Digest]:
    """The digests that are in `value` one after the other."""
    starts = range(0, len(value), DIGEST_SIZE)
    return [Digest(value[start : start + DIGEST_SIZE]) for start in starts]
