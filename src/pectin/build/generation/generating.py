"""What front matter wants of data: pages made of them, and lists shown in slices."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any

from msgspec import structs

from pectin.build.content.document import Defaults, Head
from pectin.build.content.documents import Documents
from pectin.build.generation.generator import Generator
from pectin.build.generation.items import Item
from pectin.build.generation.listing import CONTENT, list_heads, list_pages
from pectin.build.generation.made_source import MadeSource
from pectin.build.problems import Problems
from pectin.build.site.cascade import Inheritance
from pectin.build.site.files import Files
from pectin.build.site.layout import Layout
from pectin.build.site.model import Page, Site
from pectin.build.site.sites import Sites
from pectin.build.site.visibility import BuildOptions, find_hidden
from pectin.build.source import SourceTree

_OF_PAGES = re.compile(r"\s*pages\b")


class Generating:
    """Does nothing, and takes no time, for a site whose front matter names no data."""

    def __init__(
        self,
        source: SourceTree,
        files: Files,
        documents: Documents,
        problems: Problems,
        layout: Layout,
    ) -> None:
        self._source = source
        self._files = files
        self._documents = documents
        self._problems = problems
        self._layout = layout

    def make_source(
        self,
        heads: dict[str, Head],
        defaults: Sequence[Defaults],
        today: date,
        options: BuildOptions,
    ) -> MadeSource | None:
        """The source with what `heads` make of data; None where they make nothing.

        The documents that stand for others are taken out of `heads`: they are no pages. Those
        that expressions may choose from have their `defaults`.
        """
        blueprints = [head for head in heads.values() if head.front_matter.pages_from is not None]
        if not blueprints:
            return None
        for head in blueprints:
            del heads[head.path]

        def pages_beside(blueprint: Head) -> list[dict[str, Any]]:
            language = self._layout.locate(blueprint.path).language
            own = {
                head.location: head
                for path, head in heads.items()
                if self._layout.locate(path).language == language
            }
            whole = Inheritance(own, defaults).heads
            hidden = find_hidden(whole, today, options)
            return list_heads(head for path, head in whole.items() if path not in hidden)

        ordered = sorted(blueprints, key=lambda head: head.path)
        written = frozenset(self._files.documents)
        made = self._generator.list_made(ordered, self._documents, written, pages_beside)
        return MadeSource(self._source, made, self._generator)

    def find_lists(self, sites: Sites) -> Sites:
        """`sites` with the lists that their pages show in slices."""
        for site in sites.by_language.values():
            self._refuse_sections(site)
        by_language = {code: self._list_all(site) for code, site in sites.by_language.items()}
        if not any(site.listed for site in by_language.values()):
            return sites
        return structs.replace(sites, by_language=by_language)

    def _list_all(self, site: Site) -> Site:
        asking = [page for page in site.pages if page.front_matter.paginate is not None]
        if not asking:
            return site
        listed = {page: self._find_list(page, site) for page in asking}
        return structs.replace(site, listed=listed)

    @cached_property
    def _generator(self) -> Generator:
        return Generator(self._source, self._files, self._problems)

    def _find_list(self, page: Page, site: Site) -> tuple[Any, ...]:
        expression, head = page.front_matter.paginate, page.head
        assert expression is not None
        assert head is not None
        place = partial(self._documents.place_key, head, "paginate")
        items = self._generator.find_list(expression, lambda: list_pages(site.pages), place) or []
        if _OF_PAGES.match(expression):
            by_source = {page.source: page for page in site.pages}
            return tuple(_find_page(item, by_source) for item in items)
        return tuple(item.value for item in items)

    def _refuse_sections(self, site: Site) -> None:
        for section in site.sections.values():
            head = section.page.head
            if head is not None and head.front_matter.paginate is not None:
                self._problems.report(
                    "front-matter-value",
                    "`paginate` is for pages: a section lists what is in it",
                    "write `paginate_by`, or put the list on a page of its own",
                    self._documents.place_key(head, "paginate"),
                )


def _find_page(item: Item, by_source: Mapping[str, Page]) -> Any:
    """The page that `item` describes; what it is else, as a group of pages."""
    source = item.value.get("source") if isinstance(item.value, Mapping) else None
    return by_source.get(f"{CONTENT}{source}", item.value)
