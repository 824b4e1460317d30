"""The store after a crash or an error at any step: old or new, never mixed, never missing.

Attack rows 37 and 38.
"""

from __future__ import annotations

import errno
import os
import random
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import lmdb
import pytest

from pectin.adapters.lmdb_store.disk import Disk
from pectin.adapters.lmdb_store.store import LmdbStore
from pectin.deploy.errors import StoreError, StoreFull
from pectin.deploy.manifest import Manifest
from pectin.deploy.ports import Store
from pectin.deploy.publishing import Published
from pectin.deploy.retention import Retention, gc
from pectin.deploy.rollback import rollback
from pectin.deploy.verification import verify
from pectin.values.digest import compute_digest
from pectin.values.site import PRODUCTION, SiteName

Publish = Callable[..., Published]

PLUM = SiteName("plum")
WORKER = Path(__file__).with_name("store_worker.py")
KILLS = 60
LONGEST_MICROSECONDS = 60_000


@contextmanager
def opened(folder: Path, disk: Disk | None = None) -> Iterator[LmdbStore]:
    store = LmdbStore(folder, disk=disk)
    try:
        yield store
    finally:
        store.close()


def read_versions(store: Store) -> set[bytes]:
    """The versions that the live pages are of: one, unless there is a mixture."""
    live = store.read(PLUM, PRODUCTION)
    assert live is not None
    entries = Manifest(store, live.snapshot).entries()
    return {store.get(entry.blob).split(b" ")[0].rstrip(b"\0") for _, entry in entries}


def allowed(journal: str, before: str | None) -> tuple[str | None, bool]:
    """The id that was last known to be live, and whether a change of it was under way."""
    live, under_way = before, False
    for line in journal.splitlines():
        word, *rest = line.split()
        if word == "live":
            live, under_way = rest[0], False
        else:
            under_way = rest[0] != "collect"
    return live, under_way


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_store_whose_user_was_killed_is_old_or_new(
    seed: int, tmp_path: Path, publish_files: Publish
) -> None:
    """SIGKILL at random moments of publish, rollback and gc."""
    rng = random.Random(seed)
    folder, journal = tmp_path / "store", tmp_path / "journal"
    known: str | None = None
    interrupted: list[bool] = []
    with subprocess.Popen(
        [sys.executable, WORKER, folder, journal],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as worker:
        assert worker.stdin
        assert worker.stdout
        for number in range(KILLS):
            delay = rng.randrange(LONGEST_MICROSECONDS)
            worker.stdin.write(f"{seed * 1000 + number} {delay}\n")
            worker.stdin.flush()
            assert worker.stdout.readline() == "-9\n"
            known, under_way = allowed(journal.read_text(), known)
            interrupted.append(under_way)
            with opened(folder) as store:
                live = store.read(PLUM, PRODUCTION)
                found = live.snapshot.hex() if live else None
                assert found == known or under_way
                if live:
                    assert len(read_versions(store)) == 1
                    assert store.find_deploy(PLUM, live.snapshot.hex())
                assert verify(store).problems == ()
                if number % 10 == 9:
                    known = publish_files(store, {"/a": b"%d" % number}).deploy.snapshot.hex()
                    gc(store, now=2**40, retention=Retention(keep=2), stale_after=0)
                    assert len(list((folder / "large" / "incoming").iterdir())) == 0
                else:
                    known = found
        worker.stdin.close()
    assert any(interrupted)


class FaultyDisk(Disk):
    """A disk that fails at step number `fail_at` with `number`, and if `lasting` from then on."""

    def __init__(self, number: int, *, lasting: bool) -> None:
        self.number = number
        self.lasting = lasting
        self.fail_at = 0
        self.steps = 0

    def arm(self, step: int) -> None:
        self.fail_at, self.steps = step, 0

    def disarm(self) -> None:
        self.fail_at = 0

    @property
    def failed(self) -> bool:
        return self.steps >= self.fail_at

    def _step(self) -> None:
        self.steps += 1
        due = self.steps >= self.fail_at if self.lasting else self.steps == self.fail_at
        if self.fail_at and due:
            raise OSError(self.number, os.strerror(self.number))

    def commit(self, txn: lmdb.Transaction[Any]) -> None:
        self._step()
        super().commit(txn)

    def write(self, file: BinaryIO, chunk: bytes) -> None:
        try:
            self._step()
        except OSError:
            super().write(file, chunk[: len(chunk) // 2])  # as a disk does that becomes full
            raise
        super().write(file, chunk)

    def sync(self, descriptor: int) -> None:
        self._step()
        super().sync(descriptor)

    def make_folder(self, name: str, at: int) -> None:
        self._step()
        super().make_folder(name, at)

    def link(self, name: str, at: int, new_name: str, new_at: int) -> None:
        self._step()
        super().link(name, at, new_name, new_at)

    def unlink(self, name: str, at: int) -> None:
        self._step()
        super().unlink(name, at)


class NotedDisk(Disk):
    """A disk that notes what it did, and whether it was to a file or a folder."""

    def __init__(self) -> None:
        self.steps: list[str] = []

    def commit(self, txn: lmdb.Transaction[Any]) -> None:
        super().commit(txn)
        self.steps.append("commit")

    def write(self, file: BinaryIO, chunk: bytes) -> None:
        super().write(file, chunk)
        self.steps.append("write")

    def sync(self, descriptor: int) -> None:
        super().sync(descriptor)
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        self.steps.append("sync folder" if is_folder else "sync file")

    def make_folder(self, name: str, at: int) -> None:
        super().make_folder(name, at)
        self.steps.append("make folder")

    def link(self, name: str, at: int, new_name: str, new_at: int) -> None:
        super().link(name, at, new_name, new_at)
        self.steps.append("link")


def test_a_large_blob_is_durable_in_an_order_that_no_power_cut_can_break(tmp_path: Path) -> None:
    """Attack row 37: its bytes, then its shelf, then its name, then what refers to it."""
    disk = NotedDisk()
    with opened(tmp_path / "store", disk) as store:
        stage = store.open_stage(PLUM, 1)
        disk.steps.clear()
        body = bytes(3 << 19)
        store.put(stage, [(compute_digest(body), body)])
        assert disk.steps == [
            "write",
            "sync file",
            "make folder",
            "sync folder",
            "link",
            "sync folder",
            "commit",
        ]


def test_a_commit_is_durable_when_it_returns(tmp_path: Path) -> None:
    """Attack row 37: LMDB and the disk leave out no step that a power cut would need."""
    with opened(tmp_path / "store") as store:
        flags = store._environment._lmdb.flags()
        assert {name: flags[name] for name in ("sync", "metasync", "writemap", "map_async")} == {
            "sync": True,
            "metasync": True,
            "writemap": False,
            "map_async": False,
        }


def test_to_sync_is_to_ask_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Attack row 37."""
    asked: list[int] = []
    monkeypatch.setattr(os, "fsync", asked.append)
    with (tmp_path / "file").open("wb") as file:
        Disk().sync(file.fileno())
        assert asked == [file.fileno()]


OLD = {"/a": b"1", "/b": b"1", "/large": b"1 " + bytes(1 << 20)}
NEW = {"/a": b"2", "/b": b"2", "/large": b"2 " + bytes(1 << 20)}


def act_publish(store: Store, publish: Publish) -> None:
    publish(store, NEW, now=9, domains=("plum.example",))


def act_rollback(store: Store, publish: Publish) -> None:
    del publish
    rollback(store, PLUM, author="bob", now=9)


def act_gc(store: Store, publish: Publish) -> None:
    del publish
    gc(store, now=2**40, retention=Retention(keep=1), stale_after=0)


def attempt(
    act: Callable[[Store, Publish], None], store: Store, publish: Publish
) -> StoreError | None:
    try:
        act(store, publish)
    except StoreError as error:
        return error
    return None


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC], ids=["EIO", "ENOSPC"])
@pytest.mark.parametrize(
    "act", [act_publish, act_rollback, act_gc], ids=["publish", "rollback", "gc"]
)
def test_an_error_at_any_step_leaves_old_or_new(
    act: Callable[[Store, Publish], None],
    number: int,
    lasting: bool,  # noqa: FBT001 - a parameter of the table
    tmp_path: Path,
    publish_files: Publish,
) -> None:
    step = 0
    while True:
        step += 1
        disk = FaultyDisk(number, lasting=lasting)
        with opened(tmp_path / str(step), disk) as store:
            publish_files(store, {"/a": b"0", "/old-large": b"0 " + bytes(1 << 20)}, now=1)
            publish_files(store, OLD, now=2)
            before = store.read(PLUM, PRODUCTION)
            disk.arm(step)
            if error := attempt(act, store, publish_files):
                assert isinstance(error, StoreFull) == (number == errno.ENOSPC)
                assert store.read(PLUM, PRODUCTION) == before
            finished = not disk.failed
            disk.disarm()
            assert len(read_versions(store)) == 1
            assert verify(store).problems == ()
            if not finished:
                act(store, publish_files)
            publish_files(store, {"/a": b"3"}, now=10)
            assert read_versions(store) == {b"3"}
            assert verify(store).problems == ()
        if finished:
            break
    assert step > 1


@pytest.mark.parametrize(("free", "code"), [(0, "store-full"), (1 << 30, "store")])
def test_a_write_that_stopped_half_way_is_told_by_the_room_that_there_is(
    free: int,
    code: str,
    tmp_path: Path,
    publish_files: Publish,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """LMDB calls it an I/O error, which it may be."""

    class Stopping(Disk):
        def commit(self, txn: lmdb.Transaction[Any]) -> None:
            txn.abort()
            raise OSError(errno.EIO, "Input/output error")

    real = os.statvfs(tmp_path)
    fields = [*real[:4], free // real.f_frsize, *real[5:]]
    with opened(tmp_path / "store") as store:
        publish_files(store, {"/a": b"1"})
        monkeypatch.setattr(os, "statvfs", lambda _: os.statvfs_result(fields))
        store._environment._disk = Stopping()
        with pytest.raises(StoreError) as told:
            publish_files(store, {"/a": b"2"}, now=2)
    assert told.value.code == code


FULL = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from store_worker import LmdbStore, publish_version
from pectin.deploy.errors import StoreError
store = LmdbStore(Path(sys.argv[1]))
size = (Path(sys.argv[1]) / "lmdb" / "data.mdb").stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
try:
    for version in range(2, 1000):
        publish_version(store, version)
except StoreError as error:
    print(error.code)
"""


def test_a_disk_that_takes_no_more_leaves_the_store_whole(
    tmp_path: Path, publish_files: Publish
) -> None:
    """The kernel refuses the writes of LMDB itself: no file may grow."""
    folder = tmp_path / "store"
    with opened(folder) as store:
        first = publish_files(store, {"/a": b"1"}).deploy
    run = subprocess.run(
        [sys.executable, "-c", FULL, folder, WORKER.parent],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    assert run.stdout == "store-full\n"
    with opened(folder) as store:
        assert store.find_deploy(PLUM, first.id) == first
        assert len(read_versions(store)) == 1
        assert verify(store).problems == ()
        assert publish_files(store, {"/a": b"2"}, now=5000).deploy.changes.changed == 1
