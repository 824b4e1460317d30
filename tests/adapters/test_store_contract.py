"""What every Store promises, whatever it is made of."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import BinaryIO

import pytest

from pectin.deploy.errors import (
    BlobMissing,
    BodyChanged,
    DomainTaken,
    RefMoved,
    StageEnded,
)
from pectin.deploy.model import Changes, Move, MoveKind, Ref
from pectin.deploy.ports import Store
from pectin.deploy.publishing import Published
from pectin.deploy.reachability import reach_since
from pectin.deploy.retention import Retention, gc
from pectin.deploy.rollback import rollback
from pectin.deploy.verification import verify
from pectin.values.digest import Digest, compute_digest
from pectin.values.errors import PectinError
from pectin.values.site import PRODUCTION, RefName, SiteName

Publish = Callable[..., Published]

PLUM = SiteName("plum")
FIG = SiteName("fig")
ABSENT = compute_digest(b"never put")
LARGE = b"jam" * 500_000


@dataclass(frozen=True)
class Body:
    """A Stream whose first and later readings may differ, as a file that is written to."""

    body: bytes

    @property
    def size(self) -> int:
        return len(self.body)

    def open(self) -> BinaryIO:
        return io.BytesIO(self.body)


def put(store: Store, *bodies: bytes) -> list[Digest]:
    stage = store.open_stage(PLUM, 1)
    digests = [compute_digest(body) for body in bodies]
    store.put(stage, list(zip(digests, bodies, strict=True)))
    return digests


def read_whole(store: Store, digest: Digest) -> bytes:
    body = store.open(digest)
    if isinstance(body, bytes):
        return body
    with body.open() as reader:
        return reader.read()


# Blobs


@pytest.mark.parametrize(
    "body", [b"", b"a", b"x" * 5000, LARGE], ids=["empty", "tiny", "page", "large"]
)
def test_what_was_put_is_there_as_it_was(store: Store, body: bytes) -> None:
    (digest,) = put(store, body)
    assert store.get(digest) == body
    assert read_whole(store, digest) == body
    assert store.missing([digest, ABSENT]) == {ABSENT}


@pytest.mark.parametrize("body", [b"small", LARGE], ids=["small", "large"])
def test_a_stream_is_stored_like_bytes(store: Store, body: bytes) -> None:
    digest = compute_digest(body)
    stage = store.open_stage(PLUM, 1)
    assert store.put(stage, [(digest, Body(body))]) == 1
    assert store.put(stage, [(digest, body)]) == 0
    assert store.get(digest) == body
    assert list(store.digests()) == [digest]


@pytest.mark.parametrize("body", [b"small", LARGE], ids=["small", "large"])
def test_a_stream_that_changed_since_it_was_hashed_is_refused(store: Store, body: bytes) -> None:
    stage = store.open_stage(PLUM, 1)
    with pytest.raises(BodyChanged):
        store.put(stage, [(ABSENT, Body(body))])
    assert list(store.digests()) == []


def test_a_blob_that_is_not_there_is_an_error(store: Store) -> None:
    with pytest.raises(BlobMissing):
        store.get(ABSENT)
    with pytest.raises(BlobMissing):
        store.open(ABSENT)


def test_only_new_blobs_are_counted(store: Store) -> None:
    stage = store.open_stage(PLUM, 1)
    blobs = [(compute_digest(body), body) for body in (b"a", b"b", LARGE)]
    assert store.put(stage, blobs[:2]) == 2
    assert store.put(stage, blobs) == 1


def test_what_is_asked_for_may_come_out_of_the_store_itself(
    store: Store, publish_files: Publish
) -> None:
    deploy = publish_files(store, {"/a": b"1"}).deploy
    assert store.missing(reach_since(store, None, deploy.snapshot)) == set()
    for digest in store.digests():
        assert store.missing(other for other in store.digests() if other != digest) == set()


def test_blobs_are_listed_in_order(store: Store) -> None:
    digests = put(store, LARGE, LARGE + b"!", *(b"%d" % number for number in range(2500)))
    assert list(store.digests()) == sorted(digests)


def test_of_two_variants_the_first_stays(store: Store) -> None:
    (digest,) = put(store, b"body")
    assert store.get_variant(digest, "br") is None
    store.put_variant(digest, "br", b"first")
    store.put_variant(digest, "br", b"second")
    store.put_variant(digest, "gzip", b"")
    assert store.get_variant(digest, "br") == b"first"
    assert store.get_variant(digest, "gzip") == b""
    assert list(store.list_variants()) == [(digest, "br"), (digest, "gzip")]


def test_a_variant_of_a_blob_that_is_not_there_is_not_kept(store: Store) -> None:
    store.put_variant(ABSENT, "br", b"body")
    assert store.get_variant(ABSENT, "br") is None


def test_a_stage_that_ended_takes_no_more(store: Store) -> None:
    stage = store.open_stage(PLUM, 1)
    store.close_stage(stage)
    store.close_stage(stage)
    with pytest.raises(StageEnded):
        store.put(stage, [(compute_digest(b"a"), b"a")])
    assert list(store.digests()) == []


# Refs


def test_a_ref_points_where_it_was_moved(store: Store, publish_files: Publish) -> None:
    assert store.read(PLUM, PRODUCTION) is None
    published = publish_files(store, {"/a": b"1"}, now=7)
    assert store.read(PLUM, PRODUCTION) == Ref(published.deploy.snapshot, 7)
    assert store.read(PLUM, RefName("branch/main")) is None
    assert store.read(FIG, PRODUCTION) is None


def test_a_move_from_where_the_ref_is_not_is_told(store: Store, publish_files: Publish) -> None:
    first = publish_files(store, {"/a": b"1"}, now=1).deploy
    second = publish_files(store, {"/a": b"2"}, now=2).deploy
    move = Move(PRODUCTION, MoveKind.ROLLBACK, first.snapshot, first.snapshot, 9, "bob")
    with pytest.raises(RefMoved) as told:
        store.move(move, first)
    assert told.value.found == Ref(second.snapshot, 2)
    with pytest.raises(RefMoved):
        store.move(replace(move, before=None), first)
    assert store.read(PLUM, PRODUCTION) == Ref(second.snapshot, 2)
    assert len(store.list_moves(PLUM)) == 2


def test_a_snapshot_without_its_root_cannot_go_live(store: Store, publish_files: Publish) -> None:
    deploy = publish_files(store, {"/a": b"1"}, site="fig").deploy
    move = Move(PRODUCTION, MoveKind.PUBLISH, None, ABSENT, 9, "bob")
    with pytest.raises(BlobMissing):
        store.move(move, replace(deploy, site=PLUM, snapshot=ABSENT))
    assert store.read(PLUM, PRODUCTION) is None
    assert store.list_deploys(PLUM) == []


def test_refs_are_listed_by_name(store: Store, publish_files: Publish) -> None:
    publish_files(store, {"/a": b"1"}, site="plum")
    publish_files(store, {"/a": b"2"}, site="plum-b")
    publish_files(store, {"/a": b"3"}, site="plum", ref=RefName("branch/main"))
    names = [(site, ref) for site, ref, _ in store.list_refs()]
    assert names == [("plum", "branch/main"), ("plum", "production"), ("plum-b", "production")]


def test_a_published_domain_leads_to_its_site(store: Store, publish_files: Publish) -> None:
    publish_files(store, {"/a": b"1"}, now=1, domains=("plum.example", "www.plum.example"))
    assert store.read_domain("www.plum.example") == PLUM
    publish_files(store, {"/a": b"1"}, now=2, domains=("plum.example",))
    assert store.read_domain("www.plum.example") is None
    assert store.list_domains(PLUM) == ["plum.example"]


def test_a_domain_has_one_site(store: Store, publish_files: Publish) -> None:
    publish_files(store, {"/a": b"1"}, site="plum", domains=("plum.example",))
    with pytest.raises(DomainTaken) as told:
        publish_files(store, {"/a": b"1"}, site="fig", domains=("fig.example", "plum.example"))
    assert told.value.owner == PLUM
    assert store.read(FIG, PRODUCTION) is None
    assert store.list_domains(FIG) == []


@pytest.mark.parametrize("host", ["", "x" * 70_000, "\udcff", "a\0b"])
def test_a_host_that_no_site_can_have_is_only_not_found(store: Store, host: str) -> None:
    assert store.read_domain(host) is None


@pytest.mark.parametrize("path", ["", "/" * 70_000, "/\udcff", "/a\0b"])
def test_a_path_that_no_file_can_have_is_only_not_found(store: Store, path: str) -> None:
    assert store.find_retained(PLUM, path) is None


# Deploys


def test_deploys_and_moves_are_listed_newest_first(store: Store, publish_files: Publish) -> None:
    files = {"/a": b"1", "/b": b"1", "/c": b"1"}
    first = publish_files(store, files, now=1).deploy
    second = publish_files(store, {"/a": b"1", "/b": b"2", "/d": b"2"}, now=2).deploy
    publish_files(store, {"/a": b"1"}, now=3, site="fig")
    assert store.list_deploys(PLUM) == [second, first]
    assert second.changes == Changes(added=1, changed=1, removed=1)
    assert [(move.before, move.after) for move in store.list_moves(PLUM)] == [
        (first.snapshot, second.snapshot),
        (None, first.snapshot),
    ]


def test_a_deploy_is_found_by_the_beginning_of_its_id(store: Store, publish_files: Publish) -> None:
    deploys = [publish_files(store, {"/a": b"%d" % now}, now=now).deploy for now in range(1, 40)]
    for deploy in deploys:
        whole = deploy.snapshot.hex()
        assert store.find_deploy(PLUM, whole) == deploy
        assert store.find_deploy(PLUM, deploy.id) == deploy
        for digits in (1, 2, 3, 5):
            same = [other for other in deploys if other.id[:digits] == whole[:digits]]
            assert store.find_deploy(PLUM, whole[:digits]) == (deploy if len(same) == 1 else None)
    assert store.find_deploy(PLUM, "") is None
    assert store.find_deploy(FIG, deploys[0].id) is None


@pytest.mark.parametrize("prefix", ["zz", "AB", "0 ", "f" * 2000, "\udcff", "../"])
def test_a_prefix_that_no_id_can_have_finds_nothing(store: Store, prefix: str) -> None:
    assert store.find_deploy(PLUM, prefix) is None


def test_a_deploy_that_is_published_again_is_not_uploaded_again(
    store: Store, publish_files: Publish
) -> None:
    first = publish_files(store, {"/a": b"1"}, now=1)
    publish_files(store, {"/a": b"2"}, now=2)
    blobs = list(store.digests())
    again = publish_files(store, {"/a": b"1"}, now=3)
    assert not again.unchanged
    assert again.deploy.snapshot == first.deploy.snapshot
    assert list(store.digests()) == blobs
    assert [deploy.created_at for deploy in store.list_deploys(PLUM)] == [3, 2]


def test_immutable_files_of_retained_deploys_stay_answerable(
    store: Store, publish_files: Publish
) -> None:
    """Attack row 39: an old page asks for a script that the new deploy no longer has."""
    publish_files(store, {"/old.js": b"old", "/page": b"1"}, now=1)
    publish_files(store, {"/new.js": b"new", "/page": b"2"}, now=2)
    kept = store.find_retained(PLUM, "/old.js")
    assert kept is not None
    assert store.get(kept.blob) == b"old"
    assert store.find_retained(PLUM, "/page") is None
    assert store.find_retained(FIG, "/old.js") is None
    gc(store, now=3, retention=Retention(keep=1))
    assert store.find_retained(PLUM, "/old.js") is None
    assert store.find_retained(PLUM, "/new.js") is not None
    assert store.missing([kept.blob]) == {kept.blob}


# Garbage


def test_gc_keeps_what_refs_deploys_and_stages_reach(store: Store, publish_files: Publish) -> None:
    publish_files(store, {"/a": b"1", "/large": LARGE}, now=1)
    publish_files(store, {"/a": b"2"}, now=2)
    publish_files(store, {"/a": b"3"}, now=3, ref=RefName("branch/main"))
    (staged,) = put(store, b"under way")
    before = list(store.digests())
    assert gc(store, now=4).blobs == 0
    assert list(store.digests()) == before
    assert staged in before
    assert verify(store).problems == ()


def test_gc_drops_old_deploys_with_their_variants(store: Store, publish_files: Publish) -> None:
    first = publish_files(store, {"/a": b"1", "/large": LARGE}, now=1).deploy
    second = publish_files(store, {"/a": b"2"}, now=2).deploy
    page = compute_digest(b"1")
    store.put_variant(page, "br", b"variant")
    collected = gc(store, now=3, retention=Retention(keep=1))
    assert (collected.deploys, collected.stages, collected.blobs) == (1, 0, 4)
    assert collected.size > len(LARGE)
    assert store.list_deploys(PLUM) == [second]
    assert store.missing([first.snapshot, page, compute_digest(LARGE)]) == {
        first.snapshot,
        page,
        compute_digest(LARGE),
    }
    assert store.get_variant(page, "br") is None
    assert verify(store).problems == ()
    assert gc(store, now=3, retention=Retention(keep=1)).blobs == 0


def test_gc_never_drops_what_is_live(store: Store, publish_files: Publish) -> None:
    first = publish_files(store, {"/a": b"1"}, now=1).deploy
    publish_files(store, {"/a": b"2"}, now=2)
    publish_files(store, {"/a": b"3"}, now=3)
    rollback(store, PLUM, first.id, author="bob", now=4)
    assert store.collect(store.list_deploys(PLUM), stale_before=0).deploys == 2
    assert store.list_deploys(PLUM) == [first]
    assert verify(store).problems == ()


def test_gc_ends_uploads_that_were_abandoned(store: Store) -> None:
    stage = store.open_stage(PLUM, 100)
    store.put(stage, [(compute_digest(b"a"), b"a")])
    assert gc(store, now=200, stale_after=100).stages == 0
    collected = gc(store, now=201, stale_after=100)
    assert (collected.stages, collected.blobs) == (1, 1)
    with pytest.raises(StageEnded):
        store.put(stage, [(compute_digest(b"b"), b"b")])


def test_publishes_at_once_end_with_one_winner_and_the_others_told(
    store: Store, publish_files: Publish
) -> None:
    """Attack row 38: two publishes and a rollback at once."""
    first = publish_files(store, {"/a": b"0"}, now=1).deploy
    publish_files(store, {"/a": b"1"}, now=2)

    def race(number: int) -> str:
        try:
            if number == 0:
                return rollback(store, PLUM, first.id, author="bob", now=9).id
            return str(publish_files(store, {"/a": b"race %d" % number}, now=9).deploy.id)
        except PectinError as error:
            return error.code

    for _ in range(5):
        with ThreadPoolExecutor(6) as pool:
            results = list(pool.map(race, range(6)))
        live = store.read(PLUM, PRODUCTION)
        assert live is not None
        assert live.snapshot.hex()[:12] in results
        assert set(results) - {"ref-moved", "already-live"} <= {
            deploy.id for deploy in store.list_deploys(PLUM)
        }
    moves = store.list_moves(PLUM)
    assert [move.before for move in moves[:-1]] == [move.after for move in moves[1:]]
    assert verify(store).problems == ()


def test_gc_beside_uploads_never_loses_a_page(store: Store, publish_files: Publish) -> None:
    """Attack row 38: a publish that gc was faster than is told, and never goes live with a hole."""

    def upload(number: int) -> None:
        for round_ in range(6):
            files = {f"/{number}": b"%d" % round_, "/common": b"%d" % (round_ % 2)}
            try:
                publish_files(store, files, now=round_, site=f"site-{number}")
            except BlobMissing:
                continue

    def sweep(_: int) -> None:
        for now in range(12):
            gc(store, now=now, retention=Retention(keep=1))

    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(upload, number) for number in range(3)] + [pool.submit(sweep, 0)]
    for job in jobs:
        job.result()
    assert verify(store).problems == ()
