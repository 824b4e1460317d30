"""Which blobs a snapshot needs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pectin.adapters.memory_store import MemoryStore
from pectin.deploy.errors import BlobMissing
from pectin.deploy.reachability import find_immutable, reach, reach_since
from pectin.deploy.staging import Sealed, Staging
from pectin.values.digest import compute_digest
from pectin.values.output import OutputFile
from pectin.values.rules import Rules
from pectin.values.site import SiteName

Stage = Callable[..., Sealed]


def test_a_snapshot_reaches_its_root_its_shards_and_its_pages(
    store: MemoryStore, stage: Stage
) -> None:
    sealed = stage({f"/{number}": b"%d" % number for number in range(1500)})
    pages = {compute_digest(b"%d" % number) for number in range(1500)}
    expected = pages | {sealed.snapshot_id, *sealed.snapshot.shards}
    assert reach(store, [sealed.snapshot_id]) == expected
    assert reach(store, []) == set()


def test_a_page_with_the_bytes_of_a_shard_hides_nothing(store: MemoryStore, stage: Stage) -> None:
    """Else a page could be made that lets gc take another site's pages."""
    victim = stage({"/a": b"victim"})
    (shard,) = victim.snapshot.shards
    attacker = stage({"/a": store.get(shard), "/b": store.get(victim.snapshot_id)})
    reached = reach(store, [attacker.snapshot_id, victim.snapshot_id])
    assert compute_digest(b"victim") in reached


def test_only_what_is_new_since_a_snapshot_is_reached(store: MemoryStore, stage: Stage) -> None:
    files = {f"/{number}": b"%d" % number for number in range(3000)}
    before = stage(files).snapshot_id
    after = stage(files | {"/7": b"edited"}).snapshot_id
    since = set(reach_since(store, before, after))
    assert compute_digest(b"edited") in since
    assert len(since) < 1500
    assert list(reach_since(store, after, after)) == []
    assert set(reach_since(store, None, before)) == {compute_digest(b) for b in files.values()}


def test_a_lost_snapshot_hides_nothing_of_the_next(store: MemoryStore, stage: Stage) -> None:
    after = stage({"/a": b"1"}).snapshot_id
    lost = compute_digest(b"lost")
    assert set(reach_since(store, lost, after)) == {compute_digest(b"1")}
    with pytest.raises(BlobMissing):
        list(reach_since(store, None, lost))


def test_immutable_entries_are_found(store: MemoryStore) -> None:
    staging = Staging(store, SiteName("plum"), 1)
    staging.add(OutputFile("/a.1f2e.js", b"1", "text/javascript", immutable=True))
    staging.add(OutputFile("/a", b"2", "text/html"))
    snapshot_id = staging.seal(Rules()).snapshot_id
    assert [path for path, _ in find_immutable(store, snapshot_id)] == ["/a.1f2e.js"]
