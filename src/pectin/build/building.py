"""One build under way: everything that is emitted, in one order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from itertools import chain

from pectin.build.assets.workshop import Workshop
from pectin.build.content.documents import Documents
from pectin.build.emission import Output
from pectin.build.explanations import Explanation
from pectin.build.images.images import Images
from pectin.build.inspection.empty_links import EmptyLinks
from pectin.build.inspection.inspector import Inspector, OutsideLink
from pectin.build.inspection.overview import Overview
from pectin.build.inspection.places import Places
from pectin.build.media_types import find_media_type
from pectin.build.notes import PageNote
from pectin.build.order import Order
from pectin.build.output.broken_links import BrokenLinks
from pectin.build.output.links import Links
from pectin.build.output.locations import list_locations
from pectin.build.output.origins import Origins
from pectin.build.output.sitemap import render_robots, render_sitemaps
from pectin.build.output.syndication import render_feeds
from pectin.build.pages import Batch, Made, Pages
from pectin.build.problems import Problems
from pectin.build.progress import Progress
from pectin.build.reach import Reach, Reaches
from pectin.build.remembering import FileMemory
from pectin.build.revision import is_revision
from pectin.build.search.index import SearchIndex
from pectin.build.site.asset_options import AssetOptions
from pectin.build.site.assets import Assets, NewAssets
from pectin.build.site.plan import GENERATED, feed_owner, list_copies
from pectin.build.site.structure import Structure
from pectin.build.source import SourceTree
from pectin.build.templates.blocks import check_blocks
from pectin.build.templates.data_folder import open_data
from pectin.build.templates.engines import Materials
from pectin.build.templates.hooks import check_hooks
from pectin.build.templates.impurity import check_calls
from pectin.build.templates.library import Templates
from pectin.build.templates.memory import BodyMemory
from pectin.build.templates.prints import make_prints
from pectin.build.templates.rendering import Rendering
from pectin.build.templates.source_texts import SourceTexts
from pectin.build.traces.model import Question, compute_print
from pectin.build.traces.recorder import Recorder
from pectin.build.workers import Workers
from pectin.values.output import OutputFile

_AS_RENDERED = b"f"
_MINIFIED = b"fm"


class Building:
    """Emits one site for `order`. `source` is that of the order, or has documents made of data beside."""

    def __init__(
        self,
        source: SourceTree,
        documents: Documents,
        structure: Structure,
        problems: Problems,
        order: Order,
    ) -> None:
        self._source = source
        self._documents = documents
        self._structure = structure
        self._problems = problems
        self._order = order
        self._files, self._sites = structure.files, structure.sites
        self._claims, self._planned = structure.claims, structure.planned
        self._cache = order.cache
        self._origin = order.options.site_url or self._sites.config.url
        self.output = Output(order.emit)
        self.rendered = 0
        self.outside_links: Sequence[OutsideLink] = ()
        self._reaches = Reaches()
        self._broken: list[str] = []
        self._search = self._make_search()
        self._links = Links(self._claims, structure.redirected, self._origin)
        options = AssetOptions(self._sites.config, order.compilers, order.options.development)
        packages = order.compilers.packages
        self._workshop = Workshop(self._cache, source, frozenset(self._files.assets), packages)
        self._assets = Assets(
            self._files.assets, source, problems, self._claims, self._workshop, options
        )
        self._images = Images(
            source, order.image_tools, self._cache, self._claims, self._assets, problems
        )
        recorder = Recorder()
        self._data = open_data(self._files.data, source, problems, recorder.note)
        templates = Templates(self._files, source, order.theme, problems)
        self._rendering = self._make_rendering(templates, recorder)
        self._answer = make_prints(self._sites, self._rendering, self._data, source, order.today)
        self._make_tellers(templates)
        self._pages = self._make_pages(recorder, minify=options.minifies_html)

    def _make_search(self) -> SearchIndex | None:
        if not self._sites.config.search.enabled:
            return None
        search = SearchIndex(
            self._sites.config,
            self._order.indexer,
            self._cache,
            self._claims,
            self._problems,
            is_settled=self._order.options.development,
        )
        return None if self._order.options.inspect else search

    def _make_rendering(self, templates: Templates, recorder: Recorder) -> Rendering:
        check_blocks(templates, self._problems)
        check_hooks(templates, self._problems)
        materials = Materials(
            self._documents,
            templates,
            self._assets,
            self._images,
            self._data,
            SourceTexts(self._source, self._problems),
            self._source,
            self._cache,
        )
        return Rendering(
            self._sites,
            self._structure.indices,
            materials,
            self._problems,
            recorder,
            BodyMemory(self._cache, self._source, self._problems, recorder, self._print),
            origin=self._origin,
            today=self._order.today,
            refused_calls=check_calls(templates, self._problems),
        )

    def _make_tellers(self, templates: Templates) -> None:
        """Make those that find where the author wrote what is wrong with pages."""
        rendering, documents = self._rendering, self._documents
        origins = Origins(
            self._sites, documents, templates, rendering, self._source, self._files.data
        )
        places = Places(documents, templates, rendering, origins)
        empty = EmptyLinks(places, lambda path: self._pages.html_of(path))  # noqa: PLW0108 - they are made later
        self._broken_links = BrokenLinks(
            self._sites, self._files.assets, origins, empty.find, self._problems
        )
        self._inspector: Inspector | None = None
        if self._order.options.inspect:
            overview = Overview(self._structure, documents, templates, rendering, self._origin)
            self._inspector = Inspector(self._structure, places, overview, origins, self._origin)

    def _make_pages(self, recorder: Recorder, *, minify: bool) -> Pages:
        memory = FileMemory(
            self._cache,
            self._problems,
            recorder,
            self._print,
            compute_print(self._structure.targets, self._origin),
            _MINIFIED if minify else _AS_RENDERED,
        )
        return Pages(
            self._planned,
            self._rendering,
            self._links,
            self._assets,
            self._images,
            self._problems,
            memory,
            self._inspector,
            minify=minify,
        )

    @property
    def pages(self) -> int:
        """How many pages were made, by this build or an earlier one."""
        return self.rendered + self._pages.recalled_count

    @property
    def uses_packages(self) -> bool:
        """Whether what is made depends on packages, which are no part of the source."""
        return self._workshop.uses_packages

    @property
    def uses_today(self) -> bool:
        """Whether what is made may depend on the day, beside which pages are shown."""
        return self._rendering.closures.any_uses_today()

    def explain(self, name: str) -> tuple[Explanation, ...]:
        """Why the files of the page `name` have to be rendered, or have not."""
        return self._pages.explain(name)

    @property
    def reasons(self) -> Mapping[str, str]:
        """Why each page that was rendered had to be, by the path of its file."""
        return self._pages.reasons

    def note_pages(self, marks: Mapping[str, str]) -> tuple[PageNote, ...]:
        """All pages, with the `marks` of their sources."""
        return tuple(self._pages.note(marks))

    def find_reach(self) -> Reach:
        """How far bodies reach in what was emitted by `run`."""
        return self._reaches.gather(
            self._rendering.bodies.notable, self._links.anchors, self._broken
        )

    def revise(self, changed: Collection[str], reach: Reach) -> bool:
        """Whether nothing but what is emitted now can be new, since only the bodies `changed` are.

        `reach` is that of the build before. If not, nothing is emitted, and this must not be used
        any more.
        """
        if self._search is not None and self._search.follows_bodies:
            return False
        touched = reach.find_touched(changed)
        paths = self._structure.find_files(touched)
        self._problems.drain()
        batch = self._pages.remake(paths)
        self._rendering.bodies.merge(batch.known)
        self._keep(batch)
        feeds = list(self._render_feeds(touched))
        if batch.problems or self._problems.drain():
            return False
        if not is_revision(reach, touched, batch.pages, self._rendering.bodies.notable):
            return False
        for file in chain((made.file for made in batch.pages), feeds):
            if file is not None:
                self.output.pass_on(file)
        self.rendered = sum(1 for made in batch.pages if made.kept)
        return True

    def run(self, workers: Workers, report: Callable[[Progress], None]) -> None:
        """Emit everything, the pages as `workers` render them."""
        self._rendering.prepare(workers)
        self._emit_pages(workers, report)
        self._emit_feeds()
        self._emit_images(workers, report)
        self._emit_assets(self._assets.drain())
        self._emit_search()
        self._emit_copies()
        self._emit_generated()
        self._data.check()
        self._rendering.check_templates()
        self._pages.tell_again()
        self._check_links()
        if self._inspector is not None:
            self._inspect(self._inspector, workers)
        report(Progress(len(self._planned), len(self._planned)))

    def _print(self, question: Question) -> bytes:
        return self._answer(question)

    def _check_links(self) -> None:
        for site in self._sites.by_language.values():
            self._links.check_menus(site.config.menus, site.home.page)
        broken = self._links.list_broken(self._planned.keys(), self._pages.html_of)
        self._broken = [path for link in broken for path in (link.path, link.target)]
        pages = {path: rendered.page for path, rendered in self._planned.items()}
        self._broken_links.report(broken, pages)

    def _inspect(self, inspector: Inspector, workers: Workers) -> None:
        for path, inspection in self._pages.inspect_recalled(workers):
            inspector.merge(path, inspection)
        inspector.report(self._problems, self._links.find_page)
        if self._order.options.list_outside:
            self.outside_links = inspector.list_outside()

    def _emit_pages(self, workers: Workers, report: Callable[[Progress], None]) -> None:
        if not self._cache.is_new:
            report(Progress(0, len(self._planned)))
            for made in self._pages.recall():
                self._pass_on(made)
            self._emit_assets(self._assets.drain())
        done = self._pages.recalled_count
        for batch in self._pages.batches(workers):
            report(Progress(done, len(self._planned)))
            self._take(batch)
            done += len(batch.pages)

    def _take(self, batch: Batch) -> None:
        self._problems.merge(batch.problems)
        self._rendering.bodies.merge(batch.known)
        self._images.merge(batch.images)
        self._emit_assets(batch.assets)
        self._keep(batch)
        for made in batch.pages:
            self._links.merge(made.links)
            if self._inspector is not None and made.inspection is not None:
                self._inspector.merge(made.path, made.inspection)
            self._pass_on(made)
            if made.file is not None:
                self._documents.let_go(self._planned[made.path].page.source)
                self.rendered += 1

    def _pass_on(self, made: Made) -> None:
        self._reaches.take(made.path, made.notable, is_flawed=made.is_flawed)
        if self._search is not None:
            self._search.take(self._planned[made.path], made.file)
        if made.file is not None:
            self.output.pass_on(made.file)

    def _keep(self, batch: Batch) -> None:
        kept: dict[bytes, bytes] = {}
        for made in batch.pages:
            kept.update(made.kept)
        if kept:
            self._cache.store(kept)

    def _emit_assets(self, new: NewAssets) -> None:
        for file in self._assets.merge(new):
            self.output.pass_on(file)

    def _emit_images(self, workers: Workers, report: Callable[[Progress], None]) -> None:
        for file in self._images.emit(workers, report):
            self.output.pass_on(file)

    def _emit_feeds(self) -> None:
        for file in self._render_feeds():
            self.output.pass_on(file)

    def _render_feeds(self, changed: Container[str] | None = None) -> Iterator[OutputFile]:
        for code, site in self._sites.by_language.items():
            queries = self._rendering.queries_in(code)
            for feed in render_feeds(site, queries, self._origin, self._planned, changed):
                if self._claims.owner_of(feed.path) == feed_owner(feed.head):
                    yield OutputFile(feed.path, feed.body, feed.media_type)

    def _emit_search(self) -> None:
        for file in self._search.make_files() if self._search else ():
            self.output.pass_on(file)

    def _emit_copies(self) -> None:
        for path, source in list_copies(self._sites, self._files):
            if self._claims.owner_of(path) == source:
                self.output.write(path, self._source.stream(source), find_media_type(path))

    def _emit_generated(self) -> None:
        if self._claims.owner_of("/robots.txt") == GENERATED:
            body = render_robots(self._origin)
            self.output.write("/robots.txt", body, find_media_type("/robots.txt"))
        if self._claims.owner_of("/sitemap.xml") == GENERATED:
            for path, body in render_sitemaps(
                list_locations(self._structure, self._origin), self._origin
            ):
                if self._claims.claim(path, GENERATED):
                    self.output.write(path, body, find_media_type(path))
