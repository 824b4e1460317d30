"""Opening the store of deploys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pectin.adapters.lmdb_store.store import LmdbStore
from pectin.adapters.lmdb_store.tables import is_free, is_store
from pectin.adapters.output_folder import MARKER
from pectin.build.source import CONFIG_FILE
from pectin.deploy.ports import Store
from pectin.values.errors import Family, PectinError
from pectin.values.site import PRODUCTION, SiteName

_ELSEWHERE = "name another folder with --store or PECTIN_STORE, an empty or a new one"


class StoreMissing(PectinError):
    """There is no store where one was looked for."""

    code = "store-missing"
    title = "No store here"
    family = Family.OPERATOR


class NotAStore(PectinError):
    """The folder has something else in it."""

    code = "not-a-store"
    title = "No place for a store"
    family = Family.OPERATOR


@contextmanager
def open_store(folder: Path) -> Iterator[Store]:
    """The store in `folder`, made if there is none, closed at the end.

    Raises StoreError, and NotAStore for a folder that has something else in it, as what
    `pectin build --out` made, and would replace.
    """
    if (folder / MARKER).exists():
        raise NotAStore(f"{folder} is what `pectin build --out` made", hint=_ELSEWHERE)
    if not is_free(folder):
        raise NotAStore(f"{folder} is neither a store nor an empty folder", hint=_ELSEWHERE)
    store = LmdbStore(folder)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def open_existing_store(folder: Path) -> Iterator[Store]:
    """As `open_store`, but a store must be there. Raises StoreMissing."""
    if not is_store(folder):
        raise _explain_absence(folder)
    with open_store(folder) as store:
        yield store


def list_sites(folder: Path) -> list[SiteName]:
    """The sites that are live in the store in `folder`.

    A server may be there before the first site: a store is made in a folder that exists, and in
    one beside a pectin.toml. Raises StoreMissing elsewhere, where the name must be mistaken.
    """
    if not folder.is_dir() and not (folder.parent / CONFIG_FILE).is_file():
        raise _explain_absence(folder)
    with open_store(folder) as store:
        return [site for site, ref, _ in store.list_refs() if ref == PRODUCTION]


def _explain_absence(folder: Path) -> StoreMissing:
    return StoreMissing(
        f"there is no store in {folder}",
        hint="publish a site first, or name the store with --store or PECTIN_STORE",
    )
