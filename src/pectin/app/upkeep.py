"""Keeping a store whole and small."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pectin.adapters.folder_source import FolderSource
from pectin.adapters.image_folder import IMAGES, ImageFolder
from pectin.adapters.loaded_data import LoadedData
from pectin.app.caching import drop_cache
from pectin.app.history import find_live
from pectin.app.loading import open_source_of
from pectin.app.requests import Request, read_config
from pectin.app.settings import Settings
from pectin.app.staging import stage_site
from pectin.app.stores import open_existing_store
from pectin.build.source import CONFIG_FILE
from pectin.deploy.lookup import find_deploy
from pectin.deploy.manifest import Diff, diff
from pectin.deploy.model import Collected, Deploy
from pectin.deploy.ports import Store
from pectin.deploy.retention import Retention, gc
from pectin.deploy.staging import Sealed
from pectin.deploy.verification import Verification, verify
from pectin.values.digest import Digest
from pectin.values.errors import SourceError
from pectin.values.site import SiteName


@dataclass(frozen=True, slots=True)
class Rebuild:
    """What the source builds now, against what was published. `differences` is empty when equal."""

    published: Deploy
    rebuilt: Digest
    differences: Diff


def verify_store(
    settings: Settings, *, repair: bool = False, progress: Callable[[int], None] | None = None
) -> Verification:
    """The state of the whole store, every byte hashed again. Raises StoreMissing.

    `repair` drops what is damaged; publishing the same source again puts it back.
    """
    with open_existing_store(settings.store) as store:
        if repair:
            drop_cache(settings.store)  # which may know that what is dropped now is there
        return verify(store, repair=repair, progress=progress)


def rebuild(settings: Settings, request: Request, prefix: str | None = None) -> Rebuild:
    """The source built again, against a deploy (the beginning of its id) or the live one.

    It is built for the day that the deploy was built for, and with the data that were loaded for it,
    so that only the source can differ. Raises DeployNotFound, StoreMissing, SourceError when the source
    has errors, and DataGone when the data are not kept any more.
    """
    site = read_config(FolderSource(settings.source), settings).name
    with open_existing_store(settings.store) as store:
        deploys = store.list_deploys(site)
        published = find_deploy(deploys, prefix) if prefix else find_live(store, site)
        source = open_source_of(settings, published)
        then = replace(request, today=published.provenance.today or request.today)
        sealed = _stage(store, source, site, then, settings.now)
        try:
            differences = diff(store, published.snapshot, sealed.snapshot_id)
        finally:
            # What differs was written to be compared, and is garbage from here on.
            if sealed.stage is not None:
                store.close_stage(sealed.stage)
    return Rebuild(published, sealed.snapshot_id, differences)


def _stage(
    store: Store, source: FolderSource, site: SiteName, request: Request, now: int
) -> Sealed:
    staged = stage_site(store, source, site, request, now)
    if staged.sealed is None:
        raise SourceError("the source has errors", staged.problems)
    return staged.sealed


def collect_garbage(settings: Settings, keep: int | None = None) -> Collected:
    """What was dropped from the store. Every site keeps `keep` deploys, else as configured.

    The configuration at hand is that of the site in the folder, if there is one; others keep
    30. Encoded images that nobody has used for long go too. Raises StoreMissing.
    """
    retention = Retention(keep) if keep is not None else _read_retention(settings)
    with open_existing_store(settings.store) as store:
        collected = gc(store, now=settings.now, retention=retention)
        _collect_loaded(store, settings)
    ImageFolder(settings.store / IMAGES, settings.now).prune()
    return collected


def _collect_loaded(store: Store, settings: Settings) -> None:
    """Drop what loaders gave that neither the next build nor a deploy that is kept is made of."""
    sites = {site for site, _, _ in store.list_refs()}
    deploys = (deploy for site in sites for deploy in store.list_deploys(site))
    needed = {digest.hex() for deploy in deploys for _, digest in deploy.provenance.data}
    LoadedData(settings.loaded).collect(needed)


def _read_retention(settings: Settings) -> Retention:
    if not (settings.source / CONFIG_FILE).is_file():
        return Retention()
    try:
        config = read_config(FolderSource(settings.source), settings)
    except SourceError as error:
        hint = "mend it, or say with --keep how many deploys each site keeps"
        raise SourceError(error.message, error.problems, hint=hint) from error
    return Retention(sites={config.name: config.keep_deploys})
