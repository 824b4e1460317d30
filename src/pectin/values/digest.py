"""Content addresses: what a blob, a shard and a snapshot are known by."""

from __future__ import annotations

from hashlib import sha256
from typing import NewType

Digest = NewType("Digest", bytes)
"""A SHA-256 digest, 32 bytes. Shown to people as 64 lower-case hexadecimal digits."""

DIGEST_SIZE = 32


def compute_digest(body: bytes) -> Digest:
    """The digest of `body` (FIPS 180-4, SHA-256)."""
    return Digest(sha256(body).digest())


def parse_digest(text: str) -> Digest:
    """The digest written as 64 hexadecimal digits in `text`.

    Raises ValueError when `text` is anything else.
    """
    raw = bytes.fromhex(text)
    if len(raw) != DIGEST_SIZE or text != raw.hex():
        raise ValueError(f"not a SHA-256 digest: {text!r}")
    return Digest(raw)
