"""What was published, how two deploys differ, and the way back."""

from __future__ import annotations

from dataclasses import dataclass

from pectin.adapters.folder_source import FolderSource
from pectin.adapters.lmdb_store.tables import is_store
from pectin.app.publishing import name_author
from pectin.app.requests import read_config
from pectin.app.settings import Settings
from pectin.app.stores import list_sites, open_existing_store
from pectin.deploy.errors import DeployNotFound
from pectin.deploy.lookup import find_deploys
from pectin.deploy.manifest import Diff, diff
from pectin.deploy.model import Deploy, Move
from pectin.deploy.ports import Store
from pectin.deploy.rollback import plan_previous, rollback
from pectin.values.digest import Digest
from pectin.values.errors import SourceError
from pectin.values.site import PRODUCTION, SiteName


@dataclass(frozen=True, slots=True)
class History:
    """The retained deploys of a site, the newest first; `live` is the snapshot that visitors get."""

    site: SiteName
    deploys: tuple[Deploy, ...]
    live: Digest | None


def find_site(settings: Settings) -> SiteName:
    """The site's name: as it was given, else pectin.toml's, else that of the only site in the store.

    Raises SourceMissing, or SourceError when pectin.toml cannot be read and the store has several sites.
    """
    if settings.site:
        return settings.site
    try:
        return read_config(FolderSource(settings.source), settings).name
    except SourceError as error:
        sites = list_sites(settings.store) if is_store(settings.store) else []
        if len(sites) == 1:
            return sites[0]
        hint = "mend it, or name the site with --site"
        raise SourceError(error.message, error.problems, hint=hint) from error


def list_history(settings: Settings) -> History:
    """The site's history. Raises StoreMissing, and DeployNotFound as `list_moves`."""
    site = find_site(settings)
    with open_existing_store(settings.store) as store:
        _check_name(store, settings)
        live = store.read(site, PRODUCTION)
        return History(site, tuple(store.list_deploys(site)), live.snapshot if live else None)


def list_moves(settings: Settings) -> tuple[SiteName, tuple[Move, ...]]:
    """The site, and how what its visitors get has changed, the newest first.

    Raises StoreMissing, and DeployNotFound when the site was named and the store never had it.
    """
    site = find_site(settings)
    with open_existing_store(settings.store) as store:
        _check_name(store, settings)
        return site, tuple(_list_moves(store, site))


def compare(
    settings: Settings, before: str | None = None, after: str | None = None
) -> tuple[Deploy, Deploy, Diff]:
    """Two deploys and how they differ, `after` from `before`, each the beginning of an id.

    Without `after` it is the live deploy, and without `before` what was live before `after` was.
    Raises DeployNotFound and StoreMissing.
    """
    site = find_site(settings)
    with open_existing_store(settings.store) as store:
        deploys = store.list_deploys(site)
        named = find_deploys(deploys, filter(None, (before, after)))
        newer = named[after] if after else find_live(store, site)
        older = named[before] if before else _find_older(store, newer)
        return older, newer, diff(store, older.snapshot, newer.snapshot)


def roll_back(settings: Settings, target: str | None, author: str | None = None) -> Deploy:
    """The deploy that is live from now on: `target`, else the one before.

    Raises DeployNotFound, AlreadyLive, RefMoved and StoreMissing.
    """
    site = find_site(settings)
    with open_existing_store(settings.store) as store:
        return rollback(store, site, target, author=name_author(settings, author), now=settings.now)


def find_live(store: Store, site: SiteName) -> Deploy:
    """The deploy that visitors of `site` get. Raises DeployNotFound."""
    live = store.read(site, PRODUCTION)
    deploy = store.find_deploy(site, live.snapshot.hex()) if live else None
    if deploy is None:
        raise DeployNotFound(f"{site} was never published", hint="run `pectin publish` first")
    return deploy


def _check_name(store: Store, settings: Settings) -> None:
    """A site that pectin.toml names may be new; one that was named on purpose must be there."""
    if settings.site is not None and not store.list_moves(settings.site):
        raise DeployNotFound(
            f"{settings.site} was never published", hint="look at the name, and at --store"
        )


def _list_moves(store: Store, site: SiteName) -> list[Move]:
    return [move for move in store.list_moves(site) if move.ref == PRODUCTION]


def _find_older(store: Store, newer: Deploy) -> Deploy:
    moves = _list_moves(store, newer.site)
    last = next((index for index, it in enumerate(moves) if it.after == newer.snapshot), 0)
    for snapshot in plan_previous(moves[last:], PRODUCTION):
        if older := store.find_deploy(newer.site, snapshot.hex()):
            return older
    raise DeployNotFound(
        f"there is no deploy before {newer.id}", hint="name one: pectin diff BEFORE AFTER"
    )
