"""What of a site is other than in an earlier build, and what is left for the next to compare."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence

from msgspec.structs import replace

from pectin.build.earlier import Earlier, Foundation
from pectin.build.preparation import Preparation
from pectin.build.reach import Reach
from pectin.build.traces.model import compute_print, join_prints
from pectin.values.digest import DIGEST_SIZE

_MOST_CHANGED = 64


def lay_foundation(site: Preparation, reach: Reach) -> Foundation:
    """What a revision of `site`, whose bodies have this `reach`, needs to know of it."""
    return Foundation(_print_structure(site), _join_digests(site), reach)


def renew_foundation(site: Preparation, before: Foundation, changed: Collection[str]) -> Foundation:
    """What a revision needs to know of `site`, which is itself one, of the build that left `before`."""
    digests = bytearray(before.digests)
    for path in changed:
        at = bisect_left(site.structure.files.documents, path) * DIGEST_SIZE
        digests[at : at + DIGEST_SIZE] = site.order.source.digest(path)
    return replace(before, digests=bytes(digests))


def find_changed(site: Preparation, earlier: Earlier) -> list[str] | None:
    """The documents of which nothing but the bodies differ from those of the build `earlier`.

    None when there is another difference, or more of them than a revision is worth; and when
    something is wrong with them, or is wrong that was not.
    """
    before = earlier.foundation
    if before.structure != _print_structure(site):
        return None
    changed = _list_different(site.structure.files.documents, before.digests, _join_digests(site))
    if not set(site.collect_problems()) <= set(earlier.problems):
        return None
    return changed if are_few(changed, earlier) else None


def are_few(changed: Collection[str], earlier: Earlier) -> bool:
    """Whether `changed` are no more than a revision is worth, and nothing was wrong with them."""
    flawed = {problem.place.file for problem in earlier.problems if problem.place}
    return len(changed) <= _MOST_CHANGED and flawed.isdisjoint(changed)


def _print_structure(site: Preparation) -> bytes:
    source, heads = site.order.source, site.structure.sites.heads
    paths = source.paths()
    prints = [heads[path].print if path in heads else source.digest(path) for path in paths]
    return compute_print(*paths, join_prints(prints), repr(site.order.options))


def _join_digests(site: Preparation) -> bytes:
    return b"".join([site.order.source.digest(path) for path in site.structure.files.documents])


def _list_different(documents: Sequence[str], before: bytes, now: bytes) -> list[str]:
    return [
        path
        for number, path in enumerate(documents)
        for at in (number * DIGEST_SIZE,)
        if before[at : at + DIGEST_SIZE] != now[at : at + DIGEST_SIZE]
    ]
