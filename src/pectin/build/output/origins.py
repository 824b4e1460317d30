"""Where the links of pages come from: bodies, templates, menus, summaries, data."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from pectin.build.content.documents import Documents
from pectin.build.content.link_targets import Written
from pectin.build.content.references import list_references, locate_references
from pectin.build.content.text import unescape
from pectin.build.encoding import parse_text
from pectin.build.faults import FAULTS
from pectin.build.positions import index_values
from pectin.build.site.model import Page
from pectin.build.site.sites import Sites
from pectin.build.source import CONFIG_FILE, SourceTree
from pectin.build.templates.library import Templates
from pectin.build.templates.references import resolve_reference
from pectin.build.templates.rendering import Rendering
from pectin.build.urls import join_url
from pectin.values.place import Place, place_at

_IN_EXPRESSION = re.compile(r"""[^\s"',{}%]+""")

Locate = Callable[[str], Sequence[Written]]
Values = Mapping[str, int]
"""What a text has as values, each with its offset."""


class Origins:
    """Finds where a site's author wrote what became a URL of some page."""

    def __init__(
        self,
        sites: Sites,
        documents: Documents,
        templates: Templates,
        rendering: Rendering,
        source: SourceTree,
        data: Sequence[str],
    ) -> None:
        self._sites = sites
        self._documents = documents
        self._templates = templates
        self._rendering = rendering
        self._source = source
        self._data = data
        # Asked about one page after another: the last one's is enough to keep.
        self._located: tuple[Page, Locate] | None = None

    def find_own(self, page: Page, url: str) -> Sequence[Written]:
        """Where the body of `page` has a link that leads where `url` does."""
        if page.head is None:
            return ()
        if self._located is None or self._located[0] is not page:
            document = self._documents.load(page.head)
            locate = self._rendering.markdown.locate_links(document, lambda t: self._key(t, page))
            self._located = (page, locate)
        return self._located[1](url)

    def find_elsewhere(self, page: Page, url: str) -> Sequence[Written]:
        """Where `page` has `url` from, when its own body does not have it."""
        found = [*self._find_in_templates(url), *self._find_in_summaries(page, url)]
        return found or self.find_in_menus(url) or self._find_in_data(page, url)

    def find_in_menus(self, url: str) -> Sequence[Written]:
        """Where `pectin.toml` has `url` as an entry of a menu."""
        return [
            Written(url, site.config.place("menus", name, item.position, "url", item=url))
            for site in self._sites.by_language.values()
            for name, items in site.config.menus.items()
            for item in items
            if item.url == url
        ]

    def _key(self, target: str, page: Page) -> str:
        """Where `target` leads from the source of `page`; equal for all spellings of one URL."""
        if not target:
            return ""
        return _absolute(
            resolve_reference(target, page, self._rendering.queries_in(page.language)), page
        )

    def _find_in_templates(self, url: str) -> Sequence[Written]:
        place = self._written_in_templates.get(url)
        return [Written(url, place)] if place else []

    @cached_property
    def _written_in_templates(self) -> Mapping[str, Place]:
        found: dict[str, Place] = {}
        for name in self._templates.names:
            text = self._templates.load(name) or ""
            for url, offset in _list_written(text):
                if url not in found:
                    found[url] = place_at(self._templates.path_of(name), text, offset)
        return found

    def _find_in_summaries(self, page: Page, url: str) -> Iterator[Written]:
        absolute = _absolute(url, page)
        for source in self._summarized.get(absolute, ()) if url else ():
            other = self._sites.by_source[source]
            if other is not page:
                yield from self.find_own(other, absolute)

    @cached_property
    def _summarized(self) -> Mapping[str, Sequence[str]]:
        """The sources of pages by the URLs in their summaries."""
        found: dict[str, list[str]] = {}
        for source, page in sorted(self._sites.by_source.items()):
            for url in {unquote(unescape(url)) for url in self._list_summarized(page)}:
                found.setdefault(url, []).append(source)
        return found

    def _list_summarized(self, page: Page) -> Collection[str]:
        try:
            return list_references(self._rendering.bodies.outline_of(page).summary)
        except FAULTS:  # its body cannot be rendered, which is told
            return ()

    def _find_in_data(self, page: Page, url: str) -> Sequence[Written]:
        sources = [page.source, *self._parameterized.get(url, ()), CONFIG_FILE, *self._data]
        for source in filter(None, sources if url else ()):
            text = self._load(source)
            offset = index_values(text).get(url)
            if offset is not None:
                return [Written(url, place_at(source, text, offset))]
        return ()

    @cached_property
    def _parameterized(self) -> Mapping[str, Sequence[str]]:
        """The sources of pages by the texts in their front matter."""
        found: dict[str, list[str]] = {}
        for source, page in self._sites.by_source.items():
            for text in _list_texts(page.front_matter.params):
                found.setdefault(text, []).append(source)
        return found

    def _load(self, source: str) -> str:
        """The text of a data file; of a page, its front matter."""
        page = self._sites.by_source.get(source)
        if page is None or page.head is None:
            return parse_text(source, self._source.read(source))[0]
        document = self._documents.load(page.head)
        return document.source[: document.head.body_start]


def _absolute(url: str, page: Page) -> str:
    return unquote(join_url(page.url, url))


def _list_written(template: str) -> Iterator[tuple[str, int]]:
    """The URLs in the tags of a template, in its expressions too, each with its offset."""
    for url, offset in locate_references(template):
        yield unescape(url), offset
        if "{" in url:
            for word in _IN_EXPRESSION.finditer(url):
                yield unescape(word[0]), offset + word.start()


def _list_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _list_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _list_texts(inner)
