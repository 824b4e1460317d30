"""Content addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.values.digest import DIGEST_SIZE, compute_digest, parse_digest


def test_the_digest_of_nothing_is_the_published_one() -> None:
    published = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert compute_digest(b"").hex() == published


@given(st.binary())
def test_writing_and_parsing_a_digest_invert(body: bytes) -> None:
    digest = compute_digest(body)
    assert len(digest) == DIGEST_SIZE
    assert parse_digest(digest.hex()) == digest


@pytest.mark.parametrize("text", ["", "ab", "g" * 64, "A" * 64, "ab " * 32, "00" * 33])
def test_anything_but_64_lower_case_hexadecimal_digits_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"digest|hexadecimal"):
        parse_digest(text)
