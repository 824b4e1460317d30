"""One build under way: everything that is emitted, in one order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from pectin.build.content.documents import Documents
from pectin.build.dates import moment_of
from pectin.build.emission import Output
from pectin.build.media_types import HTML, find_media_type
from pectin.build.output.links import Findings, Links, Missing
from pectin.build.output.sitemap import Location, render_robots, render_sitemaps
from pectin.build.output.syndication import render_feeds
from pectin.build.problems import Problems, Told
from pectin.build.site.assets import Assets
from pectin.build.site.claims import Claims
from pectin.build.site.files import Files
from pectin.build.site.model import Page, Site
from pectin.build.site.plan import (
    GENERATED,
    feed_owner,
    list_copies,
    list_pages,
    owner_of,
    plan_output,
)
from pectin.build.site.redirects import check_redirects, compile_sources, make_rules
from pectin.build.source import SourceTree
from pectin.build.templates.blocks import check_blocks
from pectin.build.templates.bodies import Known
from pectin.build.templates.data_folder import open_data
from pectin.build.templates.library import Templates
from pectin.build.templates.rendering import Rendering
from pectin.build.workers import Workers
from pectin.values.output import Sink

BATCH = 50
"""How many pages are rendered between two reports, and by one worker at a stretch."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: `done` of `total` pages."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Rendered pages, None where one could not be, and what was learnt on the way."""

    pages: list[tuple[str, bytes | None]]
    findings: Findings
    known: Known
    assets: list[str]
    problems: Told


class Building:
    """Emits one site."""

    def __init__(
        self,
        source: SourceTree,
        files: Files,
        site: Site,
        problems: Problems,
        *,
        theme: Mapping[str, str],
        emit: Sink,
        today: date,
        origin: str,
    ) -> None:
        self._source = source
        self._problems = problems
        self._files = files
        self._site = site
        self._origin = origin
        documents = Documents(source)
        self._claims = Claims(problems)
        self._planned = plan_output(site, files, documents, self._claims)
        self.rules = make_rules(site, documents, self._claims, problems)
        self.output = Output(emit)
        self.pages = 0
        self._changes: dict[Page, datetime | None] = {}
        templates = Templates(files, source, theme, problems)
        check_blocks(templates, problems)
        redirected = compile_sources(self.rules.redirects)
        check_redirects(site.config, self._claims, redirected, problems)
        self._links = Links(self._claims, templates, problems, redirected, origin)
        self._assets = Assets(files.assets, source, problems, self._claims)
        self._data = open_data(files.data, source, problems)
        self._rendering = Rendering(
            site,
            documents,
            templates,
            self._assets,
            self._data,
            problems,
            origin=origin,
            today=today,
        )

    def run(self, workers: Workers, report: Callable[[Progress], None]) -> None:
        """Emit everything, the pages as `workers` render them."""
        self._render_pages(workers, report)
        self._emit_feeds()
        self._emit_assets()
        self._emit_copies()
        self._emit_generated()
        self._data.check()
        self._rendering.check_templates()
        pages = {path: rendered.page for path, rendered in self._planned.items()}
        missing = Missing(self._site.hidden, self._files.assets)
        self._links.finish(pages, self._render, self._rendering.find_links, missing)
        report(Progress(len(self._planned), len(self._planned)))

    def _render_pages(self, workers: Workers, report: Callable[[Progress], None]) -> None:
        done = 0
        single, lists = self._split()
        # Lists are made here, where the outlines of all that they list have come together.
        for batch in chain(
            workers.map(self._render_batch, cut(single)), map(self._render_batch, cut(lists))
        ):
            report(Progress(done, len(self._planned)))
            self._take(batch)
            done += len(batch.pages)

    def _split(self) -> tuple[list[str], list[str]]:
        single: list[str] = []
        lists: list[str] = []
        for path, rendered in self._planned.items():
            (lists if rendered.part else single).append(path)
        return single, lists

    def _render_batch(self, paths: Sequence[str]) -> Batch:
        """The pages at `paths`, and all that was learnt by rendering them."""
        pages = [(path, self._render_one(path)) for path in paths]
        return Batch(
            pages,
            self._links.drain(),
            self._rendering.bodies.drain(),
            self._assets.drain(),
            self._problems.drain(),
        )

    def _render_one(self, path: str) -> bytes | None:
        page = self._planned[path].page
        html = self._render(path)
        if html is None:
            # What is wrong with its body is told too, and not only when its template is mended.
            self._links.check_body(path, page, self._rendering.queries.content_of(page).html)
        else:
            self._links.check(path, page, html)
        self._rendering.bodies.drop(page)
        return None if html is None else html.encode()

    def _render(self, path: str) -> str | None:
        rendered = self._planned[path]
        return self._rendering.render_page(rendered.page, rendered.part)

    def _take(self, batch: Batch) -> None:
        self._problems.merge(batch.problems)
        self._links.merge(batch.findings)
        self._rendering.bodies.merge(batch.known)
        self._emit_assets(batch.assets)
        for path, html in batch.pages:
            if html is not None:
                self.output.write(path, html, HTML)
                self.pages += 1

    def _emit_assets(self, names: Sequence[str] = ()) -> None:
        for file in self._assets.merge(names):
            self.output.pass_on(file)

    def _emit_feeds(self) -> None:
        for feed in render_feeds(self._site, self._rendering.queries, self._origin):
            if self._claims.owner_of(feed.path) == feed_owner(feed.head):
                self.output.write(feed.path, feed.body, feed.media_type)

    def _emit_copies(self) -> None:
        for path, source in list_copies(self._site, self._files):
            if self._claims.owner_of(path) == source:
                self.output.write(path, self._source.stream(source), find_media_type(path))

    def _emit_generated(self) -> None:
        if self._claims.owner_of("/robots.txt") == GENERATED:
            body = render_robots(self._origin)
            self.output.write("/robots.txt", body, find_media_type("/robots.txt"))
        if self._claims.owner_of("/sitemap.xml") == GENERATED:
            for path, body in render_sitemaps(self._list_locations(), self._origin):
                self.output.write(path, body, find_media_type(path))

    def _list_locations(self) -> list[Location]:
        return sorted(
            (
                (self._origin + page.url, self._find_change(page))
                for page in list_pages(self._site)
                if self._claims.owner_of(page.path) == owner_of(page)
            ),
            key=lambda location: location[0],
        )

    def _find_change(self, page: Page) -> datetime | None:
        """When the page, or one that it lists, was changed last."""
        listed = self._rendering.queries.pages_of(page)
        return max(filter(None, map(self._changed_at, (page, *listed))), default=None)

    def _changed_at(self, page: Page) -> datetime | None:
        if page not in self._changes:
            written = page.front_matter.updated or page.front_matter.date
            self._changes[page] = moment_of(written) if written else None
        return self._changes[page]


def cut(paths: Sequence[str]) -> list[Sequence[str]]:
    """`paths` in batches."""
    return [paths[start : start + BATCH] for start in range(0, len(paths), BATCH)]
