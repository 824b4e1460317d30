"""Fingerprints of the answers that Queries gives, for renders that asked in an earlier build."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from pectin.build.configuration.outputs import list_formats
from pectin.build.faults import FAULTS
from pectin.build.images.images import parse_request
from pectin.build.site.model import Page
from pectin.build.site.pagination import slice_size, take_slice
from pectin.build.site.prints import PagePrints, print_feeds, print_languages, print_menus
from pectin.build.site.sites import Sites
from pectin.build.source import SourceTree
from pectin.build.templates.data_folder import Data
from pectin.build.templates.engines import Engine
from pectin.build.templates.memory import BodyPrints
from pectin.build.templates.questions import split_kind
from pectin.build.templates.rendering import Rendering
from pectin.build.traces.model import (
    NOTHING,
    UNKNOWN,
    PrintOf,
    Question,
    compute_print,
    join_prints,
)

_OF_MANY = frozenset(
    {
        "asset",
        "data",
        "data-names",
        "file",
        "glob",
        "home",
        "hooks",
        "languages",
        "menus",
        "origin",
        "pages",
        "picture",
        "query",
        "query-made",
        "setting",
        "site-pages",
        "taxonomies",
        "template",
    }
)
"""The kinds of questions that many renders ask alike, whose answers are worth keeping."""


class Prints:
    """Answers each kind of question, as pages in one language ask it, with a fingerprint.

    Whoever verifies asks in the order in which the render asked, and stops at the first answer
    that is another one: so nothing is rendered or told here that a clean build would not.
    """

    def __init__(
        self,
        engine: Engine,
        rendering: Rendering,
        data: Data,
        source: SourceTree,
        today: date,
    ) -> None:
        pages = self._pages = PagePrints()
        queries = self._queries = engine.queries
        listings = self._listings = engine.views.listings
        self._bodies = rendering.bodies
        self._has_stricter = rendering.has_stricter
        self._data = data
        self._source = source
        self._known: dict[Question, bytes] = {}
        self._compute: dict[str, Callable[[str], bytes]] = {
            "asset": self._print_asset,
            "content": lambda source: self._print_body(source, lambda prints: prints.content),
            "data": self._print_data,
            "data-names": self._print_names,
            "glob": lambda pattern: pages.of_all(queries.pages_like(pattern)),
            "file-at": lambda source: compute_print(*(queries.file_at(source) or ())),
            "file": rendering.texts.print,
            "hooks": lambda _: compute_print(*sorted(rendering.hooks)),
            "home": lambda _: self._print_home(),
            "menus": lambda _: print_menus(queries.menus()),
            "languages": lambda _: print_languages(queries.languages()),
            "items": self._print_items,
            "named": lambda name: compute_print(
                *(part for page in queries.pages_named(name) for part in (page.source, page.url))
            ),
            "origin": lambda _: compute_print(queries.origin()),
            "outline": lambda source: self._print_body(source, lambda prints: prints.outline),
            "output-layout": lambda subject: self._print_output_layout(subject, rendering),
            "page-at": lambda source: pages.of(queries.page_at(source)),
            "query": self._print_query,
            "query-made": lambda subject: compute_print(listings.answer(subject) is None),
            "picture": self._print_picture,
            "resource": self._print_resource,
            "section-at": self._print_section,
            "raw-html": lambda source: compute_print(
                rendering.find_raw_html(queries.page_from(source))
            ),
            "setting": self._print_setting,
            "site-pages": lambda _: pages.of_all(queries.all_pages()),
            "slice": self._print_slice,
            "string": self._print_string,
            "taxonomies": lambda _: self._print_taxonomies(),
            "term-at": self._print_term,
            "template": lambda name: rendering.closures.of(name).print,
            "today": lambda _: compute_print(today.isoformat()),
            "url": lambda source: compute_print(queries.url_of(source) or b""),
        }
        self._compute |= {
            kind: self._on_page(answer)
            for kind, answer in (
                ("all-pages", lambda page: pages.of_all(queries.all_pages_of(page))),
                ("ancestors", lambda page: pages.of_all(queries.ancestors_of(page))),
                ("backlinks", lambda page: pages.of_all(queries.backlinks_of(page))),
                ("feeds", lambda page: print_feeds(queries.feeds_of(page))),
                ("layout", lambda page: compute_print(rendering.choose(page) or b"")),
                ("neighbours", lambda page: pages.of_all(queries.neighbours_of(page))),
                ("page", pages.of),
                ("pages", lambda page: pages.of_all(queries.pages_of(page))),
                ("related", lambda page: pages.of_all(queries.related_to(page))),
                ("section", lambda page: pages.of(queries.section_of(page))),
                ("sections", lambda page: pages.of_all(queries.sections_of(page))),
                ("terms", lambda page: pages.of_terms(queries.terms_of(page))),
                ("translations", lambda page: pages.of_all(queries.translations_of(page))),
            )
        }

    def of(self, question: Question) -> bytes:
        """The fingerprint of the answer to `question`."""
        found = self._known.get(question)
        if found is not None:
            return found
        kind, subject = question
        # A question in a language that the site had once is about nothing now.
        compute = self._compute.get(kind)
        found = compute(subject) if compute else NOTHING
        if kind in _OF_MANY:
            self._known[question] = found
        return found

    def _on_page(self, answer: Callable[[Page], bytes]) -> Callable[[str], bytes]:
        def compute(path: str) -> bytes:
            pages = self._queries.pages_with_file(path)
            if len(pages) == 1:
                return answer(pages[0])
            # Where one loses its file to the other, renders ask about both by the same path.
            return join_prints(map(answer, pages)) if pages else NOTHING

        return compute

    def _print_asset(self, name: str) -> bytes:
        try:
            asset = self._queries.asset(name)
        except FAULTS:
            return NOTHING
        return compute_print(asset.url, asset.integrity)

    def _print_body(self, source: str, choose: Callable[[BodyPrints], bytes]) -> bytes:
        page = self._queries.page_from(source)
        if page is None or page.head is None:
            return NOTHING
        try:
            prints = self._bodies.prints_of(page)
        except FAULTS:  # it is being rendered, and needs itself
            return UNKNOWN
        return choose(prints) if prints else UNKNOWN

    def _print_output_layout(self, subject: str, rendering: Rendering) -> bytes:
        name, _, path = subject.partition(" ")
        page = self._queries.page_with_file(path)
        output = list_formats(self._queries.configuration.output_formats).get(name)
        if page is None or output is None:
            return NOTHING
        return compute_print(rendering.choose(page, output) or b"")

    def _print_data(self, path: str) -> bytes:
        found = self._data.find(path)
        if isinstance(found, str):
            return compute_print(found, self._source.digest(found))
        return NOTHING if found is None else compute_print("a folder")

    def _print_names(self, path: str) -> bytes:
        found = self._data.find(path)
        return NOTHING if found is None else compute_print(*found)

    def _print_home(self) -> bytes:
        home = self._queries.home()
        return self._pages.of_all([home.page, *(section.page for section in home.sections)])

    def _print_query(self, subject: str) -> bytes:
        found = self._listings.answer(subject)
        return NOTHING if found is None else self._pages.of_all(found)

    def _print_picture(self, subject: str) -> bytes:
        try:
            return self._queries.picture(parse_request(subject)).print
        except FAULTS:
            return NOTHING

    def _print_resource(self, source: str) -> bytes:
        resource = self._queries.resource_at(source)
        return compute_print(resource.path) if resource else NOTHING

    def _print_section(self, path: str) -> bytes:
        section = self._queries.section_at(path)
        return self._pages.of(section.page) if section else NOTHING

    def _print_setting(self, name: str) -> bytes:
        # Bodies ask what becomes of their HTML only where some page is stricter than the site.
        is_all = name == "markdown" and self._has_stricter
        return compute_print(repr(self._queries.setting(name)), *(["stricter"] if is_all else []))

    def _print_slice(self, subject: str) -> bytes:
        number, _, path = subject.partition(" ")
        page = self._queries.page_with_file(path)
        if page is None:
            return NOTHING
        pages = self._queries.pages_of(page)
        part = take_slice(page, pages, int(number))
        return compute_print(str(len(pages)), self._pages.of_all(part))

    def _print_string(self, key: str) -> bytes:
        found = self._queries.phrase(key)
        if found is None:
            return NOTHING
        return compute_print(found.language, *sorted(found.phrase.forms.items()))

    def _print_term(self, subject: str) -> bytes:
        taxonomy, _, slug = subject.partition("/")
        term = self._queries.term_at(taxonomy, slug)
        return self._pages.of_terms({taxonomy: [term]}) if term else NOTHING

    def _print_items(self, subject: str) -> bytes:
        number, _, path = subject.partition(" ")
        page = self._queries.page_with_file(path)
        if page is None:
            return NOTHING
        items = self._queries.listed_by(page)
        shown = take_slice(page, items, int(number))
        whole = compute_print(len(items), slice_size(page, items))
        return join_prints([whole, *map(self._print_item, shown)])

    def _print_item(self, item: Any) -> bytes:
        return self._pages.of(item) if isinstance(item, Page) else compute_print(repr(item))

    def _print_taxonomies(self) -> bytes:
        groupings = self._queries.taxonomies()
        terms = {grouping.taxonomy.name: grouping.terms for grouping in groupings}
        titles = [part for g in groupings for part in (g.taxonomy.title, g.page.url)]
        return compute_print(*titles, self._pages.of_terms(terms))


def make_prints(
    sites: Sites, rendering: Rendering, data: Data, source: SourceTree, today: date
) -> PrintOf:
    """What answers questions in all languages with fingerprints."""
    prints = {
        code: Prints(rendering.engine_of(code), rendering, data, source, today)
        for code in sites.by_language
    }
    main = prints[sites.config.language]
    if len(prints) == 1:
        return main.of

    def answer(question: Question) -> bytes:
        kind, language = split_kind(question[0])
        if language not in prints:
            return NOTHING if language else main.of(question)
        return prints[language].of((kind, question[1]))

    return answer
