"""A site's folder as a snapshot in a store, not live yet."""

from __future__ import annotations

from dataclasses import dataclass

from pectin.adapters.folder_source import FolderSource
from pectin.app.building import build_site
from pectin.app.outcomes import Outcome, find_base, identify_inputs, store_outcome
from pectin.app.requests import Request, has_errors
from pectin.build.traces.cache import Cache
from pectin.deploy.ports import Store
from pectin.deploy.staging import Sealed, Staging
from pectin.values.problem import Problem
from pectin.values.site import SiteName


@dataclass(frozen=True, slots=True)
class Staged:
    """How a build into a store went. `sealed` is None when there is an error among `problems`."""

    problems: tuple[Problem, ...]
    pages: int
    rendered: int
    sealed: Sealed | None


def stage_site(
    store: Store,
    source: FolderSource,
    site: SiteName,
    request: Request,
    now: int,
    cache: Cache | None = None,
) -> Staged:
    """The site built into `store`, to which only what it lacks is written.

    `now` is in epoch seconds. With a `cache` only what has changed is rendered. What was put
    before an error is garbage.
    """
    staging = Staging(store, site, now)
    base = find_base(store, cache, site, request.today) if cache else None
    try:
        built = build_site(source, request, staging.add, cache, base.earlier if base else None)
        if has_errors(built.problems):
            staging.abandon()
            return Staged(built.problems, built.pages, built.rendered, None)
        sealed = staging.seal(built.rules, base.snapshot if base and built.is_revision else None)
        if cache is not None and not built.uses_packages:
            inputs = identify_inputs(source, request.options)
            snapshot = sealed.snapshot_id
            store_outcome(
                cache,
                Outcome(
                    inputs,
                    request.today,
                    built.until,
                    snapshot,
                    built.problems,
                    built.foundation,
                ),
            )
        return Staged(built.problems, built.pages, built.rendered, sealed)
    except BaseException:
        staging.abandon()
        raise
