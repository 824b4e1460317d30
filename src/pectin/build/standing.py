"""A site that stays prepared between the builds of one process."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from pectin.build.building import Building
from pectin.build.content.documents import Documents
from pectin.build.heads import read_head
from pectin.build.order import Order
from pectin.build.preparation import Preparation, make_reading


class Standing:
    """Has what a build prepared, so that a revision of it costs what changed, not what is there."""

    def __init__(self) -> None:
        self._site: Preparation | None = None

    def keep(self, site: Preparation) -> None:
        """Let `site`, which was built, stand for the next build."""
        self._site = site

    def renew(self, order: Order, changed: Collection[str]) -> Preparation | None:
        """The site prepared for `order`, in whose source nothing but the files `changed` are others.

        None when none stands, and when more than the bodies of documents changed: then it is another site.
        What was renewed stands no longer, until it is kept.
        """
        site, self._site = self._site, None
        # The bodies of pages that are made of data are no files.
        if site is None or site.made is not None or not _is_alike(order, site.order):
            return None
        documents = Documents(order.source)
        if not all(_has_same_head(site, order, documents, path) for path in changed):
            return None
        building = Building(order.source, documents, site.structure, site.problems, order)
        return replace(site, order=order, building=building)


def _is_alike(order: Order, other: Order) -> bool:
    return (order.today, order.options, order.theme) == (other.today, other.options, other.theme)


def _has_same_head(site: Preparation, order: Order, documents: Documents, path: str) -> bool:
    known = site.read.get(path)
    if known is None:
        return False
    head, problems = read_head(make_reading(order.source, documents, site.config), path)
    return not problems and (head.print, head.body_start) == (known.print, known.body_start)
