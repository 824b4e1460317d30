"""What every cache of a build must do, and what the one on the disk must survive."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pectin.adapters.lmdb_cache import LmdbCache
from pectin.adapters.memory_cache import MemoryCache
from pectin.build.traces.cache import Cache


def open_cache(folder: Path, namespace: bytes = b"1") -> LmdbCache:
    return LmdbCache(folder, namespace, lambda _digest, _size: None)


@pytest.fixture(params=["lmdb", "memory"])
def cache(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Cache]:
    if request.param == "memory":
        yield MemoryCache(lambda _digest, _size: None)
        return
    opened = open_cache(tmp_path / "a" / "cache")
    yield opened
    opened.close()


def test_what_was_stored_is_loaded(cache: Cache) -> None:
    cache.store({b"k": b"plum", b"empty": b"", b"x" * 440: b"y" * 10_000})
    assert cache.load(b"k") == b"plum"
    assert cache.load(b"empty") == b""
    assert cache.load(b"x" * 440) == b"y" * 10_000
    cache.store({b"k": b"pear"})
    assert cache.load(b"k") == b"pear"


def test_what_was_not_stored_is_none(cache: Cache) -> None:
    assert cache.load(b"k") is None


def test_it_outlives_the_process_that_made_it(tmp_path: Path) -> None:
    one = open_cache(tmp_path / "cache")
    assert one.is_new
    one.store({b"k": b"plum"})
    one.close()
    other = open_cache(tmp_path / "cache")
    assert not other.is_new
    assert other.load(b"k") == b"plum"
    other.close()


def test_another_version_knows_nothing_of_it(tmp_path: Path) -> None:
    one = open_cache(tmp_path / "cache")
    one.store({b"k": b"plum"})
    one.close()
    other = open_cache(tmp_path / "cache", b"2")
    assert other.load(b"k") is None
    other.close()


def test_it_can_be_used_on_either_side_of_a_fork(tmp_path: Path) -> None:
    cache = open_cache(tmp_path / "cache")
    cache.store({b"k": b"plum"})
    child = os.fork()
    if child == 0:
        os._exit(0 if cache.load(b"k") == b"plum" else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert cache.load(b"k") == b"plum"
    cache.close()


@pytest.mark.parametrize("damage", [b"", b"not a database" * 1000])
def test_an_environment_that_cannot_be_read_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    one = open_cache(tmp_path / "cache")
    one.store({b"k": b"plum"})
    one.close()
    (tmp_path / "cache" / "data.mdb").write_bytes(damage)
    two = open_cache(tmp_path / "cache")
    assert two.load(b"k") is None
    two.store({b"k": b"pear"})
    two.store({b"k": b"pear"})
    assert two.load(b"k") == b"pear"
    two.close()


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_an_environment_that_was_cut_short_is_made_anew(tmp_path: Path, share: float) -> None:
    one = open_cache(tmp_path / "cache")
    one.store({b"%d" % number: b"plum" * 2000 for number in range(50)})
    one.close()
    file = tmp_path / "cache" / "data.mdb"
    os.truncate(file, int(file.stat().st_size * share))
    two = open_cache(tmp_path / "cache")
    assert [two.load(b"%d" % number) for number in range(50)] == [None] * 50
    two.store({b"k": b"pear"})
    assert two.load(b"k") == b"pear"
    two.close()


def test_a_value_that_rotted_was_never_there(tmp_path: Path) -> None:
    one = open_cache(tmp_path / "cache")
    one.store({b"k": b"plum" * 2000})
    one.close()
    file = tmp_path / "cache" / "data.mdb"
    file.write_bytes(file.read_bytes().replace(b"plumplum", b"plumplUm", 1))
    two = open_cache(tmp_path / "cache")
    assert two.load(b"k") is None
    two.close()


def test_it_begins_anew_after_the_machine_did(tmp_path: Path) -> None:
    one = open_cache(tmp_path / "cache")
    one.store({b"k": b"plum"})
    one.close()
    (tmp_path / "cache" / "boot").write_text("another boot")
    two = open_cache(tmp_path / "cache")
    assert two.load(b"k") is None
    two.close()


def test_a_disk_that_takes_nothing_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file is in the way")
    cache = open_cache(tmp_path / "cache")
    cache.store({b"k": b"plum"})
    cache.close()
    assert cache.load(b"k") is None
