"""The bodies of pages: rendered when they are needed, kept only as long."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from pectin.build.circles import Circles
from pectin.build.content.document import Content
from pectin.build.content.references import depends_on_base, resolve_references
from pectin.build.content.text import count_words, plain_text
from pectin.build.faults import TemplateFault
from pectin.build.site.model import Page
from pectin.build.templates.memory import BodyMemory, BodyPrints, NewBodies
from pectin.build.traces.model import Question

EMPTY = Content("", "", (), frozenset())

_MOST_OUTLINES = 20_000
"""How many outlines are held where others can be loaded again, which takes ten times as long as to hold them."""

_DEEPEST = 12
"""How many bodies are rendered within each other, before the innermost is rendered first."""


class TooDeep(Exception):
    """The body of `page` is to be rendered before those that wait for it, `waiting`."""

    def __init__(self, page: Page, waiting: Sequence[str]) -> None:
        super().__init__(page.source)
        self.page = page
        self.waiting = waiting


@dataclass(frozen=True, slots=True)
class Outline:
    """What other pages show of a page. `headings` are as a Content has them.

    `summary` is HTML whose URLs mean the same on every page.
    """

    summary: str
    headings: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of pages, by the path of their source."""

    contents: dict[str, Content] = field(default_factory=dict)
    outlines: dict[str, Outline] = field(default_factory=dict)
    word_counts: dict[str, int] = field(default_factory=dict)
    circles: dict[str, str] = field(default_factory=dict)
    bodies: NewBodies = field(default_factory=NewBodies)


def _outline(content: Content, url: str) -> Outline:
    summary = content.summary
    if depends_on_base(summary):
        summary = resolve_references(summary, url)
    return Outline(summary, content.headings)


class Bodies:
    """Rendered bodies. `render` makes one; those of `keep` stay, for the feeds.

    A page that shows another for want of a translation has its body.

    What an earlier build rendered is taken from `memory`.
    """

    def __init__(
        self, render: Callable[[Page], Content], keep: frozenset[Page], memory: BodyMemory
    ) -> None:
        self._render = render
        self._keep = keep
        self._memory = memory
        self._known = Known()
        self._new = Known()
        self._borrowed = ""
        self._circles = Circles()
        self._begun = 0

    def content_of(self, page: Page) -> Content:
        """The body of `page`. Raises TemplateFault when it needs the body that is being rendered."""
        page = page.original or page
        if page.head is None:
            return EMPTY
        self._refuse_circle(page)
        found = self._known.contents.get(page.source)
        if found is None:
            found = self._known.contents[page.source] = self._recall(page) or self._make(page)
        return found

    def prints_of(self, page: Page) -> BodyPrints | None:
        """The fingerprints of the body of `page`, which is rendered if need be; None when it has none."""
        page = page.original or page
        if self._memory.recall(page) is None:
            self._borrow(page)
        return self._memory.recall(page)

    def outline_of(self, page: Page) -> Outline:
        """The outline of `page`, which outlives its body. Raises TemplateFault as `content_of` does."""
        self._refuse_circle(page)
        found = self._known.outlines.get(page.source)
        if found is None:
            page = page.original or page
            content = self._borrow(page)
            found = _outline(content, page.url)
            if self._holds_outlines:
                self._known.outlines[page.source] = self._new.outlines[page.source] = found
        return found

    def word_count_of(self, page: Page) -> int:
        """How many words the body of `page` has, which are counted when it is asked for.

        Raises TemplateFault as `content_of` does.
        """
        self._refuse_circle(page)
        found = self._known.word_counts.get(page.source)
        if found is None:
            page = page.original or page
            found = count_words(plain_text(self._borrow(page).html))
            self._known.word_counts[page.source] = self._new.word_counts[page.source] = found
        return found

    def drop(self, page: Page) -> None:
        """Let go of the body of `page`, which has been written."""
        content = self._known.contents.get(page.source)
        if content is None:
            return
        page = page.original or page
        if self._holds_outlines:
            self.outline_of(page)
        if page in self._keep:
            self._new.contents[page.source] = content
        else:
            del self._known.contents[page.source]

    @property
    def _holds_outlines(self) -> bool:
        return len(self._known.outlines) < _MOST_OUTLINES or not self._memory.is_kept

    @property
    def notable(self) -> Mapping[str, tuple[Question, ...]]:
        """What the bodies asked, by source, as far as it is notable."""
        return self._memory.notable

    def drain(self) -> Known:
        """What has been learnt since this was asked last."""
        new, self._new = self._new, Known()
        return replace(new, circles=self._circles.drain(), bodies=self._memory.drain())

    def merge(self, known: Known) -> None:
        """Take in what another drained."""
        self._memory.merge(known.bodies)
        self._circles.merge(known.circles)
        self._known.contents.update(known.contents)
        if self._holds_outlines:
            self._known.outlines.update(known.outlines)
        self._known.word_counts.update(known.word_counts)

    def _borrow(self, page: Page) -> Content:
        """The body of `page`, which stays until another is borrowed, if it was not there.

        A template that asks for one thing of a page will often ask for another.
        """
        contents = self._known.contents
        if page.source not in contents:
            contents.pop(self._borrowed, None)
            self._borrowed = "" if page in self._keep else page.source
        return self.content_of(page)

    def _recall(self, page: Page) -> Content | None:
        record = self._memory.recall(page)
        return self._memory.load(record) if record else None

    def _make(self, page: Page) -> Content:
        while True:
            if len(self._circles) - self._begun >= _DEEPEST:
                raise TooDeep(page, self._circles.waiting)
            try:
                with self._circles.making(page.source):
                    content = self._memory.make(page, self._render)
            except TooDeep as deep:
                if len(self._circles) > self._begun:
                    raise
                self._make_ahead(deep)
            else:
                self._known.contents[page.source] = content
                self._refuse_circle(page)
                return content

    def _make_ahead(self, deep: TooDeep) -> None:
        """Render the body that so many wait for; they are rendered again when it is there."""
        begun = self._begun
        with self._circles.resuming(deep.waiting), suppress(TemplateFault):
            self._begun = len(deep.waiting)
            try:
                self.content_of(deep.page)
            finally:
                self._begun = begun
        self._borrowed = ""

    def _refuse_circle(self, page: Page) -> None:
        if self._circles.has(page.source):
            raise TemplateFault(
                "endless-content",
                f"the body of {page.source} needs itself to be rendered",
                "neither a shortcode nor a hook can show the content or summary of the page that it is on, "
                "or of one that shows that page",
            )
