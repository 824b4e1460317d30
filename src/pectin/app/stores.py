"""Opening the store of deploys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pectin.adapters.lmdb_store.store import LmdbStore
from pectin.deploy.ports import Store
from pectin.values.errors import Family, PectinError
from pectin.values.site import PRODUCTION, SiteName


class StoreMissing(PectinError):
    """There is no store where one was looked for."""

    code = "store-missing"
    title = "No store here"
    family = Family.OPERATOR


@contextmanager
def open_store(folder: Path) -> Iterator[Store]:
    """The store in `folder`, made if there is none, closed at the end. Raises StoreError."""
    store = LmdbStore(folder)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def open_existing_store(folder: Path) -> Iterator[Store]:
    """As `open_store`, but a store must be there. Raises StoreMissing."""
    if not folder.is_dir():
        raise StoreMissing(
            f"there is no store in {folder}",
            hint="publish a site first, or name the store with --store or PECTIN_STORE",
        )
    with open_store(folder) as store:
        yield store


def list_sites(folder: Path) -> list[SiteName]:
    """The sites that are live in the store in `folder`, which is made if there is none."""
    with open_store(folder) as store:
        return [site for site, ref, _ in store.list_refs() if ref == PRODUCTION]
