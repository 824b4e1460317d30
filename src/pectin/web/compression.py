"""Bodies in content codings: the same bytes every time."""

from __future__ import annotations

import zlib

import brotli
import zstandard

_GZIP_LEVEL = 6
_GZIP_WINDOW = 31  # zlib's way to say: a gzip wrapper, whose time is 0
_ZSTD_LEVEL = 9
_BROTLI_QUALITY = 5
_BROTLI_QUALITY_IMMUTABLE = 9


def compress(body: bytes, coding: str, *, immutable: bool) -> bytes:
    """`body` in `coding` (`br`, `zstd` or `gzip`); harder where it will be sent for long."""
    if coding == "br":
        quality = _BROTLI_QUALITY_IMMUTABLE if immutable else _BROTLI_QUALITY
        return bytes(brotli.compress(body, quality=quality))
    if coding == "zstd":
        return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compress(body)
    packer = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP_WINDOW)
    return packer.compress(body) + packer.flush()
