"""Publishing: what goes live, what is written for it, and what a loser is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pectin.adapters.memory_store import MemoryStore
from pectin.deploy.errors import BlobMissing, DomainTaken, RefMoved
from pectin.deploy.model import Changes, MoveKind, Provenance, Ref
from pectin.deploy.publishing import Published, plan_time, publish
from pectin.deploy.staging import Sealed, Staging
from pectin.values.digest import Digest, compute_digest
from pectin.values.rules import Redirect, Rules
from pectin.values.site import PRODUCTION, RefName, SiteName

PLUM = SiteName("plum")
PREVIEW = RefName("preview/42")

Stage = Callable[..., Sealed]
Publish = Callable[..., Published]
Batch = list[tuple[Digest, int]]


def go_live(store: MemoryStore, sealed: Sealed, *domains: str) -> Published:
    return publish(
        store,
        sealed,
        message="m",
        author="anna",
        provenance=Provenance(),
        domains=domains,
        now=5,
    )


def test_a_published_deploy_is_live_and_on_record(
    store: MemoryStore, publish_files: Publish
) -> None:
    published = publish_files({"/a": b"one", "/b": b"three"}, now=7)
    deploy = published.deploy
    assert not published.unchanged
    assert store.read(PLUM, PRODUCTION) == Ref(deploy.snapshot, 7)
    assert store.find_deploy(PLUM, deploy.id) == deploy
    assert (deploy.files, deploy.size, deploy.changes) == (2, 8, Changes(2, 0, 0))
    assert (deploy.message, deploy.author, deploy.provenance.version) == ("at 7", "anna", "1")
    (move,) = store.list_moves(PLUM)
    assert (move.kind, move.before, move.after) == (MoveKind.PUBLISH, None, deploy.snapshot)


def test_publishing_an_unchanged_site_writes_nothing(
    publish_files: Publish, calls: list[str]
) -> None:
    first = publish_files({"/a": b"1"}, now=1, domains=("plum.example",))
    calls.clear()
    again = publish_files({"/a": b"1"}, now=2, domains=("plum.example",))
    assert again == Published(first.deploy, unchanged=True)
    assert calls == []


def test_one_edited_page_is_one_upload_and_one_move(
    publish_files: Publish, calls: list[str], puts: list[Batch]
) -> None:
    publish_files({f"/{number}": b"%d" % number for number in range(3000)}, now=1)
    calls.clear()
    puts.clear()
    edited = {f"/{number}": b"%d" % number for number in range(3000)} | {"/7": b"edited"}
    published = publish_files(edited, now=2)
    assert calls == ["open_stage", "put", "move"]
    assert len(puts[0]) == 3
    assert published.deploy.changes == Changes(0, 1, 0)


def test_a_change_of_rules_alone_is_a_deploy(store: MemoryStore, stage: Stage) -> None:
    first = go_live(store, stage({"/a": b"1"}))
    second = go_live(store, stage({"/a": b"1"}, rules=Rules((Redirect("/x", "/a"),))))
    assert not second.unchanged
    assert first.deploy.snapshot != second.deploy.snapshot
    assert second.deploy.changes == Changes(0, 0, 0)


def test_a_change_of_domains_alone_is_written(store: MemoryStore, publish_files: Publish) -> None:
    first = publish_files({"/a": b"1"}, now=1, domains=("plum.example",))
    again = publish_files({"/a": b"1"}, now=2, domains=("jam.example",))
    assert not again.unchanged
    assert again.deploy.snapshot == first.deploy.snapshot
    assert store.list_domains(PLUM) == ["jam.example"]
    assert again.deploy.changes == first.deploy.changes == Changes(1, 0, 0)


def test_the_record_of_a_deploy_is_of_its_last_publish(publish_files: Publish) -> None:
    publish_files({"/a": b"1"}, now=1)
    publish_files({"/a": b"2", "/b": b"2"}, now=2)
    again = publish_files({"/a": b"1"}, now=3).deploy
    assert (again.created_at, again.changes) == (3, Changes(0, 1, 1))


def test_a_preview_leaves_the_domains_alone(store: MemoryStore, publish_files: Publish) -> None:
    publish_files({"/a": b"1"}, now=1, domains=("plum.example",))
    publish_files({"/a": b"2"}, now=2, ref=PREVIEW, domains=("jam.example",))
    assert store.list_domains(PLUM) == ["plum.example"]
    assert [ref for _, ref, _ in store.list_refs()] == [PREVIEW, PRODUCTION]


def test_who_was_overtaken_while_staging_is_told_by_whom(
    store: MemoryStore, stage: Stage, publish_files: Publish, calls: list[str]
) -> None:
    """Attack row 38: the race begins with the staging, not with the move."""
    publish_files({"/a": b"1"}, now=1)
    slow = stage({"/a": b"slow"}, now=2)
    fast = publish_files({"/a": b"fast"}, now=3)
    with pytest.raises(RefMoved) as told:
        go_live(store, slow)
    assert told.value.found == Ref(fast.deploy.snapshot, 3)
    assert fast.deploy.id in told.value.message
    assert calls[-1] == "close_stage"
    assert store.read(PLUM, PRODUCTION) == Ref(fast.deploy.snapshot, 3)


def test_being_overtaken_to_the_same_site_and_back_is_told_too(
    store: MemoryStore, stage: Stage, publish_files: Publish
) -> None:
    publish_files({"/a": b"1"}, now=1)
    slow = stage({"/a": b"slow"}, now=2)
    publish_files({"/a": b"2"}, now=3)
    publish_files({"/a": b"1"}, now=4)
    with pytest.raises(RefMoved):
        go_live(store, slow)


def test_a_page_that_gc_took_meanwhile_is_told(store: MemoryStore, stage: Stage) -> None:
    """Attack row 38: gc racing an upload."""
    sealed = stage({"/a": b"1"}, now=1)
    store.collect([], stale_before=2)
    with pytest.raises(BlobMissing):
        go_live(store, sealed)
    assert store.read(PLUM, PRODUCTION) is None
    assert not go_live(store, stage({"/a": b"1"}, now=3)).unchanged


def test_a_publish_that_failed_ends_its_stage(
    store: MemoryStore, stage: Stage, calls: list[str]
) -> None:
    go_live(store, Staging(store, SiteName("fig"), 1).seal(Rules()), "taken.example")
    sealed = stage({"/a": b"1"})
    with pytest.raises(DomainTaken):
        go_live(store, sealed, "taken.example")
    assert calls[-1] == "close_stage"
    assert store.missing([compute_digest(b"1")]) == set()
    store.collect([], stale_before=0)
    assert store.missing([compute_digest(b"1")])


@pytest.mark.parametrize(
    ("before", "now", "expected"), [(None, 5, 5), (3, 5, 5), (5, 5, 6), (9, 5, 10)]
)
def test_the_time_of_a_ref_only_grows(before: int | None, now: int, expected: int) -> None:
    live = None if before is None else Ref(compute_digest(b""), before)
    assert plan_time(live, now) == expected


def test_a_deploy_published_again_without_a_message_keeps_its_own_and_history_has_both(
    store: MemoryStore, stage: Stage
) -> None:
    def go(body: bytes, message: str, author: str, now: int) -> Published:
        sealed = stage({"/a": body}, now=now)
        nothing = Provenance()
        return publish(store, sealed, message=message, author=author, provenance=nothing, now=now)

    go(b"1", "one", "Ann", 1)
    go(b"2", "two", "Ann", 2)
    go(b"1", "one again", "Bea", 3)
    again = go(b"2", "", "Cid", 4).deploy
    assert (again.message, again.author, again.created_at) == ("two", "Ann", 4)
    assert [deploy.message for deploy in store.list_deploys(PLUM)] == ["two", "one again"]
    told = [(move.author, move.message) for move in store.list_moves(PLUM)]
    assert told == [("Cid", ""), ("Bea", "one again"), ("Ann", "two"), ("Ann", "one")]
