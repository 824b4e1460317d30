"""An LMDB environment that grows by itself and is shared by threads and processes.

Rules that LMDB leaves to its user and that are kept here:

1. One environment per process and folder; never used by a forked child.
2. The map is resized only while this process has no transaction open. Reads hold `_reading`
   and writes hold `_writing`, for as long as their transaction lasts; a resize holds both,
   `_writing` first.
3. Read transactions are short, for pages that a reader may see cannot be reused.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, RLock
from typing import Any, TypeAlias, TypeVar

import lmdb

from pectin.adapters.forks import watch_forks
from pectin.adapters.lmdb_store.disk import NO_ROOM, Disk, explain
from pectin.adapters.lmdb_store.records import LAST_NUMBER, parse_sequence, sequence_key
from pectin.adapters.lmdb_store.truncation import DATA_FILE, ensure_length
from pectin.deploy.errors import StoreError

Table: TypeAlias = Any
"""A named database of LMDB, whose type has no public name."""

Txn: TypeAlias = "lmdb.Transaction[bytes]"

FIRST_MAP_BYTES = min(64 << 30, sys.maxsize >> 3)
"""The size of the map: address space, not memory or disk. So large that it is hardly ever
resized, for which reads would wait until this process's writes have had their turn."""

_LEAST_MAP_BYTES = 64 << 20

_PAGE_KEYS = 1000
_MAX_READERS = 1024

T = TypeVar("T")


class Environment:
    """The tables `names` of the LMDB environment in `folder`, which is made when it is not there,
    and so is the folder that it is in.

    Raises StoreError, StoreFull.
    """

    def __init__(self, folder: Path, names: Sequence[str], disk: Disk) -> None:
        self._disk = disk
        self._file = folder / DATA_FILE
        self._forked = False
        # Asking for the process id in every read would cost as much as the read.
        watch_forks(self)
        self._reading = Lock()
        self._writing = RLock()
        self._lmdb = _open(folder, len(names))
        try:
            ensure_length(folder, self._lmdb)
            self._lmdb.reader_check()  # readers that were killed would pin old pages for ever
            self.tables: Mapping[str, Table] = self._open_tables(names)
        except (OSError, lmdb.Error) as error:
            self._lmdb.close()
            raise explain(error) from error
        except StoreError:
            self._lmdb.close()
            raise

    def get(self, table: Table, key: bytes) -> bytes | None:
        """The value of `key` as of now, or None."""
        if self._forked:
            raise _explain_fork()
        try:
            while True:
                with self._reading:
                    try:
                        txn = self._lmdb.begin(table)
                    except lmdb.MapResizedError:
                        pass
                    else:
                        value = txn.get(key)
                        txn.abort()
                        return value
                self._adopt_size()
        except lmdb.Error as error:
            raise explain(error) from error

    @contextmanager
    def read(self) -> Iterator[Txn]:
        """A transaction that sees one state. Other reads of this process wait for its end."""
        if self._forked:
            raise _explain_fork()
        try:
            with self._reading_txn() as txn:
                yield txn
        except lmdb.Error as error:
            raise explain(error) from error

    def write(self, action: Callable[[Txn], T]) -> T:
        """What `action` returns, when all that it wrote is durable; else nothing of it is there.

        It is called again, in a new transaction, when the map was too small.
        """
        if self._forked:
            raise _explain_fork()
        with self._writing:
            while True:
                try:
                    return self._attempt(action)
                except lmdb.MapFullError:
                    self._resize(2 * self._lmdb.info()["map_size"])
                except lmdb.MapResizedError:
                    self._adopt_size()
                except (OSError, lmdb.Error) as error:
                    raise explain(error, self._file) from error

    def scan_keys(self, table: Table) -> Iterator[bytes]:
        """Every key in order, without one long transaction: keys may come and go meanwhile."""
        start = b""
        while True:
            with self.read() as txn, txn.cursor(table) as cursor:
                found = cursor.set_range(start) if start else cursor.first()
                keys: list[bytes] = []
                while found and len(keys) < _PAGE_KEYS:
                    keys.append(cursor.key())
                    found = cursor.next()
            yield from keys
            if not found:
                return
            start = keys[-1] + b"\0"

    def close(self) -> None:
        """Let go of the map and the locks."""
        with self._writing, self._reading:
            self._lmdb.close()

    def before_fork(self) -> None:
        """Nothing is to be done in the parent."""

    def after_fork(self) -> None:
        """Refuse all further use."""
        self._forked = True

    @contextmanager
    def _reading_txn(self) -> Iterator[Txn]:
        while True:
            with self._reading:
                try:
                    txn = self._lmdb.begin()
                except lmdb.MapResizedError:
                    pass
                else:
                    try:
                        yield txn
                    finally:
                        txn.abort()
                    return
            self._adopt_size()

    def _attempt(self, action: Callable[[Txn], T]) -> T:
        txn = self._lmdb.begin(write=True)
        try:
            result = action(txn)
            self._disk.commit(txn)
        except BaseException:
            with suppress(lmdb.Error):  # a commit that failed has ended it
                txn.abort()
            raise
        return result

    def _adopt_size(self) -> None:
        self._resize(0)  # 0: as large as another process has made it

    def _resize(self, size: int) -> None:
        with self._writing, self._reading:
            self._lmdb.set_mapsize(size)

    def _open_tables(self, names: Sequence[str]) -> dict[str, Table]:
        # In a write transaction, even if all are there: a handle that is opened in a read
        # transaction goes with it. One that changes nothing does not touch the disk.
        return self.write(
            lambda txn: {name: self._lmdb.open_db(name.encode(), txn=txn) for name in names}
        )


def scan(txn: Txn, table: Table, prefix: bytes = b"") -> Iterator[tuple[bytes, bytes]]:
    """Every key that begins with `prefix`, with its value, in order."""
    with txn.cursor(table) as cursor:
        found = cursor.set_range(prefix) if prefix else cursor.first()
        while found:
            key, value = cursor.item()
            if not key.startswith(prefix):
                return
            yield key, value
            found = cursor.next()


def next_key(txn: Txn, table: Table, prefix: bytes) -> bytes:
    """The key after the last that is `prefix` and a number."""
    with txn.cursor(table) as cursor:
        beyond = cursor.set_range(sequence_key(prefix, LAST_NUMBER))
        found = cursor.prev() if beyond else cursor.last()
        last = cursor.key() if found else b""
    if len(last) == len(sequence_key(prefix, 0)) and last.startswith(prefix):
        return sequence_key(prefix, parse_sequence(last) + 1)
    return sequence_key(prefix, 0)


def _open(folder: Path, tables: int) -> lmdb.Environment:
    try:
        # One by one: `parents=True` would make the store's own folder open to all.
        folder.parent.parent.mkdir(parents=True, exist_ok=True)
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise _explain_folder(folder.parent, error) from error
    try:
        return _map(folder, tables, FIRST_MAP_BYTES)
    except (OSError, lmdb.Error) as error:
        if "already open in this process" in str(error):
            raise StoreError(
                f"the store in {folder} is open in this process already",
                hint="open a store once per process, share it, and close it before opening it again",
            ) from error
        raise explain(error) from error


def _map(folder: Path, tables: int, size: int) -> lmdb.Environment:
    """The environment in a map of `size` bytes, or of what this process may have (`ulimit -v`)."""
    try:
        return lmdb.open(
            str(folder),
            map_size=size,
            mode=0o600,
            max_dbs=tables,
            max_readers=_MAX_READERS,
            max_spare_txns=1,
        )
    except lmdb.MemoryError:
        if size <= _LEAST_MAP_BYTES:
            raise
        return _map(folder, tables, size // 2)


def _explain_folder(folder: Path, error: OSError) -> StoreError:
    """Why no store can be made in `folder`."""
    if error.errno in NO_ROOM:
        return explain(error)
    at = next((above for above in (folder, *folder.parents) if above.exists()), folder)
    reason = error.strerror or str(error)
    if not at.is_dir():
        reason = f"{at} is a file"
    elif error.errno in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT}:
        reason = f"nothing can be made in {at}"
    hint = "name another folder with --store or PECTIN_STORE, one that this user may write to"
    return StoreError(f"no store can be made at {folder}: {reason}", hint=hint)


def _explain_fork() -> StoreError:
    return StoreError(
        "the store was opened before this process was forked",
        hint="open the store in each worker process, after the fork",
    )
