"""Verifying a store; damaged bytes are for the adapters' own tests to make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from pectin.adapters.memory_store import MemoryStore
from pectin.deploy.errors import BlobMissing
from pectin.deploy.model import Deploy, Provenance
from pectin.deploy.publishing import Published, publish
from pectin.deploy.staging import Staging
from pectin.deploy.verification import verify
from pectin.values.digest import Digest, compute_digest
from pectin.values.output import OutputFile
from pectin.values.rules import Rules
from pectin.values.site import SiteName

PLUM = SiteName("plum")

Publish = Callable[..., Published]


class LossyStore(MemoryStore):
    """Has forgotten the blobs `lost`, and with `unrecorded` every record of a deploy."""

    lost: frozenset[Digest] = frozenset()
    unrecorded = False

    def missing(self, digests: Iterable[Digest]) -> set[Digest]:
        asked = set(digests)
        return super().missing(asked) | (asked & self.lost)

    def get(self, digest: Digest) -> bytes:
        if digest in self.lost:
            raise BlobMissing(digest)
        return super().get(digest)

    def find_deploy(self, site: SiteName, prefix: str) -> Deploy | None:
        return None if self.unrecorded else super().find_deploy(site, prefix)


def publish_into(store: LossyStore, files: Mapping[str, bytes], now: int) -> Deploy:
    staging = Staging(store, PLUM, now)
    for path, body in files.items():
        staging.add(OutputFile(path, body, "text/plain"))
    sealed = staging.seal(Rules())
    published = publish(
        store, sealed, message="", author="", provenance=Provenance(), domains=(), now=now
    )
    return published.deploy


def make_store(files: Mapping[str, bytes] | None = None) -> tuple[LossyStore, Deploy]:
    store = LossyStore()
    return store, publish_into(store, files or {"/a": b"page"}, now=1)


def test_a_whole_store_has_no_problems(store: MemoryStore, publish_files: Publish) -> None:
    publish_files({"/a": b"12345", "/b": b"1"}, now=1)
    publish_files({"/a": b"12345", "/b": b"2"}, now=2)
    found = verify(store)
    assert found.problems == ()
    assert found.blobs == 7
    assert found.bytes == sum(len(store.get(digest)) for digest in store.digests())


def test_an_empty_store_is_whole() -> None:
    assert verify(MemoryStore()).problems == ()


def test_a_page_that_is_lost_is_told_with_its_site_and_path() -> None:
    store, _ = make_store()
    store.lost = frozenset({compute_digest(b"page")})
    (problem,) = verify(store).problems
    assert problem.code == "blob-missing"
    assert compute_digest(b"page").hex() in problem.message
    assert problem.notes == ("plum needs it (live) for /a",)
    assert problem.hint == "publish the same source again, which puts it back"


def test_a_root_that_is_lost_is_told_once() -> None:
    store, deploy = make_store()
    store.lost = frozenset({deploy.snapshot})
    (problem,) = verify(store).problems
    assert problem.code == "blob-missing"
    assert problem.notes == (f"plum needs it (live) for the file list of deploy {deploy.id}",)


def test_a_blob_of_many_paths_and_deploys_is_told_once_with_a_few_of_them() -> None:
    store, _ = make_store({f"/{number}": b"page" for number in range(5)})
    publish_into(store, {"/6": b"page"}, now=2)
    store.lost = frozenset({compute_digest(b"page")})
    (problem,) = verify(store).problems
    assert problem.notes == ("plum needs it (live) for /0, /1, /2 and 3 more",)


def test_a_blob_of_an_earlier_deploy_may_be_forgotten_with_it() -> None:
    store, _ = make_store()
    publish_into(store, {"/b": b"other"}, now=2)
    store.lost = frozenset({compute_digest(b"page")})
    (problem,) = verify(store).problems
    assert problem.notes == ("plum needs it (in an earlier deploy) for /a",)
    assert "pectin gc --keep" in problem.hint


def test_a_ref_to_a_deploy_without_a_record_is_told() -> None:
    store, deploy = make_store()
    store.unrecorded = True
    (problem,) = verify(store).problems
    assert problem.code == "deploy-missing"
    assert deploy.id in problem.message


def test_progress_is_told_on_the_way(store: MemoryStore, publish_files: Publish) -> None:
    publish_files({f"/{number}": b"%d" % number for number in range(2500)})
    told: list[int] = []
    verify(store, progress=told.append)
    assert told == [1000, 2000]
