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


class Bodies:
    """Rendered bodies. `render` makes one; those of `keep` stay, for the feeds."""

    def __init__(self, render: Callable[[Page], Content], keep: frozenset[Page]) -> None:
        self._render = render
        self._keep = keep
        self._contents: dict[Page, Content] = {}
        self._outlines: dict[Page, Outline] = {}
        self._under_way: set[Page] = set()

    def content_of(self, page: Page) -> Content:
        """The body of `page`. Raises TemplateFault when it needs itself."""
        found = self._contents.get(page)
        if found is None:
            found = self._contents[page] = self._render_once(page)
        return found

    def outline_of(self, page: Page) -> Outline:
        """The outline of `page`, which outlives its body."""
        found = self._outlines.get(page)
        if found is None:
            found = self._outlines[page] = self._draw(page)
        return found

    def drop(self, page: Page) -> None:
        """Let go of the body of `page`, which has been written."""
        if page in self._keep or page not in self._contents:
            return
        if page not in self._outlines:
            self._outlines[page] = self._draw(page)
        del self._contents[page]

    def _draw(self, page: Page) -> Outline:
        known = page in self._contents
        content = self.content_of(page)
        if not known and page not in self._keep:
            del self._contents[page]
        return Outline(content.summary, content.toc, content.word_count)

    def _render_once(self, page: Page) -> Content:
        if page.document is None:
            return EMPTY
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
