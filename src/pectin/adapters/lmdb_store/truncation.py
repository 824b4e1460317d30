"""Whether a database was cut short. LMDB does not ask: it maps the file, and whoever reads
behind its end is killed by the kernel without a word (SIGBUS).

A sound database may be some pages shorter than it says: those that a transaction took at the
end and gave back are never written. So where it is short, a process of its own reads all that
there is, and dies of it where something is lost. Run as a program, this module is that process.
"""

from __future__ import annotations

import mmap
import os
import subprocess
import sys
from pathlib import Path

import lmdb

from pectin.adapters.lmdb_store.disk import PUT_BACK
from pectin.deploy.errors import StoreError

DATA_FILE = "data.mdb"
"""The name that LMDB gives to a database's file."""

_MAX_TABLES = 64
_META_PAGES = 2


def ensure_beginning(folder: Path) -> None:
    """Check that the database in `folder`, which was made once, still has the pages that every
    database begins with: LMDB takes an empty file for a new one, and begins anew.

    Raises StoreError.
    """
    file = folder / DATA_FILE
    if not file.is_file() or file.stat().st_size < _META_PAGES * mmap.PAGESIZE:
        raise _explain(file)


def ensure_length(folder: Path, environment: lmdb.Environment) -> None:
    """Let the file of the database in `folder` be as long as it says, so that no read is fatal.

    To be called before anything in `environment` is read. Raises StoreError where some of what
    was written is gone.
    """
    file = folder / DATA_FILE
    if file.stat().st_size >= _compute_length(environment):
        return
    reading = [sys.executable, "-m", __name__, str(folder)]
    run = subprocess.run(reading, check=False, stderr=subprocess.DEVNULL)  # noqa: S603  # this module itself
    if run.returncode:
        raise _explain(file)
    with environment.begin(write=True):  # so that nobody makes it longer meanwhile
        if file.stat().st_size < (length := _compute_length(environment)):
            os.truncate(file, length)


def _explain(file: Path) -> StoreError:
    return StoreError(f"{file} was cut short: a part of the store is lost", hint=PUT_BACK)


def _compute_length(environment: lmdb.Environment) -> int:
    return int((environment.info()["last_pgno"] + 1) * environment.stat()["psize"])


def _read_everything(folder: str) -> None:
    with lmdb.open(folder, readonly=True, max_dbs=_MAX_TABLES) as environment:
        with environment.begin() as txn, txn.cursor() as cursor:
            names = list(cursor.iternext(values=False))
        tables = [environment.open_db(name, create=False) for name in names]
        with environment.begin() as txn:
            for table in tables:
                with txn.cursor(table) as cursor:
                    for _ in cursor:
                        pass


if __name__ == "__main__":
    _read_everything(sys.argv[1])
