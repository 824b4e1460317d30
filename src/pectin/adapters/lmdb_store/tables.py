"""What the store is made of: the tables of its environment, and the files beside them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pectin.adapters.lmdb_store.disk import Disk
from pectin.adapters.lmdb_store.environment import Environment
from pectin.adapters.lmdb_store.large_files import LargeFiles
from pectin.adapters.lmdb_store.records import parse_ref, ref_key, render_natural
from pectin.adapters.lmdb_store.schema import SCHEMA, SCHEMA_KEY, upgrade
from pectin.adapters.lmdb_store.truncation import DATA_FILE, ensure_beginning

_NAMES = (
    "blobs",
    "chunks",
    "deploys",
    "domains",
    "history",
    "large",
    "meta",
    "refs",
    "retained",
    "stages",
    "variants",
)
_REMEMBERED = 1024
_ENVIRONMENT = "lmdb"
_LARGE = "large"
_BESIDE = frozenset({"cache", "images", "loaded", "lost+found"})
"""What may be there before the store is: what builds keep, and what file systems do."""


def is_store(folder: Path) -> bool:
    """Whether `folder` has a store in it. Nothing is opened, or made."""
    return (folder / _ENVIRONMENT / DATA_FILE).is_file()


def is_free(folder: Path) -> bool:
    """Whether `folder` is a place for a store: it is one, is empty, or is not there yet.

    What is hidden in it, or is the file system's own, does not count.
    """
    if is_store(folder) or not folder.exists():
        return True
    if not folder.is_dir():
        return False
    others = {path.name for path in folder.iterdir()} - {_ENVIRONMENT, _LARGE} - _BESIDE
    return all(name.startswith(".") for name in others)


class Tables:
    """The tables and files in `folder`, for the classes that each implement one port with them."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        # The folder of files is made when the database has been.
        if (folder / _LARGE).is_dir():
            ensure_beginning(folder / _ENVIRONMENT)
        self._environment = Environment(folder / _ENVIRONMENT, _NAMES, disk)
        try:
            self._check_schema()
            self._files = LargeFiles(folder / _LARGE, disk)
        except BaseException:
            self._environment.close()
            raise
        tables = self._environment.tables
        self._blobs = tables["blobs"]
        self._chunks = tables["chunks"]
        self._deploys = tables["deploys"]
        self._domains = tables["domains"]
        self._history = tables["history"]
        self._large = tables["large"]
        self._refs = tables["refs"]
        self._retained = tables["retained"]
        self._stages = tables["stages"]
        self._variants = tables["variants"]
        # Every request reads a ref: the same few keys and values, again and again.
        self._ref_key = lru_cache(_REMEMBERED)(ref_key)
        self._parse_ref = lru_cache(_REMEMBERED)(parse_ref)

    def close(self) -> None:
        """Let go of files and memory."""
        self._environment.close()
        self._files.close()

    def _check_schema(self) -> None:
        tables = self._environment.tables
        if self._environment.get(tables["meta"], SCHEMA_KEY) != render_natural(SCHEMA):
            self._environment.write(lambda txn: upgrade(txn, tables))
