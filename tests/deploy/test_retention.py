"""Which deploys are kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pectin.adapters.memory_store import MemoryStore
from pectin.deploy.model import Changes, Deploy, Provenance
from pectin.deploy.publishing import Published
from pectin.deploy.retention import Retention, gc, plan_retention
from pectin.values.digest import compute_digest
from pectin.values.site import SiteName

PLUM = SiteName("plum")

Publish = Callable[..., Published]


def deploy(letter: str) -> Deploy:
    return Deploy(
        site=PLUM,
        snapshot=compute_digest(letter.encode()),
        created_at=1,
        message="",
        author="",
        changes=Changes(0, 0, 0),
        files=0,
        size=0,
        provenance=Provenance(),
    )


@pytest.mark.parametrize(
    ("newest_first", "live", "keep", "forgotten"),
    [
        ("", "", 3, ""),
        ("CBA", "C", 3, ""),
        ("CBA", "C", 2, "A"),
        ("CBA", "A", 2, ""),
        ("EDCBA", "CE", 1, "DBA"),
        ("EDCBA", "", 0, "EDCBA"),
    ],
)
def test_the_newest_and_the_live_are_kept(
    newest_first: str, live: str, keep: int, forgotten: str
) -> None:
    deploys = [deploy(letter) for letter in newest_first]
    snapshots = {deploy(letter).snapshot for letter in live}
    expected = tuple(deploy(letter) for letter in forgotten)
    assert plan_retention(deploys, snapshots, keep) == expected


def test_each_site_may_keep_its_own_number() -> None:
    retention = Retention(keep=5, sites={PLUM: 2, SiteName("zero"): 0})
    assert retention.count(PLUM) == 2
    assert retention.count(SiteName("fig")) == 5
    assert retention.count(SiteName("zero")) == 1


def test_thirty_deploys_are_kept_unless_told_otherwise(
    store: MemoryStore, publish_files: Publish
) -> None:
    for now in range(32):
        publish_files({"/a": b"%d" % now}, now=now)
    assert gc(store, now=32).deploys == 2
    assert len(store.list_deploys(PLUM)) == 30
