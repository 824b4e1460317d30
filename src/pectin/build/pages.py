"""The pages of one site: those that an earlier build made, and those that this one renders."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain, zip_longest

from msgspec import Struct
from msgspec.structs import replace

from pectin.build.explanations import Explanation, is_meant
from pectin.build.images.images import Images, Learnt
from pectin.build.inspection.inspection import Inspection
from pectin.build.inspection.inspector import Inspector
from pectin.build.notes import PageNote
from pectin.build.output.links import Findings, Links
from pectin.build.output.minification import minify_html
from pectin.build.problems import Problems, Told
from pectin.build.remembering import FileMemory, FileRecord
from pectin.build.site.assets import Assets, NewAssets
from pectin.build.site.plan import Rendered, owner_of
from pectin.build.templates.bodies import Known
from pectin.build.templates.kinds import list_bodies, list_notable
from pectin.build.templates.rendering import Rendering
from pectin.build.traces.model import Question
from pectin.build.urls import encode_path
from pectin.build.workers import Workers
from pectin.values.digest import Digest, compute_digest
from pectin.values.errors import PectinError
from pectin.values.output import OutputFile, Stream, read_body

BATCH = 20
"""How many pages are rendered between two reports, and by one worker at a stretch."""


class Made(Struct, frozen=True):
    """A page, if it could be rendered, what its links led to, and what the cache is to keep of it.

    `notable` is what it asked, as far as that is; `is_flawed` says that something is wrong with it.
    `inspection` is None where nobody asked for one.
    """

    path: str
    file: OutputFile | None
    links: Findings
    kept: Mapping[bytes, bytes]
    notable: tuple[Question, ...] = ()
    is_flawed: bool = False
    inspection: Inspection | None = None

    @property
    def shows_others(self) -> bool:
        """Whether it shows something of the bodies of other pages."""
        return any(list_bodies(self.notable))


class Batch(Struct, frozen=True):
    """Rendered pages, and what was learnt on the way."""

    pages: list[Made]
    known: Known
    assets: NewAssets
    images: Learnt
    problems: Told


class Pages:
    """Makes the pages that are `planned`, by the paths of their files."""

    def __init__(  # noqa: PLR0913 - all that makes pages, each by its name
        self,
        planned: Mapping[str, Rendered],
        rendering: Rendering,
        links: Links,
        assets: Assets,
        images: Images,
        problems: Problems,
        memory: FileMemory,
        inspector: Inspector | None,
        *,
        minify: bool,
    ) -> None:
        self._planned = planned
        self._rendering = rendering
        self._links = links
        self._assets = assets
        self._images = images
        self._problems = problems
        self._memory = memory
        self._inspector = inspector
        self._minify = minify
        self._recalled: dict[str, FileRecord] = {}

    @property
    def recalled_count(self) -> int:
        """How many pages are as an earlier build made them."""
        return len(self._recalled)

    @property
    def reasons(self) -> Mapping[str, str]:
        """Why each page that was looked up, and was not recalled, has to be rendered."""
        return self._memory.reasons

    def explain(self, name: str) -> tuple[Explanation, ...]:
        """Why the files of the page `name` have to be rendered, or have not."""
        return tuple(
            self._memory.explain(path, self._owner_of(path))
            for path, rendered in self._planned.items()
            if is_meant(rendered.page, name)
        )

    def note(self, marks: Mapping[str, str]) -> Iterator[PageNote]:
        """All pages, with the `marks` of their sources."""
        for path, rendered in self._planned.items():
            page, part = rendered.page, rendered.part
            url = encode_path(path) if rendered.format else part.url if part else page.url
            yield PageNote(path, url, page.title, page.source, marks.get(page.source, ""))

    def recall(self) -> Iterator[Made]:
        """The pages that are as an earlier build made them."""
        for path in self._planned:
            found = self._memory.recall(path, self._owner_of(path))
            if found is not None:
                self._recalled[path] = found[0]
                yield self._restore(path, *found)

    def batches(self, workers: Workers) -> Iterator[Batch]:
        """All other pages, as `workers` render them. Each batch is merged before the next is asked for."""
        single, lists, whole = self._split()
        samples = self._choose_samples(lists)
        lists = [path for path in lists if path not in samples]
        telling: set[str | None] = set()
        for batch in chain(
            map(self._render_batch, cut(samples)),
            self._share_out(workers, single, lists, telling),
            map(self._render_batch, cut(whole)),
        ):
            yield batch
            telling.update(self._layout_of(made.path) for made in batch.pages if made.shows_others)

    def tell_again(self) -> None:
        """Tell again what was told of the recalled pages, whose links may lead elsewhere now."""
        for path, record in self._recalled.items():
            self._problems.merge(dict(record.problems))
            if record.claims == self._memory.claims:
                self._links.merge(record.links)
            else:
                self._check_again(path)

    def _check_again(self, path: str) -> None:
        html = self.html_of(path)
        if html is not None:
            self._links.check(path, self._planned[path].page, html)
            self._links.merge(self._links.drain())

    def inspect_recalled(self, workers: Workers) -> Iterator[tuple[str, Inspection]]:
        """What the recalled pages say of themselves, by path, as `workers` read them."""
        pages = [path for path in self._recalled if self._planned[path].is_html]
        for found in workers.map(self._inspect_batch, cut(pages)):
            yield from found

    def _inspect_batch(self, paths: Iterable[str]) -> list[tuple[str, Inspection]]:
        found: list[tuple[str, Inspection]] = []
        for path in paths:
            html = self.html_of(path) if self._inspector else None
            if self._inspector is not None and html is not None:
                found.append((path, self._inspector.inspect(path, html)))
            self._rendering.bodies.drop(self._planned[path].page)
        return found

    def remake(self, paths: Iterable[str]) -> Batch:
        """The pages at `paths`, recalled or rendered."""
        return self._render_batch(paths, self._remake)

    def _remake(self, path: str) -> Made:
        found = self._memory.recall(path, self._owner_of(path))
        if found is None:
            return self._make(path)
        made = self._restore(path, *found)
        # A link that was good may lead nowhere, and the other way round.
        is_checked = found[0].claims == self._memory.claims
        return made if is_checked else replace(made, is_flawed=True)

    def _restore(self, path: str, record: FileRecord, body: Stream) -> Made:
        """The page at `path` as an earlier build made it, of which `record` and `body` are left."""
        rendered = self._planned[path]
        file = OutputFile(path, body, rendered.media_type, digest=Digest(record.digest))
        notable = list_notable(record.trace.questions, rendered.page.source)
        is_flawed = bool(record.problems or record.links[0])
        return Made(path, file, record.links, {}, notable, is_flawed)

    def html_of(self, path: str) -> str | None:
        """The page at `path`, from the cache if it was recalled, else rendered again.

        None where that is no HTML, or fails.
        """
        if not self._planned[path].is_html:
            return None
        record = self._recalled.get(path)
        body = self._memory.find_body(record) if record else None
        if body is not None:
            with suppress(PectinError):  # the store may have lost it, or what it has is damaged
                return read_body(body).decode()
        return self._render(path)

    def _split(self) -> tuple[list[str], list[str], list[str]]:
        """What is left to render: single pages, slices of lists, and lists that may show all bodies."""
        single: list[str] = []
        lists: list[str] = []
        whole: list[str] = []
        for path, rendered in self._planned.items():
            if path not in self._recalled:
                of_list = whole if rendered.is_whole_list else lists
                is_single = not (rendered.part or rendered.is_whole_list)
                (single if is_single else of_list).append(path)
        return single, lists, whole

    def _render_batch(
        self, paths: Iterable[str], make: Callable[[str], Made] | None = None
    ) -> Batch:
        """The pages at `paths`, and all that was learnt by rendering them."""
        return Batch(
            list(self._make_each(list(paths), make or self._make)),
            self._rendering.bodies.drain(),
            self._assets.drain(),
            self._images.drain(),
            self._problems.drain(),
        )

    def _make_each(self, paths: Sequence[str], make: Callable[[str], Made]) -> Iterator[Made]:
        """What `make` makes of `paths`; a body is let go when all forms of its page are made."""
        for path, following in zip_longest(paths, paths[1:]):
            page = self._planned[path].page
            yield make(path)
            if following is None or self._planned[following].page is not page:
                self._rendering.bodies.drop(page)

    def _make(self, path: str) -> Made:
        rendered = self._planned[path]
        page = rendered.page
        text, watched = self._memory.watch(partial(self._render, path))
        if text is None:
            # What is wrong with its body is told too, and not only when its template is mended.
            if rendered.is_html:
                self._links.check_body(
                    path, page, self._rendering.queries_in(page.language).content_of(page).html
                )
            return Made(path, None, self._links.drain(), {}, is_flawed=True)
        inspection = None
        if rendered.is_html:
            self._links.check(path, page, text)
            inspection = self._inspector.inspect(path, text) if self._inspector else None
        links, body = self._links.drain(), text.encode()
        digest = compute_digest(body)
        kept = self._memory.remember(path, self._owner_of(path), body, digest, links, watched)
        file = OutputFile(path, body, rendered.media_type, digest=digest)
        notable = list_notable(watched.asked, page.source)
        is_flawed = bool(watched.told or links[0]) or not kept
        kept |= self._rendering.markdown_memory.drain()
        return Made(path, file, links, kept, notable, is_flawed, inspection)

    def _render(self, path: str) -> str | None:
        rendered = self._planned[path]
        text = self._rendering.render_page(rendered.page, rendered.part, rendered.format)
        if self._minify and text is not None and rendered.is_html:
            return minify_html(text)
        return text

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

    def _owner_of(self, path: str) -> str:
        return owner_of(self._planned[path].page)

    def _layout_of(self, path: str) -> str | None:
        rendered = self._planned[path]
        return self._rendering.choose(rendered.page, rendered.format)

    def _length_of(self, path: str) -> int:
        part = self._planned[path].part
        return len(part.pages) if part else 0


def cut(paths: Sequence[str], size: int = BATCH) -> list[Sequence[str]]:
    """`paths` in batches of `size`."""
    return [paths[start : start + size] for start in range(0, len(paths), size)]
