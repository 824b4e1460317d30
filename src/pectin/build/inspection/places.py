"""Where the author of a site wrote what is wrong with a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec.structs import replace

from pectin.build.content.document import Document
from pectin.build.content.documents import Documents
from pectin.build.inspection.inspection import Flaw, read_heading
from pectin.build.inspection.template_tags import REACH, TemplateTags
from pectin.build.inspection.tokens import Tag, list_tags
from pectin.build.output.minification import minify_html
from pectin.build.output.origins import Origins
from pectin.build.site.model import Page
from pectin.build.templates.library import HOOKS, SHORTCODES, THEME, Templates
from pectin.build.templates.rendering import Rendering
from pectin.values.place import Place, place_at

_ATX = re.compile(r"^ {0,3}(?:[>\-*+] ?+)*+(#{1,6})[ \t]++(.*)$", re.MULTILINE)
_SETEXT = re.compile(r"^ {0,3}(\S.*)\n {0,3}(=+|-+)[ \t]*$", re.MULTILINE)
_LINK = re.compile(r"\]\([^()]*\)|\]\[[^\]]*\]")
_NO_LETTER = re.compile(r"[\W_]+")


class Places:
    """Finds the places of flaws: in the body of the page, else in a template."""

    def __init__(
        self, documents: Documents, templates: Templates, rendering: Rendering, origins: Origins
    ) -> None:
        self._documents = documents
        self._templates = templates
        self._rendering = rendering
        self._origins = origins
        self._known: dict[tuple[bool, int, tuple[str, ...]], Place | None] = {}

    def locate(self, page: Page, html: str, flaws: Sequence[Flaw]) -> tuple[Flaw, ...]:
        """The `flaws` of `html`, which `page` became, each with its place where it is known."""
        if not flaws:
            return ()
        return tuple(map(_Locating(self, page, html).locate, flaws))

    def find_in_templates(
        self, tags: Sequence[Tag], index: int, *, of_bodies: bool
    ) -> Place | None:
        """Where a template has what became the tag `index` of a page's `tags`.

        Those `of_bodies` are shortcodes and hooks.
        """
        first = max(index - REACH, 0)
        around = tuple(tag.written for tag in tags[first : index + REACH + 1])
        key = (of_bodies, index - first, around)
        if key not in self._known:
            self._known[key] = self._find_surest(around, index - first, of_bodies=of_bodies)
        return self._known[key]

    def load(self, page: Page) -> Document | None:
        """The document of `page`, if it has one."""
        return self._documents.load(page.head) if page.head else None

    def find_url(self, page: Page, url: str) -> Place | None:
        """Where the body of `page` has the link `url`."""
        written = self._origins.find_own(page, url) if url else ()
        return next((one.place for one in written if one.place), None)

    def render_body(self, page: Page) -> str:
        """The body of `page` as HTML."""
        return self._rendering.queries_in(page.language).content_of(page).html

    def _find_surest(self, around: Sequence[str], index: int, *, of_bodies: bool) -> Place | None:
        best: tuple[int, str, int] | None = None
        for name, tags in self._tags.items():
            found = tags.find(around, index) if _is_of_bodies(name) or not of_bodies else None
            if found and (best is None or found[1] > best[0]):
                best = found[1], name, found[0]
        if best is None:
            return None
        _, name, start = best
        return place_at(self._templates.path_of(name), self._templates.load(name) or "", start)

    @cached_property
    def _tags(self) -> dict[str, TemplateTags]:
        return {
            name: TemplateTags(self._templates.load(name) or "") for name in self._templates.names
        }


class _Locating:
    """The search for the flaws of one page."""

    def __init__(self, places: Places, page: Page, html: str) -> None:
        self._places = places
        self._page = page
        self._html = html

    def locate(self, flaw: Flaw) -> Flaw:
        return replace(flaw, place=self._find(flaw))

    def _find(self, flaw: Flaw) -> Place | None:
        place = self._find_in_templates(flaw)
        return place if place and not self._is_in_body(flaw.start) else self._find_in_body(flaw)

    def _find_in_templates(self, flaw: Flaw, *, of_bodies: bool = False) -> Place | None:
        index = self._indices.get(flaw.start)
        if index is None:
            return None
        return self._places.find_in_templates(self._tags, index, of_bodies=of_bodies)

    @cached_property
    def _tags(self) -> list[Tag]:
        return list_tags(self._html)

    @cached_property
    def _indices(self) -> dict[int, int]:
        return {tag.start: index for index, tag in enumerate(self._tags)}

    @cached_property
    def _body(self) -> tuple[int, int]:
        """From where to where the page has its own body; (0, 0) where it has not."""
        if self._page.head is None:
            return 0, 0
        body = self._places.render_body(self._page)
        for wanted in filter(str.strip, (body, minify_html(body).strip())):
            start = self._html.find(wanted)
            if start >= 0:
                return start, start + len(wanted)
        return 0, 0

    def _is_in_body(self, start: int) -> bool:
        first, end = self._body
        return first <= start < end

    def _find_in_body(self, flaw: Flaw) -> Place | None:
        document = self._places.load(self._page)
        if document is None:
            return None
        by_url = self._places.find_url(self._page, flaw.url)
        if by_url is not None:
            return by_url
        level, text = read_heading(self._html, flaw.start)
        offset = next(_find_headings(document.body, level, text), -1) if level else -1
        if offset < 0:
            offset = self._find_written(document.body, flaw.start)
        if offset >= 0:
            return document.place(offset)
        if not self._is_in_body(flaw.start):
            return None
        return self._find_in_templates(flaw, of_bodies=True) or Place(document.path)

    def _find_written(self, body: str, start: int) -> int:
        """Where `body` has the tag at `start` as it is on the page: the one that is as many-th there."""
        index = self._indices.get(start)
        if index is None:
            return -1
        written = self._tags[index].written
        first = self._body[0]
        same = [tag.start for tag in self._tags if tag.written == written and tag.start >= first]
        number = same.index(start) if start in same else 0
        at = body.find(written)
        while number and (following := body.find(written, at + 1)) >= 0:
            at, number = following, number - 1
        return at


def _find_headings(body: str, level: int, text: str) -> Iterator[int]:
    """The offsets of the headings of Markdown that have this `level` and `text`."""
    wanted = _NO_LETTER.sub("", text)
    for found in _ATX.finditer(body):
        if len(found[1]) == level and _reduce(found[2]) == wanted:
            yield found.start(1)
    for found in _SETEXT.finditer(body):
        if (1 if found[2][0] == "=" else 2) == level and _reduce(found[1]) == wanted:
            yield found.start(1)


def _is_of_bodies(name: str) -> bool:
    return name.removeprefix(THEME).startswith((SHORTCODES, HOOKS))


def _reduce(markdown: str) -> str:
    """What is left of a heading's text when links lose their targets, and all its attributes."""
    text = markdown.rstrip()
    if text.endswith("}"):
        text = text[: text.rfind("{")]
    return _NO_LETTER.sub("", _LINK.sub("", text))
