"""What the durable store does beyond the contract: files, processes, damage, growth."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import BinaryIO

import lmdb
import msgspec
import pytest

from pectin.adapters.lmdb_store import environment
from pectin.adapters.lmdb_store.environment import Table, Txn, scan
from pectin.adapters.lmdb_store.large_files import CHUNK_BYTES
from pectin.adapters.lmdb_store.records import PARSERS, parse_move, render_natural, seal, unseal
from pectin.adapters.lmdb_store.schema import SCHEMA
from pectin.adapters.lmdb_store.store import LmdbStore
from pectin.deploy.errors import BlobMissing, CorruptBlob, CorruptRecord, StoreError
from pectin.deploy.model import Move, MoveKind
from pectin.deploy.publishing import Published
from pectin.deploy.retention import Retention, gc
from pectin.deploy.verification import verify
from pectin.values.digest import Digest, compute_digest
from pectin.values.site import PRODUCTION, SiteName

Publish = Callable[..., Published]

PLUM = SiteName("plum")
LARGE = b"jam" * 500_000
PAGE = b"<p>plum jam</p>" * 300


@contextmanager
def opened(folder: Path) -> Iterator[LmdbStore]:
    store = LmdbStore(folder)
    try:
        yield store
    finally:
        store.close()


def put(store: LmdbStore, *bodies: bytes) -> list[Digest]:
    stage = store.open_stage(PLUM, 1)
    digests = [compute_digest(body) for body in bodies]
    store.put(stage, list(zip(digests, bodies, strict=True)))
    return digests


def open_stream(store: LmdbStore, digest: Digest) -> BinaryIO:
    body = store.open(digest)
    assert not isinstance(body, bytes)
    return body.open()


def find_file(folder: Path, body: bytes) -> Path:
    name = compute_digest(body).hex()
    return folder / "store" / "large" / name[:2] / name


def flip_byte(path: Path, marker: bytes) -> None:
    """Change the last byte of the first `marker` in the file at `path`."""
    content = path.read_bytes()
    at = content.index(marker) + len(marker) - 1
    with path.open("r+b") as file:
        file.seek(at)
        file.write(bytes([content[at] ^ 1]))


def run_python(code: str, *arguments: object) -> str:
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


# Opening


def test_what_was_published_is_there_after_opening_again(
    tmp_path: Path, publish_files: Publish
) -> None:
    with opened(tmp_path) as store:
        deploy = publish_files(store, {"/a": PAGE, "/l": LARGE}, domains=("plum.example",)).deploy
    with opened(tmp_path) as store:
        assert store.list_deploys(PLUM) == [deploy]
        assert store.read_domain("plum.example") == PLUM
        assert store.get(compute_digest(PAGE)) == PAGE
        assert store.get(compute_digest(LARGE)) == LARGE


def test_only_the_owner_can_read_the_store(lmdb_store: LmdbStore, tmp_path: Path) -> None:
    put(lmdb_store, PAGE, LARGE)
    for path in [tmp_path / "store", *(tmp_path / "store").rglob("*")]:
        expected = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == expected, path


def test_a_store_is_opened_once_per_process(lmdb_store: LmdbStore, tmp_path: Path) -> None:
    put(lmdb_store, PAGE)
    with pytest.raises(StoreError, match="open in this process already"):
        LmdbStore(tmp_path / "store")
    assert lmdb_store.get(compute_digest(PAGE)) == PAGE


def test_a_store_that_was_closed_can_be_opened_again(tmp_path: Path) -> None:
    for _ in range(3):
        with opened(tmp_path / "store") as store:
            put(store, PAGE)


FORK = """
import os, sys
from pathlib import Path
from pectin.adapters.lmdb_store.store import LmdbStore
from pectin.deploy.errors import StoreError
store = LmdbStore(Path(sys.argv[1]))
if os.fork() == 0:
    for use in (
        lambda: store.read("plum", "production"),
        lambda: list(store.list_refs()),
        lambda: store.open_stage("plum", 1),
    ):
        try:
            use()
        except StoreError as error:
            print(error.message, flush=True)
    os._exit(0)
os.wait()
print(store.read("plum", "production"))
"""


def test_a_forked_child_is_told_to_open_its_own(tmp_path: Path) -> None:
    told = "the store was opened before this process was forked"
    assert run_python(FORK, tmp_path).splitlines() == [told, told, told, "None"]


@pytest.mark.parametrize(
    ("value", "message", "hint"),
    [
        (render_natural(SCHEMA + 1), f"has schema {SCHEMA + 1},", "upgrade Pectin"),
        (render_natural(0), "is damaged", "put back a copy"),
        (b"jam" * 9, "is damaged", "put back a copy"),
        (b"", "is damaged", "put back a copy"),
    ],
)
def test_a_store_of_a_schema_that_is_not_known_is_refused(
    tmp_path: Path, value: bytes, message: str, hint: str
) -> None:
    with opened(tmp_path) as store:
        meta = store._environment.tables["meta"]
        store._environment.write(lambda txn: txn.put(b"schema", value, db=meta))
    with pytest.raises(StoreError, match=message) as told:
        LmdbStore(tmp_path)
    assert hint in told.value.hint


def test_a_store_without_checksums_is_brought_up_to_date(
    tmp_path: Path, publish_files: Publish
) -> None:
    files = {"/a": PAGE, "/a.js": b"jam()", "/l": LARGE}
    with opened(tmp_path / "store") as store:
        first = publish_files(store, files, domains=("plum.example",)).deploy
        stage = store.open_stage(PLUM, 1)
        moves, tables = store.list_moves(PLUM), store._environment.tables

        def make_old(txn: Txn) -> None:
            for name in PARSERS:
                for key, value in list(scan(txn, tables[name])):
                    txn.put(key, unseal(key, value) or b"", db=tables[name])
            txn.drop(tables["chunks"], delete=False)
            txn.put(b"schema", render_natural(1), db=tables["meta"])

        store._environment.write(make_old)
    for _ in range(2):
        with opened(tmp_path / "store") as store:
            assert verify(store).problems == ()
            assert (store.list_deploys(PLUM), store.list_moves(PLUM)) == ([first], moves)
            assert store.read_domain("plum.example") == PLUM
            assert store.find_retained(PLUM, "/a.js") is not None
            with open_stream(store, compute_digest(LARGE)) as reader:
                assert reader.read() == LARGE
    with opened(tmp_path / "store") as store:
        assert store.put(stage, [(compute_digest(b"b"), b"b")]) == 1


@pytest.mark.parametrize("name", ["file", "file/below"])
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError):
        LmdbStore(tmp_path / name)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "lmdb").mkdir()
    (tmp_path / "lmdb" / "data.mdb").write_bytes(b"jam" * 10_000)
    with pytest.raises(StoreError) as told:
        LmdbStore(tmp_path)
    assert "put back a copy" in told.value.hint


# Damage


@pytest.mark.parametrize("left", [0, 1, 4096, 8191, 8192, 0.3, 0.6, 0.99])
def test_a_database_that_was_cut_short_is_told(
    left: float, tmp_path: Path, publish_files: Publish
) -> None:
    """In a process of its own, which a read behind the end would kill."""
    with opened(tmp_path) as store:
        publish_files(store, {f"/{number}": b"%d" % number * 2000 for number in range(400)})
    file = tmp_path / "lmdb" / "data.mdb"
    os.truncate(file, left if isinstance(left, int) else int(file.stat().st_size * left))
    assert run_python(TELL, tmp_path) == "a part of the store is lost\n"


def test_a_database_that_is_gone_is_not_begun_anew(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    (tmp_path / "lmdb" / "data.mdb").unlink()
    with pytest.raises(StoreError, match="cut short"):
        LmdbStore(tmp_path)
    assert not (tmp_path / "lmdb" / "data.mdb").exists()


def test_a_database_that_was_never_finished_is_begun_anew(tmp_path: Path) -> None:
    """Whoever began to make it was killed."""
    (tmp_path / "lmdb").mkdir()
    (tmp_path / "lmdb" / "data.mdb").touch()
    with opened(tmp_path) as store:
        assert store.list_deploys(PLUM) == []


TELL = """
import sys
from pathlib import Path
from pectin.adapters.lmdb_store.store import LmdbStore
from pectin.deploy.errors import StoreError
from pectin.deploy.verification import verify
try:
    verify(LmdbStore(Path(sys.argv[1])))
except StoreError as error:
    print(error.message.partition(": ")[2])
"""


def test_a_sound_database_without_its_last_free_pages_is_opened(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        (digest,) = put(store, PAGE)

        def take_and_give_back(txn: Txn) -> None:
            for table in (store._blobs, store._variants):
                txn.put(b"x", bytes(100_000), db=table)
                txn.delete(b"x", db=table)

        for _ in range(4):
            put(store, b"%d" % _ + bytes(9000))
            gc(store, now=2**40, stale_after=0)
            put(store, PAGE)
            store._environment.write(take_and_give_back)
    file = tmp_path / "lmdb" / "data.mdb"
    with lmdb.open(str(file.parent), max_dbs=16) as environment:
        length = (environment.info()["last_pgno"] + 1) * environment.stat()["psize"]
    assert file.stat().st_size < length
    with opened(tmp_path) as store:
        assert store.get(digest) == PAGE
        assert file.stat().st_size >= length


def test_a_flipped_byte_of_a_page_is_found_and_never_served(
    tmp_path: Path, publish_files: Publish
) -> None:
    """Attack row 40."""
    with opened(tmp_path) as store:
        publish_files(store, {"/a": PAGE, "/b": b"sound"})
    flip_byte(tmp_path / "lmdb" / "data.mdb", PAGE)
    with opened(tmp_path) as store:
        with pytest.raises(CorruptBlob):
            store.get(compute_digest(PAGE))
        with pytest.raises(CorruptBlob):
            store.open(compute_digest(PAGE))
        assert store.get(compute_digest(b"sound")) == b"sound"
        (problem,) = verify(store).problems
        assert problem.code == "corrupt-blob"
        assert compute_digest(PAGE).hex() in problem.message
        assert problem.notes == ("plum needs it (live) for /a",)


def test_a_flipped_byte_of_a_large_file_is_found_and_never_served(
    tmp_path: Path, publish_files: Publish
) -> None:
    """Attack row 40. Also when it happens after the file was opened once."""
    with opened(tmp_path / "store") as store:
        publish_files(store, {"/l": LARGE})
        digest = compute_digest(LARGE)
        open_stream(store, digest).close()
        flip_byte(find_file(tmp_path, LARGE), LARGE)
        with open_stream(store, digest) as reader, pytest.raises(CorruptBlob):
            reader.read()
        with pytest.raises(CorruptBlob):
            store.get(digest)
        assert [problem.code for problem in verify(store).problems] == ["corrupt-blob"]


def test_damage_is_repaired_by_dropping_it_and_publishing_the_same_again(
    tmp_path: Path, publish_files: Publish
) -> None:
    files = {"/a": PAGE, "/l": LARGE, "/b": b"sound"}
    with opened(tmp_path / "store") as store:
        first = publish_files(store, files, now=1).deploy
    flip_byte(tmp_path / "store" / "lmdb" / "data.mdb", PAGE)
    flip_byte(find_file(tmp_path, LARGE), LARGE)
    with opened(tmp_path / "store") as store:
        assert len(verify(store).problems) == 2
        found = verify(store, repair=True)
        assert (len(found.problems), found.dropped) == (2, 2)
        assert {problem.hint for problem in found.problems} == {
            "publish the same source again, which puts it back"
        }
        assert store.missing([compute_digest(body) for body in files.values()]) == {
            compute_digest(PAGE),
            compute_digest(LARGE),
        }
        again = publish_files(store, files, now=2)
        assert again == Published(first, unchanged=True)
        assert verify(store).problems == ()
        assert store.get(compute_digest(LARGE)) == LARGE
        assert gc(store, now=2**40).stages == 0


@pytest.mark.parametrize("piece_size", [1000, CHUNK_BYTES, 1 << 20, -1])
@pytest.mark.parametrize("at", [0, CHUNK_BYTES, 700_000, len(LARGE) - 1])
def test_no_byte_of_a_chunk_that_has_rotted_is_given(
    at: int, piece_size: int, lmdb_store: LmdbStore, tmp_path: Path
) -> None:
    """Attack row 40, where neither time nor size tell, and the file was read before."""
    (digest,) = put(lmdb_store, LARGE)
    path = find_file(tmp_path, LARGE)
    with open_stream(lmdb_store, digest) as reader:
        assert reader.read() == LARGE
        before = path.stat()
        with path.open("r+b") as file:
            file.seek(at)
            file.write(b"!")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        start = at - at % CHUNK_BYTES
        given: list[bytes] = []
        reader.seek(0)
        with pytest.raises(CorruptBlob):
            given.extend(iter(partial(reader.read, piece_size), b""))
        assert b"".join(given) == LARGE[: sum(map(len, given))]
        assert sum(map(len, given)) <= start
        reader.seek(at)
        with pytest.raises(CorruptBlob):
            reader.read(1)


@pytest.mark.parametrize("change", [-1, 1, CHUNK_BYTES, -CHUNK_BYTES])
def test_a_large_file_of_another_length_is_damage(
    change: int, lmdb_store: LmdbStore, tmp_path: Path
) -> None:
    (digest,) = put(lmdb_store, LARGE)
    os.truncate(find_file(tmp_path, LARGE), len(LARGE) + change)
    with pytest.raises(CorruptBlob):
        open_stream(lmdb_store, digest)
    assert [problem.code for problem in verify(lmdb_store).problems] == ["corrupt-blob"]


def test_digests_of_chunks_that_have_rotted_are_made_again(lmdb_store: LmdbStore) -> None:
    (digest,) = put(lmdb_store, LARGE)
    environment = lmdb_store._environment
    rotten = bytes(100)
    environment.write(lambda txn: txn.put(digest, rotten, db=environment.tables["chunks"]))
    with open_stream(lmdb_store, digest) as reader:
        assert reader.read() == LARGE
    assert environment.get(environment.tables["chunks"], digest) != rotten


def test_digests_of_chunks_go_with_their_file(lmdb_store: LmdbStore) -> None:
    put(lmdb_store, LARGE)
    gc(lmdb_store, now=2**40, stale_after=0)
    assert list(lmdb_store._environment.scan_keys(lmdb_store._environment.tables["chunks"])) == []


def test_any_part_of_a_large_file_can_be_read_in_any_order(lmdb_store: LmdbStore) -> None:
    (digest,) = put(lmdb_store, LARGE)
    with open_stream(lmdb_store, digest) as reader:
        for first, size in [(0, 10), (0, 20), (10, 100), (20, 5), (len(LARGE) - 9, 9), (0, -1)]:
            reader.seek(first)
            assert reader.read(size) == LARGE[first:][: size if size >= 0 else None]
        assert reader.read() == b""


def test_a_sound_blob_is_not_dropped(lmdb_store: LmdbStore) -> None:
    (digest,) = put(lmdb_store, PAGE)
    assert lmdb_store.discard_corrupt([digest, compute_digest(b"absent")]) == 0
    assert lmdb_store.get(digest) == PAGE


def test_damage_that_leaves_size_and_time_alone_is_still_found_by_verify(
    lmdb_store: LmdbStore, tmp_path: Path
) -> None:
    (digest,) = put(lmdb_store, LARGE)
    path = find_file(tmp_path, LARGE)
    open_stream(lmdb_store, digest).close()
    before = path.stat()
    flip_byte(path, LARGE)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [problem.code for problem in verify(lmdb_store).problems] == ["corrupt-blob"]
    with pytest.raises(CorruptBlob):
        lmdb_store.get(digest)


def test_a_damaged_manifest_stops_gc_but_not_the_next_publish(
    tmp_path: Path, publish_files: Publish
) -> None:
    with opened(tmp_path) as store:
        publish_files(store, {"/a-quite-recognisable-path": PAGE})
        blobs = list(store.digests())
    flip_byte(tmp_path / "lmdb" / "data.mdb", b"/a-quite-recognisable-path")
    with opened(tmp_path) as store:
        with pytest.raises(CorruptBlob):
            gc(store, now=2**40)
        assert list(store.digests()) == blobs
        publish_files(store, {"/a": b"new"}, now=2)
        gc(store, now=2**40, retention=Retention(keep=1))
        assert verify(store).problems == ()


def test_a_damaged_variant_counts_as_not_made(tmp_path: Path) -> None:
    variant = b"compressed plum jam" * 20
    with opened(tmp_path) as store:
        (digest,) = put(store, PAGE)
        store.put_variant(digest, "br", variant)
    flip_byte(tmp_path / "lmdb" / "data.mdb", variant)
    with opened(tmp_path) as store:
        assert store.get_variant(digest, "br") is None
        assert [problem.code for problem in verify(store).problems] == ["corrupt-variant"]
        store.put_variant(digest, "br", variant)
        assert store.get_variant(digest, "br") == variant
        assert verify(store).problems == ()


def test_a_damaged_variant_is_dropped_by_a_repair(tmp_path: Path) -> None:
    variant = b"compressed plum jam" * 20
    with opened(tmp_path) as store:
        (digest,) = put(store, PAGE)
        store.put_variant(digest, "gzip", b"sound")
        store.put_variant(digest, "br", variant)
    flip_byte(tmp_path / "lmdb" / "data.mdb", variant)
    with opened(tmp_path) as store:
        assert verify(store, repair=True).dropped == 1
        assert verify(store).problems == ()
        assert list(store.list_variants()) == [(digest, "gzip")]
        assert store.get(digest) == PAGE


@pytest.mark.parametrize("where", ["key", "value"])
@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("deploys", "the record of deploy [0-9a-f]{12} of pl.m is damaged"),
        ("domains", "the record of the domain plum.exampl. is damaged"),
        ("history", "the record of a line in the history of pl.m is damaged"),
        ("refs", "the record of production of pl.m is damaged"),
        ("retained", "the record of a file that is kept for open pages of pl.m is damaged"),
        ("stages", "the record of an upload under way is damaged"),
    ],
)
def test_a_damaged_record_is_told_by_verify_and_dropped_by_a_repair(
    table: str, told: str, where: str, lmdb_store: LmdbStore, publish_files: Publish
) -> None:
    """Attack row 40, for every table that has no digests."""
    files = {"/a": PAGE, "/a.js": b"jam()"}
    publish_files(lmdb_store, files, domains=("plum.example",))
    lmdb_store.open_stage(PLUM, 1)

    def flip(txn: Txn) -> None:
        found = lmdb_store._environment.tables[table]
        ((key, value),) = scan(txn, found)
        txn.delete(key, db=found)
        if where == "value":
            value = bytes([value[0] ^ 1, *value[1:]])
        else:
            at = key.index(b"m") - 1 if b"plum\0" in key else len(key) - 1
            key = bytes([*key[:at], key[at] ^ 1, *key[at + 1 :]])
        txn.put(key, value, db=found)

    lmdb_store._environment.write(flip)
    problems = [
        problem for problem in verify(lmdb_store).problems if problem.code != "deploy-missing"
    ]
    assert [problem.code for problem in problems] == ["corrupt-record"]
    assert re.fullmatch(told, problems[0].message)
    assert verify(lmdb_store, repair=True).dropped == 1
    publish_files(lmdb_store, files, now=2, domains=("plum.example",))
    assert verify(lmdb_store).problems == ()
    assert lmdb_store.read_domain("plum.example") == PLUM


def test_a_damaged_record_stops_gc(lmdb_store: LmdbStore, publish_files: Publish) -> None:
    publish_files(lmdb_store, {"/a": PAGE})
    deploys = lmdb_store._environment.tables["deploys"]
    for table in (deploys, lmdb_store._environment.tables["refs"]):

        def spoil(txn: Txn, table: Table = table) -> None:
            ((key, _),) = scan(txn, table)
            txn.put(key, b"jam" * 20, db=table)

        lmdb_store._environment.write(spoil)
        with pytest.raises(CorruptRecord):
            gc(lmdb_store, now=2**40)
    assert lmdb_store.get(compute_digest(PAGE)) == PAGE


def test_a_large_file_that_is_gone_is_damage(lmdb_store: LmdbStore, tmp_path: Path) -> None:
    (digest,) = put(lmdb_store, LARGE)
    find_file(tmp_path, LARGE).unlink()
    with pytest.raises(CorruptBlob, match="cannot be opened"):
        open_stream(lmdb_store, digest)


def test_a_large_file_that_is_collected_before_it_is_opened_is_missing(
    lmdb_store: LmdbStore,
) -> None:
    (digest,) = put(lmdb_store, LARGE)
    stream = lmdb_store.open(digest)
    assert not isinstance(stream, bytes)
    gc(lmdb_store, now=2**40, stale_after=0)
    with pytest.raises(BlobMissing):
        stream.open()


# Symbolic links (attack row 3)


def test_a_link_in_the_place_of_a_large_file_is_not_followed(
    lmdb_store: LmdbStore, tmp_path: Path
) -> None:
    """Attack row 3, though the file that it leads to has the very bytes."""
    (digest,) = put(lmdb_store, LARGE)
    path = find_file(tmp_path, LARGE)
    outside = tmp_path / "outside"
    path.rename(outside)
    path.symlink_to(outside)
    with pytest.raises(CorruptBlob):
        open_stream(lmdb_store, digest)
    with pytest.raises(CorruptBlob):
        lmdb_store.get(digest)


def test_a_link_in_the_place_of_a_shelf_is_not_followed(
    lmdb_store: LmdbStore, tmp_path: Path
) -> None:
    """Attack row 3: not for reading, not for writing, not for sweeping."""
    (digest,) = put(lmdb_store, LARGE)
    shelf = find_file(tmp_path, LARGE).parent
    outside = tmp_path / "outside"
    shelf.rename(outside)
    shelf.symlink_to(outside)
    with pytest.raises(CorruptBlob):
        open_stream(lmdb_store, digest)
    (outside / "precious").write_bytes(b"mine")
    gc(lmdb_store, now=1)
    assert not shelf.is_symlink()
    assert sorted(path.name for path in outside.iterdir()) == sorted([digest.hex(), "precious"])


def test_a_link_to_nowhere_takes_no_upload(lmdb_store: LmdbStore, tmp_path: Path) -> None:
    """Attack row 3."""
    outside = tmp_path / "outside"
    outside.mkdir()
    shelf = find_file(tmp_path, LARGE).parent
    shelf.symlink_to(outside)
    with pytest.raises(StoreError):
        put(lmdb_store, LARGE)
    assert list(outside.iterdir()) == []
    with pytest.raises(BlobMissing):
        lmdb_store.get(compute_digest(LARGE))


def test_a_store_whose_folder_of_files_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "large").symlink_to(tmp_path / "outside")
    with pytest.raises(StoreError):
        LmdbStore(tmp_path / "store")


# Orphans


def test_gc_removes_files_that_nothing_indexes(lmdb_store: LmdbStore, tmp_path: Path) -> None:
    (kept,) = put(lmdb_store, LARGE)
    large = tmp_path / "store" / "large"
    (large / "00").mkdir()
    (large / "00" / ("0" * 64)).write_bytes(b"orphan")
    (large / "incoming" / "of-a-dead-stage").write_bytes(b"half")
    gc(lmdb_store, now=1)
    files = [path for path in large.rglob("*") if path.is_file()]
    assert files == [find_file(tmp_path, LARGE)]
    assert lmdb_store.get(kept) == LARGE


def test_an_orphan_is_replaced_by_what_is_put(lmdb_store: LmdbStore, tmp_path: Path) -> None:
    path = find_file(tmp_path, LARGE)
    path.parent.mkdir()
    path.write_bytes(b"half of a file that was never indexed")
    (digest,) = put(lmdb_store, LARGE)
    assert lmdb_store.get(digest) == LARGE


def test_no_arrival_stays_behind(lmdb_store: LmdbStore, tmp_path: Path) -> None:
    put(lmdb_store, LARGE)
    put(lmdb_store, LARGE)
    assert list((tmp_path / "store" / "large" / "incoming").iterdir()) == []


# Growth and processes


SMALL_MAP_BYTES = 64 << 20
PUT_MANY = """
import sys
from pathlib import Path
from pectin.adapters.lmdb_store import environment
from pectin.adapters.lmdb_store.environment import Table, Txn, scan
from pectin.adapters.lmdb_store.large_files import CHUNK_BYTES
from pectin.adapters.lmdb_store.store import LmdbStore
from pectin.values.digest import compute_digest
environment.FIRST_MAP_BYTES = int(sys.argv[3])
store = LmdbStore(Path(sys.argv[1]))
stage = store.open_stage("plum", 1)
bodies = [b"%d" % number + bytes(1_000_000) for number in range(int(sys.argv[2]))]
print(store.put(stage, [(compute_digest(body), body) for body in bodies]))
"""


def test_the_map_grows_by_itself_and_other_processes_follow(
    tmp_path: Path, publish_files: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "FIRST_MAP_BYTES", SMALL_MAP_BYTES)
    count = SMALL_MAP_BYTES // 1_000_000 + 10
    with opened(tmp_path) as store:
        publish_files(store, {"/a": PAGE}, now=1)
        assert run_python(PUT_MANY, tmp_path, count, SMALL_MAP_BYTES) == f"{count}\n"
        assert store.read(PLUM, PRODUCTION)
        assert len(list(store.digests())) == count + 3
        publish_files(store, {"/a": b"after"}, now=2)
        assert store.get(compute_digest(b"after")) == b"after"


HOLD = """
import select, sys
from pathlib import Path
from pectin.adapters.lmdb_store.store import LmdbStore
from pectin.values.digest import compute_digest
store = LmdbStore(Path(sys.argv[1]))
stage = store.open_stage("plum", 1)
bodies = [b"%d" % number + bytes(1_000_000) for number in range(int(sys.argv[2]))]
store.put(stage, [(compute_digest(body), body) for body in bodies])
def hold(txn):
    print("held", flush=True)
    select.select([sys.stdin], [], [], 10)
store._environment.write(hold)
"""


def test_a_read_waits_for_no_writer_when_another_process_made_the_store_larger(
    lmdb_store: LmdbStore, tmp_path: Path
) -> None:
    count = SMALL_MAP_BYTES // 1_000_000 + 10
    command = [sys.executable, "-c", HOLD, str(tmp_path / "store"), str(count)]
    written = Event()

    def write() -> None:
        put(lmdb_store, PAGE)
        written.set()

    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdin
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        writer = Thread(target=write)
        writer.start()
        assert len(lmdb_store.list_deploys(PLUM)) == 0
        assert not written.is_set()
        holder.stdin.close()
        writer.join()


LITTLE_SPACE = """
import resource, sys
from pathlib import Path
from pectin.adapters.lmdb_store.store import LmdbStore
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
store = LmdbStore(Path(sys.argv[1]))
print(len(store.open_stage("plum", 1)) > 0, store._environment._lmdb.info()["map_size"] < 1 << 30)
"""


def test_a_process_that_may_have_little_address_space_gets_a_smaller_map(tmp_path: Path) -> None:
    assert run_python(LITTLE_SPACE, tmp_path) == "True True\n"


PUBLISH_MANY = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from store_worker import LmdbStore, publish_version, rollback, gc, Retention
from pectin.values.errors import PectinError
store = LmdbStore(Path(sys.argv[1]))
first = int(sys.argv[2])
won = 0
for version in range(first, first + 25):
    try:
        publish_version(store, version)
        won += 1
        if version % 5 == 0:
            gc(store, now=version, retention=Retention(keep=2))
            rollback(store, "plum", author="w", now=version)
    except PectinError as error:
        if error.code not in ("ref-moved", "blob-missing", "deploy-not-found", "already-live"):
            raise
print(won)
"""


def test_processes_at_once_each_win_or_are_told(lmdb_store: LmdbStore, tmp_path: Path) -> None:
    """Attack row 38, between processes."""
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", PUBLISH_MANY, tmp_path / "store", first, Path(__file__).parent],
            stdout=subprocess.PIPE,
        )
        for first in ("1000", "2000", "3000")
    ]
    wins = [int(worker.communicate()[0]) for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0, 0]
    assert sum(wins) > 0
    moves = lmdb_store.list_moves(PLUM)
    assert len(moves) >= sum(wins)
    assert [move.before for move in moves[:-1]] == [move.after for move in moves[1:]]
    assert verify(lmdb_store).problems == ()


def test_a_move_of_a_store_from_before_moves_had_messages_is_read() -> None:
    move = Move(PRODUCTION, MoveKind.PUBLISH, None, compute_digest(b"a"), 7, "anna", "First")
    record = msgspec.to_builtins(move, builtin_types=(bytes,))
    assert parse_move(b"key", seal(b"key", msgspec.msgpack.encode(record))) == move
    del record["message"]
    assert parse_move(b"key", seal(b"key", msgspec.msgpack.encode(record))).message == ""
