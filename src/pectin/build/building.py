"""One build under way: everything that is emitted, in one order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from itertools import chain

from msgspec import Struct

from pectin.build.content.documents import Documents
from pectin.build.dates import moment_of
from pectin.build.emission import Output
from pectin.build.explanations import Explanation, is_meant
from pectin.build.media_types import HTML, find_media_type
from pectin.build.output.broken_links import BrokenLinks
from pectin.build.output.links import Findings, Links
from pectin.build.output.origins import Origins
from pectin.build.output.sitemap import Location, render_robots, render_sitemaps
from pectin.build.output.syndication import render_feeds
from pectin.build.problems import Problems, Told
from pectin.build.progress import Progress
from pectin.build.remembering import FileMemory, FileRecord, list_bodies
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
from pectin.build.templates.memory import BodyMemory
from pectin.build.templates.prints import Prints
from pectin.build.templates.rendering import Materials, Rendering
from pectin.build.traces.cache import Cache
from pectin.build.traces.model import Question
from pectin.build.traces.recorder import Recorder
from pectin.build.workers import Workers
from pectin.values.digest import Digest, compute_digest
from pectin.values.output import OutputFile, Sink, read_body

BATCH = 20
"""How many pages are rendered between two reports, and by one worker at a stretch."""


class Made(Struct, frozen=True):
    """A page, if it could be rendered, what its links led to, and what the cache is to keep of it.

    `shows_others` says that it shows something of the bodies of other pages.
    """

    path: str
    file: OutputFile | None
    links: Findings
    kept: Mapping[bytes, bytes]
    shows_others: bool = False


class Batch(Struct, frozen=True):
    """Rendered pages, and what was learnt on the way."""

    pages: list[Made]
    known: Known
    assets: list[str]
    problems: Told


class Conditions(Struct, frozen=True):
    """What a build depends on beside the source.

    `theme` are templates by name for sites that have none, `origin` is what URLs begin with, and
    `cache` has what earlier builds made.
    """

    today: date
    origin: str
    theme: Mapping[str, str]
    cache: Cache


class Building:
    """Emits one site."""

    def __init__(
        self,
        source: SourceTree,
        documents: Documents,
        files: Files,
        site: Site,
        problems: Problems,
        conditions: Conditions,
        emit: Sink,
    ) -> None:
        self._source = source
        self._documents = documents
        self._problems = problems
        self._files = files
        self._site = site
        self._origin = conditions.origin
        self._cache = conditions.cache
        self._claims = Claims(problems)
        self._planned = plan_output(site, files, documents, self._claims)
        self.rules = make_rules(site, documents, self._claims, problems)
        self.output = Output(emit)
        self.rendered = 0
        self._changes: dict[Page, datetime | None] = {}
        templates = Templates(files, source, conditions.theme, problems)
        check_blocks(templates, problems)
        redirected = compile_sources(self.rules.redirects)
        check_redirects(site.config, self._claims, redirected, problems)
        self._links = Links(self._claims, redirected, conditions.origin)
        self._assets = Assets(files.assets, source, problems, self._claims)
        recorder = Recorder()
        self._data = open_data(files.data, source, problems, recorder.note)
        self._rendering = Rendering(
            site,
            Materials(documents, templates, self._assets, self._data),
            problems,
            recorder,
            BodyMemory(self._cache, source, problems, recorder, self._print),
            origin=conditions.origin,
            today=conditions.today,
        )
        origins = Origins(site, documents, templates, self._rendering, source, files.data)
        self._broken_links = BrokenLinks(site, files.assets, origins, problems)
        self._prints = Prints(site, self._rendering, self._data, source, conditions.today)
        self._memory = FileMemory(self._cache, problems, recorder, self._print)
        self._claimed = self._claims.print(redirected) if self._cache.is_kept else b""
        self._recalled: dict[str, FileRecord] = {}

    @property
    def pages(self) -> int:
        """How many pages were made, by this build or an earlier one."""
        return self.rendered + len(self._recalled)

    @property
    def uses_today(self) -> bool:
        """Whether what is made may depend on the day, beside which pages are shown."""
        return self._rendering.closures.any_uses_today()

    def explain(self, name: str) -> tuple[Explanation, ...]:
        """Why the files of the page `name` have to be rendered, or have not."""
        return tuple(
            self._memory.explain(path)
            for path, rendered in self._planned.items()
            if is_meant(rendered.page, name)
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
        self._check_recalled()
        self._check_links()
        report(Progress(len(self._planned), len(self._planned)))

    def _print(self, question: Question) -> bytes:
        return self._prints.of(question)

    def _check_links(self) -> None:
        self._links.check_menus(self._site.config.menus, self._site.home.page)
        broken = self._links.list_broken(self._planned.keys(), self._find_html)
        pages = {path: rendered.page for path, rendered in self._planned.items()}
        if broken:
            self._recall_outlines()
        self._broken_links.report(broken, pages)

    def _recall_outlines(self) -> None:
        """Know of the bodies that recalled pages show what a render would have known of them."""
        for record in self._recalled.values():
            for source in list_bodies(record.trace.questions):
                self._rendering.bodies.outline_of(self._site.by_source[source])

    def _render_pages(self, workers: Workers, report: Callable[[Progress], None]) -> None:
        done = self._recall_pages(report)
        single, lists = self._split()
        samples = self._choose_samples(lists)
        lists = [path for path in lists if path not in samples]
        telling: set[str | None] = set()
        for batch in chain(
            map(self._render_batch, cut(samples)),
            self._share_out(workers, single, lists, telling),
        ):
            report(Progress(done, len(self._planned)))
            self._take(batch)
            telling.update(self._layout_of(made.path) for made in batch.pages if made.shows_others)
            done += len(batch.pages)

    def _choose_samples(self, lists: Sequence[str]) -> list[str]:
        """The shortest of the `lists` of each layout."""
        samples: dict[str | None, str] = {}
        for path in lists:
            layout = self._layout_of(path)
            if layout not in samples or self._length_of(path) < self._length_of(samples[layout]):
                samples[layout] = path
        return list(samples.values())

    def _share_out(
        self,
        workers: Workers,
        single: Sequence[str],
        lists: Sequence[str],
        telling: Collection[str | None],
    ) -> Iterator[Batch]:
        """What `workers` make of all that anyone can make, then the rest.

        Lists whose layout is one of `telling` show the bodies of what they list, which come together
        here; a worker would have to render again those that it has not.
        """
        free = [path for path in lists if self._layout_of(path) not in telling]
        late = [path for path in lists if self._layout_of(path) in telling]
        yield from workers.map(self._render_batch, cut([*single, *free]))
        yield from map(self._render_batch, cut(late))

    def _layout_of(self, path: str) -> str | None:
        return self._rendering.choose(self._planned[path].page)

    def _length_of(self, path: str) -> int:
        part = self._planned[path].part
        return len(part.pages) if part else 0

    def _recall_pages(self, report: Callable[[Progress], None]) -> int:
        """Emit the pages that are as an earlier build made them, and tell how many they are."""
        if self._cache.is_new:
            return 0
        report(Progress(0, len(self._planned)))
        for path in self._planned:
            found = self._memory.recall(path)
            if found is not None:
                record, body = found
                self._recalled[path] = record
                self.output.pass_on(OutputFile(path, body, HTML, digest=Digest(record.digest)))
        self._emit_assets(self._assets.drain())
        return len(self._recalled)

    def _split(self) -> tuple[list[str], list[str]]:
        single: list[str] = []
        lists: list[str] = []
        for path, rendered in self._planned.items():
            if path not in self._recalled:
                (lists if rendered.part else single).append(path)
        return single, lists

    def _render_batch(self, paths: Sequence[str]) -> Batch:
        """The pages at `paths`, and all that was learnt by rendering them."""
        return Batch(
            [self._make(path) for path in paths],
            self._rendering.bodies.drain(),
            self._assets.drain(),
            self._problems.drain(),
        )

    def _make(self, path: str) -> Made:
        page = self._planned[path].page
        html, watched = self._memory.watch(partial(self._render, path))
        if html is None:
            # What is wrong with its body is told too, and not only when its template is mended.
            self._links.check_body(path, page, self._rendering.queries.content_of(page).html)
            self._rendering.bodies.drop(page)
            return Made(path, None, self._links.drain(), {})
        self._links.check(path, page, html)
        links, body = self._links.drain(), html.encode()
        digest = compute_digest(body)
        kept = self._memory.remember(path, body, digest, self._claimed, links, watched)
        self._rendering.bodies.drop(page)
        file = OutputFile(path, body, HTML, digest=digest)
        return Made(path, file, links, kept, watched.shows_bodies_beside(page.source))

    def _render(self, path: str) -> str | None:
        rendered = self._planned[path]
        return self._rendering.render_page(rendered.page, rendered.part)

    def _take(self, batch: Batch) -> None:
        self._problems.merge(batch.problems)
        self._rendering.bodies.merge(batch.known)
        self._emit_assets(batch.assets)
        kept: dict[bytes, bytes] = {}
        for made in batch.pages:
            self._links.merge(made.links)
            kept.update(made.kept)
            if made.file is not None:
                self._documents.let_go(self._planned[made.path].page.source)
                self.output.pass_on(made.file)
                self.rendered += 1
        if kept:
            self._cache.store(kept)

    def _check_recalled(self) -> None:
        """Tell again what was told of the recalled pages, whose links may lead elsewhere now."""
        for path, record in self._recalled.items():
            self._problems.merge(dict(record.problems))
            if record.claims == self._claimed:
                self._links.merge(record.links)
            else:
                self._check_again(path)

    def _check_again(self, path: str) -> None:
        html = self._find_html(path)
        if html is not None:
            self._links.check(path, self._planned[path].page, html)
            self._links.merge(self._links.drain())

    def _find_html(self, path: str) -> str | None:
        """The page at `path`, from the cache if it was recalled, else rendered again."""
        record = self._recalled.get(path)
        body = self._cache.find_output(Digest(record.digest), record.size) if record else None
        return self._render(path) if body is None else read_body(body).decode()

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


def cut(paths: Sequence[str], size: int = BATCH) -> list[Sequence[str]]:
    """`paths` in batches of `size`."""
    return [paths[start : start + size] for start in range(0, len(paths), size)]
