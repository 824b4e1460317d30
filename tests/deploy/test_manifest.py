"""Looking up and comparing snapshots."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pectin.adapters.memory_store import MemoryStore
from pectin.deploy.errors import BadManifest, BlobMissing
from pectin.deploy.manifest import Diff, Manifest, SnapshotFiles, diff
from pectin.deploy.staging import Sealed, Staging
from pectin.edge.model import Files
from pectin.values.digest import Digest, compute_digest
from pectin.values.output import OutputFile
from pectin.values.rules import Redirect, Rules
from pectin.values.site import SiteName
from pectin.values.snapshot import Entry

PLUM = SiteName("plum")

Stage = Callable[..., Sealed]

sites = st.dictionaries(st.integers(0, 60), st.binary(max_size=1))


class ReadCounter:
    """Counts what is read of a store."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store
        self.reads: list[Digest] = []

    def get(self, digest: Digest) -> bytes:
        self.reads.append(digest)
        return self.store.get(digest)


def seal(store: MemoryStore, files: dict[int, bytes], more: int = 0) -> Digest:
    staging = Staging(store, PLUM, 1)
    for number, body in files.items():
        staging.add(OutputFile(f"/{number}", body, "text/plain"))
    for number in range(more):
        staging.add(OutputFile(f"/more/{number}", b"", "text/plain"))
    return staging.seal(Rules()).snapshot_id


@settings(max_examples=40)
@given(sites, sites, st.sampled_from([(0, 0), (1001, 1001), (0, 2001), (1001, 0)]))
def test_a_diff_agrees_with_dicts(
    before: dict[int, bytes], after: dict[int, bytes], more: tuple[int, int]
) -> None:
    store = MemoryStore()
    old, new = (
        {f"/{number}": body for number, body in files.items()}
        | {f"/more/{number}": b"" for number in range(count)}
        for files, count in zip((before, after), more, strict=True)
    )
    ids = seal(store, before, more[0]), seal(store, after, more[1])
    assert diff(store, *ids) == Diff(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(path for path in new.keys() & old.keys() if new[path] != old[path])),
        removed=tuple(sorted(old.keys() - new.keys())),
    )


def test_a_diff_with_nothing_has_all_paths_added(store: MemoryStore, stage: Stage) -> None:
    after = stage({"/b": b"1", "/a": b"2"}).snapshot_id
    assert diff(store, None, after) == Diff(("/a", "/b"), (), ())


def test_a_diff_reads_only_shards_that_differ(store: MemoryStore, stage: Stage) -> None:
    files = {f"/{number}": b"1" for number in range(5000)}
    before = stage(files).snapshot_id
    after = stage(files | {"/7": b"2"}).snapshot_id
    counter = ReadCounter(store)
    assert diff(counter, before, after) == Diff((), ("/7",), ())
    assert len(counter.reads) == 4


def test_shards_are_read_when_asked_for_and_once(store: MemoryStore, stage: Stage) -> None:
    snapshot_id = stage({f"/{number}": b"1" for number in range(5000)}).snapshot_id
    counter = ReadCounter(store)
    manifest = Manifest(counter, snapshot_id)
    assert counter.reads == [snapshot_id]
    for _ in range(3):
        assert manifest.find("/7") is not None
    assert len(counter.reads) == 2


def test_a_manifest_holds_only_so_many_shards(store: MemoryStore, stage: Stage) -> None:
    sealed = stage({f"/{number}": b"1" for number in range(3000)})
    assert len(sealed.snapshot.shards) == 4
    counter = ReadCounter(store)
    manifest = Manifest(counter, sealed.snapshot_id, held_shards=1)
    for _ in range(2):
        assert all(manifest.find(f"/{number}") for number in range(20))
    assert len(counter.reads) > 10


def test_files_of_a_snapshot_answer_for_their_site(store: MemoryStore) -> None:
    staging = Staging(store, PLUM, 1)
    staging.add(OutputFile("/a", b"1", "text/plain"))
    rules = Rules((Redirect("/old", "/a"),))
    files = SnapshotFiles(store, PLUM, staging.seal(rules).snapshot_id)
    port: Files = files
    assert port.find("/a") == Entry(compute_digest(b"1"), 1, "text/plain")
    assert files.find("/b") is None
    assert files.find_retained("/a") is None
    assert files.rules == rules
    assert files.snapshot.files == 1


def test_what_is_not_there_or_no_manifest_is_an_error(store: MemoryStore) -> None:
    with pytest.raises(BlobMissing):
        Manifest(store, compute_digest(b"absent"))
    stage = store.open_stage(PLUM, 1)
    store.put(stage, [(compute_digest(b"page"), b"page")])
    with pytest.raises(BadManifest):
        Manifest(store, compute_digest(b"page"))
