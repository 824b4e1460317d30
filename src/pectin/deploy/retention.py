"""Which deploys are kept, and the collection of what is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from pectin.deploy.model import Collected, Deploy
from pectin.deploy.ports import Store
from pectin.values.digest import Digest
from pectin.values.site import SiteName

STALE_AFTER_SECONDS = 24 * 3600
"""How old an upload that was never finished must be to count as abandoned."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How many deploys each site keeps: `keep`, unless `sites` says otherwise."""

    keep: int = 30
    sites: Mapping[SiteName, int] = field(default_factory=dict)

    def count(self, site: SiteName) -> int:
        """How many deploys `site` keeps, at least 1."""
        return max(1, self.sites.get(site, self.keep))


def plan_retention(
    deploys: Sequence[Deploy], live: AbstractSet[Digest], keep: int
) -> tuple[Deploy, ...]:
    """Those of a site's `deploys` (newest first) to forget: all but the first `keep`, and
    never one whose snapshot is in `live`.
    """
    return tuple(deploy for deploy in deploys[keep:] if deploy.snapshot not in live)


def gc(
    store: Store,
    *,
    now: int,
    retention: Retention | None = None,
    stale_after: int = STALE_AFTER_SECONDS,
) -> Collected:
    """What was dropped: deploys beyond `retention`, uploads abandoned for `stale_after` seconds
    before `now` (epoch seconds), and the blobs that nothing reaches any more.
    """
    retention = retention or Retention()
    live: dict[SiteName, set[Digest]] = {}
    for site, _, ref in store.list_refs():
        live.setdefault(site, set()).add(ref.snapshot)
    forget: list[Deploy] = []
    spared = 0
    for site, snapshots in live.items():
        deploys, keep = store.list_deploys(site), retention.count(site)
        forgotten = plan_retention(deploys, snapshots, keep)
        spared += len(deploys[keep:]) - len(forgotten)
        forget += forgotten
    return replace(store.collect(forget, stale_before=now - stale_after), spared=spared)
