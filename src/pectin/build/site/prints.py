"""Fingerprints of pages: of everything that can be told of one without asking further."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pectin.build.site.model import Feed, MenuEntry, Page, Site, Term
from pectin.build.traces.model import NOTHING, compute_print, join_prints


class PagePrints:
    """The fingerprint of each page of a site."""

    def __init__(self) -> None:
        self._known: dict[Page, bytes] = {}

    def of(self, page: Page | None) -> bytes:
        """The fingerprint of `page`; NOTHING of None."""
        if page is None:
            return NOTHING
        found = self._known.get(page)
        return found or self._known.setdefault(page, _print_page(page))

    def of_all(self, pages: Iterable[Page | None]) -> bytes:
        """One fingerprint for `pages`, in their order."""
        return join_prints(map(self.of, pages))

    def of_terms(self, terms: Mapping[str, Iterable[Term]]) -> bytes:
        """One fingerprint for terms by taxonomy, with how many pages each has."""
        parts = [
            part
            for name, some in terms.items()
            for term in some
            for part in (name, term.name, term.slug, term.page.url, str(len(term.pages)))
        ]
        return compute_print(list(terms), *parts)


def print_menus(menus: Mapping[str, Iterable[MenuEntry]]) -> bytes:
    """One fingerprint for `menus`, without what is told of the pages that they lead to."""
    return compute_print(*(part for name, some in menus.items() for part in (name, repr(some))))


def print_feeds(feeds: Iterable[Feed]) -> bytes:
    """One fingerprint for `feeds`."""
    return compute_print(
        *(part for feed in feeds for part in (feed.title, feed.url, feed.media_type))
    )


def print_languages(languages: Mapping[str, Site]) -> bytes:
    """One fingerprint for what is told of each language."""
    return compute_print(
        *(
            part
            for code, site in languages.items()
            for language in (site.language,)
            for part in (code, language.label, language.direction, site.config.title)
        ),
        *(site.home.page.url for site in languages.values()),
    )


def _print_page(page: Page) -> bytes:
    resources = [part for file in page.resources for part in (file.name, file.source, file.path)]
    return compute_print(
        page.kind,
        page.title,
        page.url,
        page.path,
        page.slug,
        page.source,
        page.section,
        page.folder,
        page.paginate_by,
        page.feed,
        page.language,
        page.original.url if page.original else "",
        # A folder without an `_index.md` has defaults too.
        page.head.print if page.head else repr(page.front_matter),
        *resources,
        page.committed.isoformat() if page.committed else "",
        *(part for output in page.outputs for part in (repr(output.format), output.url)),
    )
