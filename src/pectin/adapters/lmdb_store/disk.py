"""The steps by which a store changes what is on the disk."""

from __future__ import annotations

import errno
import os
import resource
from pathlib import Path
from typing import Any, BinaryIO

import lmdb

from pectin.deploy.errors import StoreError, StoreFull

PUT_BACK = "put back a copy of the store, or move it away and publish the same sources again"
"""What to do where the database itself is lost."""

_NO_DATABASE = (lmdb.InvalidError, lmdb.CorruptedError, lmdb.VersionMismatchError)
_LITTLE_ROOM = 1 << 20
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Disk:
    """Each method is one step, at which a crash or an error must be harmless.

    Tests put a disk in its place that fails at a chosen step. `at` are descriptors of folders:
    a name is never a path, so that no symbolic link leads out of the store.
    """

    def commit(self, txn: lmdb.Transaction[Any]) -> None:
        """Make a transaction durable."""
        txn.commit()

    def write(self, file: BinaryIO, chunk: bytes) -> None:
        """Append to a new file."""
        file.write(chunk)

    def sync(self, descriptor: int) -> None:
        """Make a file's bytes, or a folder's names, durable."""
        os.fsync(descriptor)

    def make_folder(self, name: str, at: int) -> None:
        """Make a folder that only its owner may enter."""
        os.mkdir(name, mode=0o700, dir_fd=at)

    def link(self, name: str, at: int, new_name: str, new_at: int) -> None:
        """Give a file a second name."""
        os.link(name, new_name, src_dir_fd=at, dst_dir_fd=new_at, follow_symlinks=False)

    def unlink(self, name: str, at: int) -> None:
        """Remove a file or a link."""
        os.unlink(name, dir_fd=at)


def explain(error: OSError | lmdb.Error, file: Path | None = None) -> StoreError:
    """What to tell the operator about a failure of the disk or of LMDB, of whose database `file` is."""
    # An error that LMDB's binding raised by itself has no code.
    number = error.errno if isinstance(error, OSError) else getattr(error, "code", None)
    if number in NO_ROOM or (number == errno.EIO and file and _is_full(file)):
        return StoreFull(
            f"no room: {error}", hint="free some, or run `pectin gc`; then do it again"
        )
    if isinstance(error, _NO_DATABASE):
        hint = PUT_BACK
    elif isinstance(error, lmdb.PanicError):
        hint = "an earlier write failed half-way: start again, which recovers by itself"
    else:
        hint = "check the disk, and that this user may read and write the store's folder"
    return StoreError(f"the store failed: {error}", hint=hint)


def _is_full(file: Path) -> bool:
    """Whether `file` cannot grow. LMDB calls a write that stopped half-way an I/O error."""
    disk = os.statvfs(file)
    limit, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    too_long = limit != resource.RLIM_INFINITY and file.stat().st_size + _LITTLE_ROOM > limit
    return too_long or disk.f_bavail * disk.f_frsize < _LITTLE_ROOM
