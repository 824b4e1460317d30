"""What a sitemap says of the pages of a site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pectin.build.dates import moment_of
from pectin.build.output.sitemap import Location
from pectin.build.site.model import Page
from pectin.build.site.plan import list_pages, owner_of
from pectin.build.site.structure import Structure


def list_locations(structure: Structure, origin: str) -> list[Location]:
    """Where the pages of a site are below `origin`, in order, without those that only stand in for others."""
    changes = _Changes(structure)
    translations = structure.sites.translations
    return sorted(
        (
            Location(
                origin + page.url,
                changes.find_newest(page),
                [(other.language, origin + other.url) for other in translations.get(page, ())],
            )
            for page in _list_own(structure)
        ),
        key=lambda location: location.url,
    )


def _list_own(structure: Structure) -> Iterator[Page]:
    for site in structure.sites.by_language.values():
        for page in list_pages(site):
            is_published = structure.claims.owner_of(page.path) == owner_of(page)
            if page.has_html and not page.stands_in_for and is_published:
                yield page


class _Changes:
    """When pages were changed last. A page is in many lists, so that its moment is remembered."""

    def __init__(self, structure: Structure) -> None:
        self._indices = structure.indices
        self._known: dict[Page, datetime | None] = {}

    def find_newest(self, page: Page) -> datetime | None:
        """When `page`, or one that it lists, was changed last; None where no date is known."""
        listed = self._indices[page.language].pages_of(page)
        return max(filter(None, map(self._find, (page, *listed))), default=None)

    def _find(self, page: Page) -> datetime | None:
        if page not in self._known:
            self._known[page] = moment_of(page.lastmod) if page.lastmod else None
        return self._known[page]
