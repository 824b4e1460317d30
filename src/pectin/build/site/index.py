"""The pages of a site by all that they are looked up by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from pectin.build.site.layout import Layout
from pectin.build.site.model import Kind, Page, Section, Site, Term
from pectin.build.site.names import Names
from pectin.build.site.plan import list_pages
from pectin.build.site.related import RelatedPages

Neighbours = tuple[Page | None, Page | None]


class SiteIndex:
    """Looks things up in one `site`, whose files are named as `layout` says.

    No body has a say in it, so that it holds for as long as the site does.
    """

    def __init__(self, site: Site, layout: Layout) -> None:
        self._site = site
        self._layout = layout
        self._by_head = {section.page: section for section in site.sections.values()}
        self._neighbours: dict[str, dict[Page, Neighbours]] = {}
        self._lists = {page: section.pages for page, section in self._by_head.items()}
        self._terms: dict[Page, dict[str, list[Term]]] = {}
        self._terms_by_slug: dict[tuple[str, str], Term] = {}
        for taxonomy, term in _list_terms(site):
            self._lists[term.page] = term.pages
            self._terms_by_slug[taxonomy, term.slug] = term
            for page in term.pages:
                self._terms.setdefault(page, {}).setdefault(taxonomy, []).append(term)
        self._no_terms: dict[str, list[Term]] = {g.taxonomy.name: [] for g in site.groupings}

    def section_headed_by(self, page: Page) -> Section | None:
        """The section whose own page is `page`, or None."""
        return self._by_head.get(page)

    def pages_of(self, page: Page) -> tuple[Page, ...]:
        """The pages that the list `page` has, in order; none for other kinds."""
        return self._lists.get(page, ())

    def terms_of(self, page: Page) -> Mapping[str, Sequence[Term]]:
        """The terms of `page`, by taxonomy; every taxonomy is there."""
        return {**self._no_terms, **self._terms.get(page, {})}

    def term_at(self, taxonomy: str, slug: str) -> Term | None:
        """The term of `taxonomy` with the slug `slug`, or None."""
        return self._terms_by_slug.get((taxonomy, slug))

    def neighbours_of(self, page: Page) -> Neighbours:
        """The previous and the next page in the section's order."""
        if page.kind is not Kind.PAGE or page.section is None:
            return (None, None)
        known = self._neighbours.get(page.section)
        if known is None:
            known = _pair_neighbours(self._site.sections[page.section])
            self._neighbours[page.section] = known
        return known[page]

    def pages_with_file(self, path: str) -> Sequence[Page]:
        """The pages that would have the file with the decoded `path`; all but the first lose it."""
        return self._by_file.get(path, ())

    def related_to(self, page: Page) -> Sequence[Page]:
        """The pages that have most in common with `page`, the nearest first."""
        return self._related.of(page)

    @cached_property
    def names(self) -> Names:
        """What wiki links may call pages."""
        strip = self._layout.strip
        pages = {strip(source): page for source, page in self._site.by_source.items()}
        return Names(pages, self._site.hidden)

    @cached_property
    def _by_file(self) -> Mapping[str, Sequence[Page]]:
        found: dict[str, list[Page]] = {}
        for page in (*list_pages(self._site), self._site.not_found):
            found.setdefault(page.path, []).append(page)
        return found

    @cached_property
    def _related(self) -> RelatedPages:
        return RelatedPages(self._site.pages, self._site.config)


def _list_terms(site: Site) -> Iterator[tuple[str, Term]]:
    """All terms of `site`, each with the name of its taxonomy."""
    return (
        (grouping.taxonomy.name, term) for grouping in site.groupings for term in grouping.terms
    )


def _pair_neighbours(section: Section) -> dict[Page, Neighbours]:
    """The previous and the next of each page: by date, next is the newer; else the one that follows."""
    pages = section.pages
    if section.is_by_date:
        pages = pages[::-1]
    before: tuple[Page | None, ...] = (None, *pages[:-1])
    after: tuple[Page | None, ...] = (*pages[1:], None)
    return {page: (b, a) for page, b, a in zip(pages, before, after, strict=True)}
