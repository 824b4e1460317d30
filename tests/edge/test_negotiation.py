from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.edge.negotiation import (
    MAX_SIZE,
    MIN_SIZE,
    accepts_identity,
    has_variants,
    negotiate_coding,
    simplify,
)
from pectin.values.digest import compute_digest
from pectin.values.snapshot import Entry


@pytest.mark.parametrize(
    ("field", "coding"),
    [
        (None, "identity"),
        ("", "identity"),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, zstd", "zstd"),
        ("BR;Q=0.5, gzip;q=0.6", "gzip"),
        ("br;q=0.500,gzip;q=0.5", "br"),
        ("br;q=0, gzip;q=0", "identity"),
        ("br;q=0.5, identity", "identity"),
        ("identity;q=0.5, gzip;q=0.2", "identity"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("br;q=0, *", "zstd"),
        ("identity;q=0", "identity"),
        ("identity;q=0, gzip;q=0.1", "gzip"),
        ("br;q=2, gzip", "gzip"),
        ("br;q=0.1234, gzip", "gzip"),
        ("br q=1, gzip", "gzip"),
        ("deflate, compress", "identity"),
        (",,gzip,,", "gzip"),
    ],
)
def test_the_coding_that_a_client_likes_best_wins(field: str | None, coding: str) -> None:
    assert negotiate_coding(field) == coding


@pytest.mark.parametrize(
    ("field", "accepted"),
    [
        (None, True),
        ("gzip", True),
        ("identity;q=0", False),
        ("*;q=0", False),
        ("*;q=0, identity", True),
    ],
)
def test_identity_is_accepted_unless_it_is_excluded(field: str | None, accepted: bool) -> None:  # noqa: FBT001  # a table
    assert accepts_identity(field) is accepted


codings = st.sampled_from(["br", "gzip", "zstd", "identity", "*", "deflate", "x-gzip", ""])
weights = st.sampled_from(["", ";q=0", ";q=0.5", ";q=1", ";q=0.001", ";q=9", " ; q=0.3"])
fields = st.lists(st.tuples(codings, weights).map("".join)).map(",".join)


@given(fields)
def test_a_simplified_field_asks_for_the_same(field: str) -> None:
    """Attack row 22: a cache has eight keys for a page, whatever clients invent."""
    simple = simplify(field)
    assert negotiate_coding(simple) == negotiate_coding(field)
    assert accepts_identity(simple) is accepts_identity(field)
    assert simplify(simple) == simple


@pytest.mark.parametrize(
    ("media_type", "size", "expected"),
    [
        ("text/html; charset=utf-8", MIN_SIZE, True),
        ("text/html", MIN_SIZE - 1, False),
        ("text/css", MAX_SIZE + 1, False),
        ("application/rss+xml", 1000, True),
        ("application/ld+json", 1000, True),
        ("image/svg+xml", 1000, True),
        ("Text/JavaScript", 1000, True),
        ("application/wasm", 1000, True),
        ("font/woff2", 1000, False),
        ("image/png", 1000, False),
        ("video/mp4", 1000, False),
        ("application/zip", 1000, False),
    ],
)
def test_only_what_gains_by_it_has_variants(media_type: str, size: int, expected: bool) -> None:  # noqa: FBT001  # a table
    assert has_variants(Entry(compute_digest(b""), size, media_type)) is expected
