from __future__ import annotations

from pathlib import Path

import pytest

from pectin.adapters.loaded_data import LoadedData
from pectin.values.digest import compute_digest
from pectin.values.site import SiteName

SITE = SiteName("jam")
PATH = "data/shop.py"


@pytest.fixture
def kept(tmp_path: Path) -> LoadedData:
    return LoadedData(tmp_path / "loaded")


def test_what_is_stored_is_found(kept: LoadedData) -> None:
    assert kept.find(SITE, PATH) is None
    digest = kept.store(SITE, PATH, b"[1]", code="c", now=5)
    record = kept.find(SITE, PATH)
    assert record is not None
    assert (record.digest, record.loaded_at, record.code) == (digest.hex(), 5, "c")
    assert kept.load(digest.hex()) == b"[1]"
    assert kept.find(SiteName("other"), PATH) is None


def test_a_damaged_value_is_as_good_as_none(kept: LoadedData) -> None:
    digest = kept.store(SITE, PATH, b"[1]", code="c", now=5).hex()
    kept.path_of(digest).write_bytes(b"[2]")
    assert kept.load(digest) is None
    assert kept.find(SITE, PATH) is None
    kept.store(SITE, PATH, b"[1]", code="c", now=6)
    assert kept.load(digest) == b"[1]"


def test_only_what_is_needed_survives_a_collection(kept: LoadedData) -> None:
    older = kept.store(SITE, PATH, b"[1]", code="c", now=5).hex()
    oldest = kept.store(SITE, PATH, b"[0]", code="c", now=5).hex()
    newest = kept.store(SITE, PATH, b"[2]", code="c", now=6).hex()
    assert kept.collect({older}) == 1
    assert [kept.load(one) for one in (oldest, older, newest)] == [None, b"[1]", b"[2]"]


def test_what_is_not_a_digest_is_nothing(kept: LoadedData) -> None:
    assert kept.load(compute_digest(b"").hex()) is None
