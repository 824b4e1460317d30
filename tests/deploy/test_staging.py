"""Staging: what is put, what is refused, and that ids depend on content alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.adapters.memory_store import MemoryStore
from pectin.deploy.errors import BadOutputPath
from pectin.deploy.manifest import Manifest
from pectin.deploy.staging import Sealed, Staging
from pectin.values.digest import Digest, compute_digest
from pectin.values.output import OutputFile
from pectin.values.rules import Redirect, Rules
from pectin.values.site import SiteName
from pectin.values.snapshot import Entry, Snapshot

PLUM = SiteName("plum")
names = st.text(st.sampled_from("ab01é-"), min_size=1, max_size=4)
paths = st.lists(names, min_size=1, max_size=3).map(lambda parts: "/" + "/".join(parts))
sites = st.dictionaries(paths, st.binary(max_size=4), max_size=30)
"""Files by path, none of which differ in case alone."""

Stage = Callable[..., Sealed]
Batch = list[tuple[Digest, int]]


class Endless:
    """A stream of 20 MB that is never whole in memory."""

    size = 20_000_000

    def open(self) -> BinaryIO:
        return BytesIO(bytes(self.size))


def stage_all(files: list[tuple[str, bytes]], batch_bytes: int = 1 << 20) -> Sealed:
    staging = Staging(MemoryStore(), PLUM, 1, batch_bytes=batch_bytes)
    for path, body in files:
        staging.add(OutputFile(path, body, "text/plain"))
    return staging.seal(Rules((Redirect("/old", "/new"),)))


@given(sites, st.randoms(use_true_random=False), st.integers(1, 2000))
def test_the_same_files_in_any_order_give_the_same_id(
    files: dict[str, bytes], rng: Random, batch_bytes: int
) -> None:
    shuffled = list(files.items())
    rng.shuffle(shuffled)
    assert stage_all(shuffled, batch_bytes).snapshot_id == stage_all([*files.items()]).snapshot_id


@given(sites)
def test_the_manifest_agrees_with_a_dict(files: dict[str, bytes]) -> None:
    store = MemoryStore()
    staging = Staging(store, PLUM, 1)
    for path, body in files.items():
        staging.add(OutputFile(path, body, "text/plain"))
    sealed = staging.seal(Rules())
    expected = {
        path: Entry(compute_digest(body), len(body), "text/plain") for path, body in files.items()
    }
    manifest = Manifest(store, sealed.snapshot_id)
    assert dict(manifest.entries()) == expected
    assert all(manifest.find(path) == entry for path, entry in expected.items())
    assert manifest.find("/absent") is None
    assert manifest.find("/\udcff") is None
    assert sealed.snapshot.files == len(files)
    assert sealed.snapshot.size == sum(map(len, files.values()))


PRINT_ID = """
import random, sys
from pectin.adapters.memory_store import MemoryStore
from pectin.deploy.staging import Staging
from pectin.values.output import OutputFile
from pectin.values.rules import Rules
files = [(f"/{number}/é", b"%d" % number, f"text/{number % 7}") for number in range(2500)]
random.Random(int(sys.argv[1])).shuffle(files)
staging = Staging(MemoryStore(), "plum", int(sys.argv[1]))
for path, body, media_type in files:
    staging.add(OutputFile(path, body, media_type, immutable="1" in path))
print(staging.seal(Rules()).snapshot_id.hex())
"""


def test_the_id_does_not_depend_on_the_machine() -> None:
    """Hash seed, time zone, locale, working directory and order differ; the id does not."""
    ids = {
        subprocess.run(
            [sys.executable, "-c", PRINT_ID, seed],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale},
            cwd=folder,
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone, locale, folder in [
            ("0", "UTC", "C", "/"),
            ("1", "Asia/Kathmandu", "C.UTF-8", "."),
            ("77", "America/St_Johns", "tr_TR.UTF-8", "/tmp"),
        ]
    }
    assert len(ids) == 1


def test_the_first_publish_puts_each_blob_once(
    stage: Stage, store: MemoryStore, puts: list[Batch]
) -> None:
    sealed = stage({"/a": b"same", "/b": b"same", "/c": b"other"})
    assert sealed.new_blobs == 4
    assert sealed.new_bytes == sum(len(store.get(digest)) for digest in store.digests())
    assert sorted(digest for batch in puts for digest, _ in batch) == list(store.digests())


def test_staging_an_unchanged_site_writes_nothing(stage: Stage, calls: list[str]) -> None:
    files = {f"/{number}": b"%d" % number for number in range(3000)}
    first = stage(files)
    calls.clear()
    again = stage(files, now=2)
    assert calls == []
    assert (again.stage, again.new_blobs, again.new_bytes) == (None, 0, 0)
    assert again.snapshot_id == first.snapshot_id


def test_one_edited_page_puts_its_blob_its_shard_and_the_root(
    stage: Stage, calls: list[str], puts: list[Batch]
) -> None:
    files = {f"/{number}": b"%d" % number for number in range(9000)}
    before = stage(files)
    assert len(before.snapshot.shards) == 16
    calls.clear()
    puts.clear()
    after = stage(files | {"/77": b"edited"})
    new_shards = set(after.snapshot.shards) - set(before.snapshot.shards)
    assert len(new_shards) == 1
    assert calls == ["open_stage", "put"]
    assert [digest for digest, _ in puts[0]] == [
        compute_digest(b"edited"),
        *new_shards,
        after.snapshot_id,
    ]
    assert after.new_blobs == 3


@given(sites.filter(bool), st.data())
def test_files_over_a_base_give_the_id_of_the_whole(
    files: dict[str, bytes], data: st.DataObject
) -> None:
    store = MemoryStore()
    base = stage_in(store, files)
    edited = data.draw(st.dictionaries(st.sampled_from(sorted(files)), st.binary(max_size=4)))
    revised = stage_in(store, edited, base.snapshot)
    assert revised.snapshot_id == stage_in(store, files | edited).snapshot_id


def stage_in(store: MemoryStore, files: dict[str, bytes], base: Snapshot | None = None) -> Sealed:
    staging = Staging(store, PLUM, 1)
    for path, body in files.items():
        staging.add(OutputFile(path, body, "text/plain"))
    return staging.seal(Rules(), base)


def test_the_output_is_stored_in_batches(store: MemoryStore, puts: list[Batch]) -> None:
    staging = Staging(store, PLUM, 1, batch_bytes=100_000)
    for number in range(300):
        staging.add(OutputFile(f"/{number}", b"%05d" % number * 1000, "text/plain"))
    staging.seal(Rules())
    assert len(puts) > 10
    assert max(sum(size for _, size in batch) for batch in puts) <= 105_000


def test_a_stream_is_hashed_in_pieces(store: MemoryStore) -> None:
    staging = Staging(store, PLUM, 1)
    staging.add(OutputFile("/large", Endless(), "video/mp4"))
    sealed = staging.seal(Rules())
    entry = Manifest(store, sealed.snapshot_id).find("/large")
    assert entry == Entry(compute_digest(bytes(Endless.size)), Endless.size, "video/mp4")


def test_what_was_abandoned_is_garbage(store: MemoryStore) -> None:
    staging = Staging(store, PLUM, 1, batch_bytes=1)
    staging.add(OutputFile("/a", b"a", "text/plain"))
    staging.abandon()
    assert store.collect([], stale_before=0).blobs == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("/a", "/a"),
        ("/a", "/A"),
        ("/A", "/a"),
        ("/Straße", "/STRASSE"),
        ("/B/x", "/b/X"),
        ("/\u01c4", "/\u01c6"),
    ],
)
def test_two_files_that_some_disks_hold_for_one_are_refused(first: str, second: str) -> None:
    """Attack row 7: duplicate entries, case and NFC collisions."""
    with pytest.raises(BadOutputPath, match=r"twice|one file") as told:
        stage_all([(first, b"1"), ("/other", b"2"), (second, b"3")])
    assert first in told.value.message
    assert second in told.value.message


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "a",
        "//",
        "/a/",
        "/a//b",
        "/../a",
        "/a/..",
        "/.",
        "/a/./b",
        "C:\\a",
        "/a\\b",
        "/a\0",
        "/a\n",
        "/\x7f",
        "/\udcff",
        "/e\u0301",
    ],
)
def test_a_path_that_is_not_plain_is_refused(path: str) -> None:
    with pytest.raises(BadOutputPath):
        stage_all([(path, b"1")])


@pytest.mark.parametrize("path", ["/a", "/..a", "/.well-known/x", "/a b", "/é", "/...", "/a..b/c"])
def test_a_plain_path_is_taken(path: str) -> None:
    assert stage_all([(path, b"1")]).snapshot.files == 1
