"""Related pages: those with most in common, by the weights of `[related]`.

An inverted index has the pages of each value. Of a value that many pages have, only those nearest
in time are candidates, so that the work for one page does not grow with the site.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from pectin.build.configuration.model import Config, Related
from pectin.build.dates import day_of
from pectin.build.site.model import Page
from pectin.build.slugs import slugify

_REACH = 30
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
        self._days = [_day(page) for page in pages]
        self._chosen = config.related
        self._taxonomies = frozenset(taxonomy.name for taxonomy in config.taxonomies)
        self._weights = _list_weights(config.related, self._taxonomies)
        self._values = [tuple(self._list_values(page)) for page in pages]
        self._members: dict[Value, list[int]] = {}
        for rank, values in enumerate(self._values):
            for value in values:
                self._members.setdefault(value, []).append(rank)
        self._among = {value: frozenset(members) for value, members in self._members.items()}

    def of(self, page: Page) -> tuple[Page, ...]:
        """The pages that have most in common with `page`, the nearest first; none for lists.

        Of two that have as much, the one that is nearer in time comes first, then the newer.
        """
        own = self._ranks.get(page)
        if own is None:
            return ()
        scores = {rank: score + self._score_date(own, rank) for rank, score in self._list_best(own)}
        ranked = sorted(
            (rank for rank, score in scores.items() if score >= self._chosen.threshold),
            key=lambda rank: (-scores[rank], abs(rank - own), rank),
        )
        return tuple(self._pages[rank] for rank in ranked[: self._chosen.limit])

    def _list_best(self, own: int) -> Iterator[tuple[int, int]]:
        """At least those that can be the best, each with what it shares with `own`, in weight.

        Of those that share as much no more than are wanted can be chosen on either side in time; and
        none of those that share so much less that its date cannot make up for it.
        """
        limit, most_by_date = self._chosen.limit, self._weights.get(_DATE, 0)
        found = 0
        enough: int | None = None
        for score, ranks in sorted(self._score(own).items(), reverse=True):
            if enough is not None and score + most_by_date < enough:
                return
            ranks.sort()
            place = bisect_left(ranks, own)
            for rank in ranks[max(place - limit, 0) : place + limit]:
                found += 1
                yield rank, score
            if enough is None and found >= limit:
                enough = score

    def _score(self, own: int) -> dict[int, list[int]]:
        """The candidates by what they share with `own`, in weight, without their dates."""
        values = self._values[own]
        near: set[int] = set()
        for value in values:
            near.update(self._list_near(value, own))
        counts: dict[int, Counter[int]] = {}
        for value in values:
            shared = counts.setdefault(self._weights[value[0]], Counter())
            shared.update(near & self._among[value])
        scores: dict[int, int] = {}
        for weight, shared in counts.items():
            for rank, count in shared.items():
                scores[rank] = scores.get(rank, 0) + weight * count
        by_score: dict[int, list[int]] = {}
        for rank, score in scores.items():
            by_score.setdefault(score, []).append(rank)
        return by_score

    def _list_near(self, value: Value, own: int) -> Iterator[int]:
        members = self._members[value]
        place = bisect_left(members, own)
        newer = members[max(place - _REACH, 0) : place] if self._chosen.include_newer else ()
        return chain(newer, members[place + 1 : place + 1 + _REACH])

    def _score_date(self, own: int, other: int) -> int:
        """The whole weight of `date` on one day, half of it a year apart, and so on."""
        weight = self._weights.get(_DATE, 0)
        one, two = self._days[own], self._days[other]
        if not weight or one is None or two is None:
            return 0
        return weight * _YEAR // (_YEAR + abs(one - two))

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


def _day(page: Page) -> int | None:
    written = page.front_matter.date
    return day_of(written).toordinal() if written else None
