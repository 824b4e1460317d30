"""A site's source becomes its output: the one entrance of this room."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta

from msgspec import Struct, field

from pectin.build.assets.compilers import Compilers
from pectin.build.comparison import are_few, find_changed, lay_foundation, renew_foundation
from pectin.build.configuration.model import Config
from pectin.build.earlier import Earlier, Foundation
from pectin.build.explanations import Explanation
from pectin.build.images.images import ImageTools
from pectin.build.inspection.inspector import OutsideLink
from pectin.build.notes import PageNote
from pectin.build.order import Order
from pectin.build.preparation import Preparation, prepare
from pectin.build.progress import Progress
from pectin.build.search.ports import SearchIndexer
from pectin.build.site.visibility import BuildOptions, find_hidden, find_next_change
from pectin.build.source import SourceTree
from pectin.build.standing import Standing
from pectin.build.traces.cache import Cache, NoCache
from pectin.build.workers import OneWorker, Workers
from pectin.values.output import Sink
from pectin.values.problem import Problem
from pectin.values.rules import Rules

__all__ = ["Build", "BuildOptions", "build"]


class Build(Struct, frozen=True):
    """What a build has to say beside the files. `config` is None when it could not be read.

    `pages` counts the pages, `rendered` those that had to be rendered, `files` everything that
    was emitted. It is the same for every day from its own until before the day `until`; None is
    for ever. `explanations` are of the page that was asked about. With `is_revision`, what was not emitted is
    as in the earlier build. `foundation` lets a later build be a revision of this, if it is there.
    For whoever works on the site, `notes` are of all pages, where this is no revision, and `reasons`
    say why each file that was rendered had to be.
    `outside_links` are known where they were asked for.
    """

    config: Config | None
    problems: tuple[Problem, ...]
    rules: Rules
    pages: int
    rendered: int
    files: int
    until: date | None = None
    explanations: tuple[Explanation, ...] = ()
    is_revision: bool = False
    uses_packages: bool = False
    foundation: Foundation | None = None
    outside_links: tuple[OutsideLink, ...] = ()
    notes: tuple[PageNote, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)


def build(  # noqa: PLR0913 - all that a build is made of, each by its name
    source: SourceTree,
    *,
    today: date,
    emit: Sink,
    theme: Mapping[str, str],
    options: BuildOptions | None = None,
    report: Callable[[Progress], None] | None = None,
    workers: Workers | None = None,
    cache: Cache | None = None,
    compilers: Compilers | None = None,
    image_tools: ImageTools | None = None,
    indexer: SearchIndexer | None = None,
    earlier: Earlier | None = None,
    standing: Standing | None = None,
) -> Build:
    """What came of building `source`, whose files go to `emit` as they are made.

    `today` decides what is in the future and what has expired. `theme` are templates by name,
    for sites that have none. `workers` render the pages; the files are the same whoever they
    are. `cache` has what earlier builds made, so that only what has changed is rendered; the files
    are the same whatever is in it. `compilers` make CSS of Sass and the like; `image_tools` encode
    images, and without them no bitmap can be asked for; `indexer` makes the search index. Where only a few bodies changed since the
    build `earlier`, this may be a revision of it; quickly, where `standing` has what that prepared.
    The author's mistakes are problems; nothing is raised for them.
    """
    order = Order(
        source=source,
        today=today,
        emit=emit,
        theme=theme,
        options=options or BuildOptions(),
        workers=workers or OneWorker(),
        cache=cache or NoCache(),
        compilers=compilers or Compilers(),
        image_tools=image_tools or ImageTools(),
        indexer=indexer,
    )
    standing = standing or Standing()
    site, changed = _prepare(order, earlier, standing)
    if isinstance(site, Preparation) and earlier is not None and changed is not None:
        if site.building.revise(changed, earlier.foundation.reach):
            standing.keep(site)
            return _describe_revision(site, earlier, changed)
        site = prepare(order)
    if not isinstance(site, Preparation):
        return Build(None, site, Rules(), 0, 0, 0)
    asked = order.options.explain
    explanations = site.building.explain(asked) if asked else ()
    site.building.run(order.workers, report or (lambda _: None))
    built = _describe(site, explanations)
    if built.foundation is not None:
        standing.keep(site)
    return built


def _prepare(
    order: Order, earlier: Earlier | None, standing: Standing
) -> tuple[Preparation | tuple[Problem, ...], Collection[str] | None]:
    """As `prepare`, and the documents whose bodies differ from those of `earlier`, if nothing else does."""
    if earlier is not None and earlier.changed is not None and are_few(earlier.changed, earlier):
        site = standing.renew(order, earlier.changed)
        if site is not None:
            return site, earlier.changed
    prepared = prepare(order)
    if earlier is None or not isinstance(prepared, Preparation):
        return prepared, None
    return prepared, find_changed(prepared, earlier)


def _describe(site: Preparation, explanations: tuple[Explanation, ...]) -> Build:
    building, problems = site.building, site.collect_problems()
    is_kept = site.order.cache.is_kept and not any(problem.is_error for problem in problems)
    return Build(
        site.config,
        problems,
        site.structure.rules,
        building.pages,
        building.rendered,
        building.output.files,
        _find_end(site),
        explanations,
        uses_packages=building.uses_packages,
        foundation=lay_foundation(site, building.find_reach()) if is_kept else None,
        notes=_note_pages(site),
        reasons=building.reasons,
        outside_links=tuple(building.outside_links),
    )


def _describe_revision(site: Preparation, earlier: Earlier, changed: Collection[str]) -> Build:
    building = site.building
    return Build(
        site.config,
        earlier.problems,
        site.structure.rules,
        len(site.structure.planned),
        building.rendered,
        building.output.files,
        earlier.until,
        is_revision=True,
        foundation=renew_foundation(site, earlier.foundation, changed),
        reasons=building.reasons,
    )


def _note_pages(site: Preparation) -> tuple[PageNote, ...]:
    if not site.order.options.development:
        return ()
    heads = site.structure.sites.heads
    return site.building.note_pages(find_hidden(heads, site.order.today, BuildOptions()))


def _find_end(site: Preparation) -> date | None:
    """The first day for which this build may have become another."""
    today = site.order.today
    if site.building.uses_today:
        return today + timedelta(days=1)
    return find_next_change(site.structure.sites.heads.values(), today)
