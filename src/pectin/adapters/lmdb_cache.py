"""A cache of a build's memory in an LMDB environment of its own.

Rule 1: nothing that goes wrong here is an error. A value that cannot be had was never there, and
an environment that cannot be read is made anew.
Rule 2: an environment never crosses a fork, and builds fork: it is closed before, and opened
again on either side when it is used next.
Rule 3: what is stored waits until there is enough of it, and a build that is killed loses that.
Rule 4: nothing waits for the disk. What a process wrote outlives the process, but not the
machine's fall: after a new start of the machine the cache begins anew.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from zlib import crc32

import lmdb

from pectin.adapters.forks import watch_forks
from pectin.adapters.lmdb_store.truncation import DATA_FILE, ensure_length
from pectin.adapters.memory_cache import FindOutput
from pectin.deploy.errors import StoreError

_MAP_BYTES = 64 << 30
_LEAST_MAP_BYTES = 64 << 20
_SUM_BYTES = 4
_MOST_PENDING_BYTES = 4 << 20
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_BOOT_FILE = "boot"


class LmdbCache:
    """A Cache in `folder`, which is made when something is stored.

    Keys of another `namespace` (Pectin's version, the site) are others. `find_output` knows the
    files.
    """

    is_kept = True

    def __init__(self, folder: Path, namespace: bytes, find_output: FindOutput) -> None:
        self._folder = folder
        self._prefix = blake2b(namespace, digest_size=8).digest()
        self._lock = Lock()
        self._environment: lmdb.Environment | None = None
        self._pending: dict[bytes, bytes] = {}
        self._pending_bytes = 0
        self._is_there = folder.is_dir()
        self.is_new = not self._is_there
        self.find_output = find_output
        watch_forks(self)

    def before_fork(self) -> None:
        """Let go of the files, which the child must not have open too."""
        self.close()

    def after_fork(self) -> None:
        """Nothing is left to do in the child."""

    def load(self, key: bytes) -> bytes | None:
        """The value of `key`, or None."""
        if key in self._pending:
            return self._pending[key]
        if not self._is_there:
            return None
        with self._lock, suppress(lmdb.Error, OSError):
            with self._open().begin() as txn:
                value = txn.get(self._prefix + key)
            if value is not None and _sum(value[_SUM_BYTES:]) == value[:_SUM_BYTES]:
                return value[_SUM_BYTES:]
        return None

    def store(self, values: Mapping[bytes, bytes]) -> None:
        """Keep `values`, if there is room."""
        with self._lock:
            self._pending.update(values)
            self._pending_bytes += sum(map(len, values.values()))
            if self._pending_bytes >= _MOST_PENDING_BYTES:
                self._flush()
                # The kernel maps whatever of a file is around the pages that are touched.
                self._close()

    def close(self) -> None:
        """Write what waits, and let go of the map."""
        with self._lock:
            self._flush()
            self._close()

    def _flush(self) -> None:
        if not self._pending:
            return
        with suppress(lmdb.Error, OSError):
            with self._open().begin(write=True) as txn:
                for key, value in self._pending.items():
                    txn.put(self._prefix + key, _sum(value) + value)
            self._is_there = True
        self._pending.clear()
        self._pending_bytes = 0

    def _close(self) -> None:
        if self._environment is not None:
            self._environment.close()
            self._environment = None

    def _open(self) -> lmdb.Environment:
        if self._environment is None:
            if self._is_of_another_boot():
                self._begin()
            try:
                self._environment = self._map_whole()
            except (lmdb.CorruptedError, lmdb.InvalidError, lmdb.VersionMismatchError):
                shutil.rmtree(self._folder, ignore_errors=True)
                raise
        return self._environment

    def _map_whole(self) -> lmdb.Environment:
        """The environment. Raises lmdb.CorruptedError where it was cut short: to read it is fatal."""
        environment = _map(self._folder, _MAP_BYTES)
        try:
            ensure_length(self._folder, environment)
        except StoreError as error:
            environment.close()
            raise lmdb.CorruptedError(str(error)) from error
        return environment

    def _begin(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(mode=0o700, parents=True)
        (self._folder / _BOOT_FILE).write_text(_read_boot())

    def _is_of_another_boot(self) -> bool:
        try:
            return (self._folder / _BOOT_FILE).read_text() != _read_boot()
        except OSError:
            return True


def is_cache(folder: Path) -> bool:
    """Whether `folder` is a cache, and not somebody's folder that only has its name."""
    return (folder / _BOOT_FILE).is_file() and (folder / DATA_FILE).is_file()


def _map(folder: Path, size: int) -> lmdb.Environment:
    try:
        return lmdb.open(
            str(folder),
            map_size=size,
            mode=0o600,
            sync=False,
            metasync=False,
            readahead=False,
            max_spare_txns=1,
        )
    except lmdb.MemoryError:
        if size <= _LEAST_MAP_BYTES:
            raise
        return _map(folder, size // 2)


def _sum(value: bytes) -> bytes:
    return crc32(value).to_bytes(_SUM_BYTES)


def _read_boot() -> str:
    """What names this run of the machine; the same for ever where the system does not say."""
    try:
        return _BOOT_ID.read_text()
    except OSError:
        return ""
