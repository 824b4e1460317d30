"""What builds remember, beside the store that has their files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

import msgspec

from pectin.adapters.code_print import compute_code_print
from pectin.adapters.folder_source import FolderSource, Known
from pectin.adapters.lmdb_cache import LmdbCache, is_cache
from pectin.adapters.stored_outputs import StoredOutputs
from pectin.build.traces.cache import Cache
from pectin.deploy.ports import Store
from pectin.values.site import SiteName

CACHE = "cache"
"""The folder in the store's; whoever deletes it loses nothing but time."""

SETTLED_SECONDS = 2
"""How long ago a file must have changed for another change to show in its times."""

_KNOWN_KEY = b"known"


@contextmanager
def open_cache(folder: Path, store: Store, site: SiteName) -> Iterator[Cache]:
    """The cache of `site` beside the `store` in `folder`, for this code; closed at the end."""
    namespace = compute_code_print() + site.encode()
    cache = LmdbCache(folder / CACHE, namespace, StoredOutputs(store).find)
    try:
        yield cache
    finally:
        cache.close()


def drop_cache(folder: Path) -> None:
    """Forget what builds remember beside the store in `folder`."""
    if is_cache(folder / CACHE):
        rmtree(folder / CACHE, ignore_errors=True)


@contextmanager
def knowing_files(source: FolderSource, cache: Cache, now: int) -> Iterator[None]:
    """Let `source` know the files that did not change since an earlier build, and note the others.

    `now` is in epoch seconds.
    """
    before = cache.load(_KNOWN_KEY)
    try:
        source.trust(msgspec.msgpack.decode(before or b"\x80", type=Known))
    except msgspec.DecodeError:
        before = None
    yield
    known = msgspec.msgpack.encode(source.list_known(now - SETTLED_SECONDS))
    if known != before:
        cache.store({_KNOWN_KEY: known})


class Unwritten:
    """A cache of which nothing changes."""

    def __init__(self, cache: Cache) -> None:
        self.is_kept = cache.is_kept
        self.is_new = cache.is_new
        self.load = cache.load
        self.find_output = cache.find_output

    def store(self, values: Mapping[bytes, bytes]) -> None:
        """Keep nothing."""
