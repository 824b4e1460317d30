"""One build under way: everything that is emitted, in one order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pectin.build.dates import moment_of
from pectin.build.emission import Output
from pectin.build.media_types import HTML, find_media_type
from pectin.build.output.links import Links
from pectin.build.output.sitemap import Location, render_robots, render_sitemaps
from pectin.build.output.syndication import render_feeds
from pectin.build.problems import Problems
from pectin.build.site.assets import Assets
from pectin.build.site.claims import Claims
from pectin.build.site.feeds import list_fed_lists
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
from pectin.build.site.redirects import compile_sources, make_rules
from pectin.build.source import SourceTree
from pectin.build.templates.data_folder import open_data
from pectin.build.templates.library import Templates
from pectin.build.templates.rendering import Rendering
from pectin.values.output import Sink

REPORT_EVERY = 100


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: `done` of `total` pages."""

    done: int
    total: int


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
        self._files = files
        self._site = site
        self._origin = origin
        self._claims = Claims(problems)
        self._planned = plan_output(site, files, self._claims)
        self.rules = make_rules(site, self._claims, problems)
        self.output = Output(emit)
        self.pages = 0
        self._changes: dict[Page, datetime | None] = {}
        templates = Templates(files, source, theme, problems)
        redirected = compile_sources(self.rules.redirects)
        self._links = Links(self._claims, templates, problems, redirected, origin)
        self._rendering = Rendering(
            site,
            templates,
            Assets(files.assets, source, self.output, problems, self._claims),
            open_data(files.data, source, problems),
            problems,
            origin=origin,
            today=today,
            keep=frozenset(page for _, pages in list_fed_lists(site) for page in pages),
        )

    def run(self, report: Callable[[Progress], None]) -> None:
        """Emit everything."""
        for done, path in enumerate(self._planned):
            if done % REPORT_EVERY == 0:
                report(Progress(done, len(self._planned)))
            self._emit_page(path)
        self._emit_feeds()
        self._emit_copies()
        self._emit_generated()
        self._links.finish(
            self._planned, self._render_again, self._rendering.find_links, self._site.hidden
        )
        report(Progress(len(self._planned), len(self._planned)))

    def _emit_page(self, path: str) -> None:
        rendered = self._planned[path]
        html = self._rendering.render_page(rendered.page, rendered.part)
        if html is not None:
            self._links.check(rendered.page, html)
            self.output.write(path, html.encode(), HTML)
            self.pages += 1
        self._rendering.bodies.drop(rendered.page)

    def _render_again(self, path: str) -> str | None:
        rendered = self._planned[path]
        return self._rendering.render_page(rendered.page, rendered.part)

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
