"""The bodies of pages: rendered when they are needed, kept only as long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pectin.build.content.document import Content, Heading
from pectin.build.faults import TemplateFault
from pectin.build.site.model import Page

EMPTY = Content("", "", (), frozenset(), 0)


@dataclass(frozen=True, slots=True)
class Outline:
    """What other pages show of a page. `summary` is HTML."""

    summary: str
    toc: tuple[Heading, ...]
    word_count: int


Known = tuple[dict[str, Outline], dict[str, Content]]
"""What is known of pages, by the path of their source."""


class Bodies:
    """Rendered bodies. `render` makes one; those of `keep` stay, for the feeds."""

    def __init__(self, render: Callable[[Page], Content], keep: frozenset[Page]) -> None:
        self._render = render
        self._keep = keep
        self._contents: dict[str, Content] = {}
        self._outlines: dict[str, Outline] = {}
        self._drawn: list[str] = []
        self._under_way: set[Page] = set()

    def content_of(self, page: Page) -> Content:
        """The body of `page`. Raises TemplateFault when it needs itself."""
        if page.document is None:
            return EMPTY
        found = self._contents.get(page.source)
        if found is None:
            found = self._contents[page.source] = self._render_once(page)
        return found

    def outline_of(self, page: Page) -> Outline:
        """The outline of `page`, which outlives its body."""
        found = self._outlines.get(page.source)
        if found is None:
            is_wanted = page.source in self._contents
            found = self._draw(page)
            if not is_wanted:
                self.drop(page)
        return found

    def drop(self, page: Page) -> None:
        """Let go of the body of `page`, which has been written."""
        if page.source in self._contents:
            if page.source not in self._outlines:
                self._draw(page)
            if page not in self._keep:
                del self._contents[page.source]

    def drain(self) -> Known:
        """What has been learnt since this was asked last."""
        drawn, self._drawn = self._drawn, []
        contents = {source: self._contents[source] for source in drawn if source in self._contents}
        return {source: self._outlines[source] for source in drawn}, contents

    def merge(self, known: Known) -> None:
        """Take in what another drained."""
        outlines, contents = known
        self._outlines |= outlines
        self._contents |= contents

    def _draw(self, page: Page) -> Outline:
        content = self.content_of(page)
        outline = Outline(content.summary, content.toc, content.word_count)
        self._outlines[page.source] = outline
        self._drawn.append(page.source)
        return outline

    def _render_once(self, page: Page) -> Content:
        if page in self._under_way:
            raise TemplateFault(
                "endless-content",
                f"the body of {page.source} needs itself to be rendered",
                "a shortcode cannot show the content or summary of the page that it is on",
            )
        self._under_way.add(page)
        try:
            return self._render(page)
        finally:
            self._under_way.discard(page)
