"""A site's folder as a snapshot in a store, not live yet."""

from __future__ import annotations

from dataclasses import dataclass

from pectin.adapters.folder_source import FolderSource
from pectin.app.building import build_site
from pectin.app.outcomes import Base, Outcome, identify_inputs, store_outcome
from pectin.app.requests import Request, has_errors
from pectin.build.builder import Build
from pectin.build.earlier import Earlier
from pectin.build.standing import Standing
from pectin.build.traces.cache import Cache
from pectin.deploy.ports import Store
from pectin.deploy.staging import Sealed, Staging
from pectin.values.problem import Problem
from pectin.values.site import SiteName


@dataclass(frozen=True, slots=True)
class Staged:
    """How a build into a store went. `sealed` is None when there is an error among its problems."""

    built: Build
    sealed: Sealed | None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the site."""
        return self.built.problems

    def make_base(self) -> Base | None:
        """What the next build may be a revision of, if of anything."""
        built = self.built
        if self.sealed is None or built.foundation is None or built.uses_packages:
            return None
        earlier = Earlier(built.foundation, built.problems, built.until)
        return Base(earlier, self.sealed.snapshot)


def stage_site(
    store: Store,
    source: FolderSource,
    site: SiteName,
    request: Request,
    now: int,
    cache: Cache | None = None,
    *,
    base: Base | None = None,
    standing: Standing | None = None,
) -> Staged:
    """The site built into `store`, to which only what it lacks is written.

    `now` is in epoch seconds. With a `cache` only what has changed is rendered. It may be a revision of
    the `base`, of which `standing` may have what it prepared. What was put before an error is garbage.
    """
    staging = Staging(store, site, now)
    try:
        earlier = base.earlier if base else None
        built = build_site(source, request, staging.add, cache, earlier, standing)
        if has_errors(built.problems):
            staging.abandon()
            return Staged(built, None)
        return Staged(
            built, staging.seal(built.rules, base.snapshot if base and built.is_revision else None)
        )
    except BaseException:
        staging.abandon()
        raise


def keep_outcome(cache: Cache, source: FolderSource, request: Request, staged: Staged) -> None:
    """Keep in `cache`, for later builds, what came of one, if that can be relied on."""
    built, sealed = staged.built, staged.sealed
    if sealed is None or built.uses_packages:
        return
    outcome = Outcome(
        identify_inputs(source, request.options),
        request.today,
        built.until,
        sealed.snapshot_id,
        built.problems,
        built.foundation,
    )
    store_outcome(cache, outcome)
