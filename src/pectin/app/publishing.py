"""From a site's folder to what its visitors get."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pectin import __version__
from pectin.adapters.folder_source import FolderSource
from pectin.adapters.git import find_author, find_commit, find_subject, is_committed
from pectin.app.caching import knowing_files, open_cache
from pectin.app.collector import pause_collector
from pectin.app.loading import open_source
from pectin.app.outcomes import (
    find_base,
    identify_inputs,
    load_outcome,
    seal_again,
)
from pectin.app.requests import Request, read_config
from pectin.app.settings import Settings
from pectin.app.stores import open_store
from pectin.build.configuration.model import Config
from pectin.build.traces.cache import Cache
from pectin.deploy.model import Provenance
from pectin.deploy.ports import Store
from pectin.deploy.publishing import Published, find_unchanged, publish
from pectin.values.problem import Problem


@dataclass(frozen=True, slots=True)
class Attempt:
    """How a publish went. With an error among `problems` nothing is published, and it is None.

    `new_blobs` and `new_bytes` are what the store did not have before.
    """

    problems: tuple[Problem, ...]
    published: Published | None = None
    new_blobs: int = 0
    new_bytes: int = 0


@pause_collector()
def publish_site(
    settings: Settings, request: Request, *, message: str | None = None, author: str | None = None
) -> Attempt:
    """Build the site of `settings` and put it live, whole.

    `message` is by default the subject of the folder's git commit, if the source is what that
    has, and `author` git's user. Raises
    SourceError when pectin.toml cannot be read, RefMoved when another publish was first,
    DomainTaken, and StoreError.
    """
    source = open_source(settings)
    config = read_config(source, settings)
    with (
        open_store(settings.store) as store,
        open_cache(settings.store, store, config.name) as cache,
        knowing_files(source, cache, settings.now),
    ):
        if unchanged := _find_unchanged(store, cache, source, config, request):
            return unchanged
        # It takes 100 ms, which nothing new does not need.
        from pectin.app.staging import keep_outcome, stage_site

        # git is asked first: to start a process is dearer, and takes more memory, after a build.
        by, commit = name_author(settings, author), _find_commit(settings.source, source)
        subject = message
        if subject is None:
            subject = (find_subject(settings.source) if commit else None) or ""
        base = find_base(store, cache, config.name, request.today)
        staged = stage_site(store, source, config.name, request, settings.now, cache, base=base)
        if staged.sealed is None:
            return Attempt(staged.problems)
        keep_outcome(cache, source, request, staged)
        published = publish(
            store,
            staged.sealed,
            message=subject,
            author=by,
            provenance=Provenance(
                source.compute_source_digest(),
                __version__,
                commit,
                request.today,
                source.list_loaded(),
            ),
            domains=config.domains,
            now=settings.now,
        )
    sealed = staged.sealed
    return Attempt(staged.problems, published, sealed.new_blobs, sealed.new_bytes)


def _find_unchanged(
    store: Store, cache: Cache, source: FolderSource, config: Config, request: Request
) -> Attempt | None:
    """How it went when what is live is what the source would become; None when it may not be."""
    outcome = load_outcome(cache)
    if not outcome or not outcome.holds(request.today):
        return None
    if outcome.inputs != identify_inputs(source, request.options):
        return None
    sealed = seal_again(store, config.name, outcome.snapshot)
    deploy = find_unchanged(store, sealed, sorted(set(config.domains))) if sealed else None
    return Attempt(outcome.problems, Published(deploy, unchanged=True)) if deploy else None


def _find_commit(folder: Path, source: FolderSource) -> str | None:
    """The commit that has all of `source`, or None."""
    commit = find_commit(folder)
    return commit if commit and is_committed(folder, source) else None


def name_author(settings: Settings, author: str | None) -> str:
    """Who does it: as it was given, else by git's configuration, else the user."""
    return author or find_author(settings.source) or settings.user or "unknown"
