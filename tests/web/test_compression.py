from __future__ import annotations

import gzip

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from pectin.web.compression import compress


def expand(body: bytes, coding: str) -> bytes:
    if coding == "br":
        return bytes(brotli.decompress(body))
    if coding == "zstd":
        return zstandard.ZstdDecompressor().decompress(body)
    return gzip.decompress(body)


@given(st.binary(max_size=2000), st.sampled_from(["br", "zstd", "gzip"]), st.booleans())
def test_what_is_compressed_expands_to_itself(body: bytes, coding: str, immutable: bool) -> None:  # noqa: FBT001  # drawn by Hypothesis
    assert expand(compress(body, coding, immutable=immutable), coding) == body


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip"])
def test_compressing_twice_gives_the_same_bytes(coding: str) -> None:
    body = b"plum " * 1000
    first = compress(body, coding, immutable=False)
    assert first == compress(body, coding, immutable=False)
    assert len(first) < 200


def test_gzip_tells_no_time() -> None:
    assert compress(b"plum", "gzip", immutable=False)[4:8] == bytes(4)
