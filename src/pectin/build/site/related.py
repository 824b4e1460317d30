"""Related pages: those with most in common, by the weights of `[related]`.

An inverted index has the pages of each value. Of a value that many pages have, only those nearest
in time are candidates, so that the work for one page does not grow with the site.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pectin.build.configuration.model import Config, Related
from pectin.build.dates import day_of
from pectin.build.site.model import Page
from pectin.build.slugs import slugify

_REACH = 50
"""How many pages before and behind a page are candidates for one value."""

_YEAR = 365
_DATE = "date"

Value = tuple[str, str]
"""A name of `[related.weights]`, and the slug of one value that pages have for it."""


class RelatedPages:
    """The related pages of each of `pages`, which are the newest first."""

    def __init__(self, pages: Sequence[Page], config: Config) -> None:
        self._pages = pages
        self._ranks = {page: rank for rank, page in enumerate(pages)}
        self._chosen = config.related
        self._taxonomies = frozenset(taxonomy.name for taxonomy in config.taxonomies)
        self._weights = _list_weights(config.related, self._taxonomies)
        self._values = [tuple(self._list_values(page)) for page in pages]
        self._members: dict[Value, list[int]] = {}
        for rank, values in enumerate(self._values):
            for value in values:
                self._members.setdefault(value, []).append(rank)
        self._places = {
            value: {rank: place for place, rank in enumerate(members)}
            for value, members in self._members.items()
        }

    def of(self, page: Page) -> tuple[Page, ...]:
        """The pages that have most in common with `page`, the nearest first; none for lists.

        Of two that have as much, the one that is nearer in time comes first, then the newer.
        """
        own = self._ranks.get(page)
        if own is None:
            return ()
        scores = self._score(own)
        limit = self._chosen.threshold
        ranked = sorted(
            (rank for rank, score in scores.items() if score >= limit),
            key=lambda rank: (-scores[rank], abs(rank - own), rank),
        )
        return tuple(self._pages[rank] for rank in ranked[: self._chosen.limit])

    def _score(self, own: int) -> dict[int, int]:
        """What each candidate has in common with the page of rank `own`, in weight."""
        values = self._values[own]
        candidates: dict[int, None] = {}
        for value in values:
            candidates.update(dict.fromkeys(self._list_near(value, own)))
        return {
            rank: sum(self._weights[value[0]] for value in values if rank in self._places[value])
            + self._score_date(own, rank)
            for rank in candidates
        }

    def _list_near(self, value: Value, own: int) -> Iterator[int]:
        members = self._members[value]
        place = self._places[value][own]
        newer = members[max(place - _REACH, 0) : place] if self._chosen.include_newer else ()
        yield from newer
        yield from members[place + 1 : place + 1 + _REACH]

    def _score_date(self, own: int, other: int) -> int:
        """The whole weight of `date` on one day, half of it a year apart, and so on."""
        weight = self._weights.get(_DATE, 0)
        days = [_day(self._pages[own]), _day(self._pages[other])]
        if not weight or days[0] is None or days[1] is None:
            return 0
        return weight * _YEAR // (_YEAR + abs((days[0] - days[1]).days))

    def _list_values(self, page: Page) -> Iterator[Value]:
        front_matter = page.front_matter
        for name in self._weights:
            if name == _DATE:
                continue
            written = (
                front_matter.taxonomies.get(name)
                if name in self._taxonomies
                else front_matter.params.get(name)
            )
            texts = written if isinstance(written, list | tuple) else (written,)
            slugs = (slugify(str(text)) for text in texts if isinstance(text, str | int))
            yield from dict.fromkeys((name, slug) for slug in slugs if slug)


def _list_weights(chosen: Related, taxonomies: frozenset[str]) -> Mapping[str, int]:
    """The weights that are chosen; else of all taxonomies alike, and of a page's `keywords`."""
    if chosen.weights is not None:
        return {name: weight for name, weight in chosen.weights.items() if weight}
    return {**dict.fromkeys(sorted(taxonomies), 80), "keywords": 100, _DATE: 10}


def _day(page: Page) -> date | None:
    written = page.front_matter.date
    return day_of(written) if written else None
