"""Rolling back: to what, and what is said when there is nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pectin.adapters.memory_store import MemoryStore
from pectin.deploy.errors import AlreadyLive, DeployNotFound
from pectin.deploy.model import Move, MoveKind, Ref
from pectin.deploy.publishing import Published
from pectin.deploy.retention import Retention, gc
from pectin.deploy.rollback import plan_previous, rollback
from pectin.values.digest import Digest, compute_digest
from pectin.values.site import PRODUCTION, RefName, SiteName

PLUM = SiteName("plum")
PREVIEW = RefName("preview/42")

Publish = Callable[..., Published]


def read_live(store: MemoryStore) -> Digest:
    live = store.read(PLUM, PRODUCTION)
    assert live
    return live.snapshot


def test_a_rollback_goes_to_the_deploy_before_and_uploads_nothing(
    store: MemoryStore, publish_files: Publish, calls: list[str]
) -> None:
    first = publish_files({"/a": b"1"}, now=1, domains=("plum.example",)).deploy
    publish_files({"/a": b"2"}, now=2, domains=("plum.example",))
    calls.clear()
    assert rollback(store, PLUM, author="bob", now=3) == first
    assert calls == ["move"]
    assert store.read(PLUM, PRODUCTION) == Ref(first.snapshot, 3)
    assert store.list_domains(PLUM) == ["plum.example"]
    assert store.list_moves(PLUM)[0].kind is MoveKind.ROLLBACK
    assert store.list_moves(PLUM)[0].author == "bob"


def test_rolling_back_twice_goes_two_deploys_back(
    store: MemoryStore, publish_files: Publish
) -> None:
    first, second, third = (
        publish_files({"/a": b"%d" % number}, now=number).deploy.snapshot for number in (1, 2, 3)
    )
    assert read_live(store) == third
    assert rollback(store, PLUM, author="bob", now=4).snapshot == second
    assert rollback(store, PLUM, author="bob", now=5).snapshot == first
    with pytest.raises(DeployNotFound):
        rollback(store, PLUM, author="bob", now=6)
    assert read_live(store) == first


def test_a_rollback_to_a_prefix_goes_there_and_forth(
    store: MemoryStore, publish_files: Publish
) -> None:
    first = publish_files({"/a": b"1"}, now=1).deploy
    second = publish_files({"/a": b"2"}, now=2).deploy
    assert rollback(store, PLUM, first.id, author="bob", now=3) == first
    assert rollback(store, PLUM, second.id[:8].upper(), author="bob", now=4) == second
    assert read_live(store) == second.snapshot


def test_what_was_never_published_cannot_be_rolled_back(store: MemoryStore) -> None:
    with pytest.raises(DeployNotFound, match="nothing was ever published") as told:
        rollback(store, PLUM, author="bob", now=1)
    assert "pectin publish" in told.value.hint


def test_the_first_deploy_has_none_before(store: MemoryStore, publish_files: Publish) -> None:
    publish_files({"/a": b"1"})
    with pytest.raises(DeployNotFound, match="is the first deploy: there is none before it"):
        rollback(store, PLUM, author="bob", now=1)


def test_an_unknown_deploy_is_told(store: MemoryStore, publish_files: Publish) -> None:
    publish_files({"/a": b"1"})
    with pytest.raises(DeployNotFound, match="begins with '0123456'"):
        rollback(store, PLUM, "0123456", author="bob", now=1)


def test_what_can_be_no_id_is_told(store: MemoryStore, publish_files: Publish) -> None:
    publish_files({"/a": b"1"})
    with pytest.raises(
        DeployNotFound, match="'HEAD' is no beginning of an id, which is hexadecimal"
    ):
        rollback(store, PLUM, "HEAD", author="bob", now=1)


def test_an_ambiguous_prefix_is_told_with_its_candidates(
    store: MemoryStore, publish_files: Publish
) -> None:
    first = publish_files({"/a": b"1"}, now=1).deploy
    publish_files({"/a": b"2"}, now=2)
    with pytest.raises(DeployNotFound, match="2 deploys") as told:
        rollback(store, PLUM, "", author="bob", now=3)
    assert first.id in told.value.message


def test_what_is_live_already_is_told(store: MemoryStore, publish_files: Publish) -> None:
    deploy = publish_files({"/a": b"1"}).deploy
    with pytest.raises(AlreadyLive, match=deploy.id):
        rollback(store, PLUM, deploy.id, author="bob", now=1)


def test_where_gc_forgot_all_that_was_live_before_one_has_to_be_named(
    store: MemoryStore, publish_files: Publish
) -> None:
    publish_files({"/a": b"1"}, now=1)
    publish_files({"/a": b"2"}, now=2)
    gc(store, now=5, retention=Retention(keep=1))
    with pytest.raises(DeployNotFound, match="no deploy that was live"):
        rollback(store, PLUM, author="bob", now=6)


def test_a_deploy_that_gc_forgot_is_passed_over(store: MemoryStore, publish_files: Publish) -> None:
    first = publish_files({"/a": b"1"}, now=1).deploy
    publish_files({"/a": b"2"}, now=2)
    publish_files({"/a": b"1"}, now=3, ref=PREVIEW)
    publish_files({"/a": b"3"}, now=4)
    gc(store, now=5, retention=Retention(keep=1))
    assert rollback(store, PLUM, author="bob", now=6).snapshot == first.snapshot


def moves(*steps: str) -> list[Move]:
    """`A` publishes A, `<A` rolls back to it; newest first, as stores list them."""
    made = []
    for number, step in enumerate(steps):
        kind = MoveKind.ROLLBACK if step[0] == "<" else MoveKind.PUBLISH
        after = compute_digest(step[-1].encode())
        made.append(Move(PRODUCTION, kind, None, after, number, "anna"))
    return made[::-1]


@pytest.mark.parametrize(
    ("steps", "previous"),
    [
        ([], ""),
        (["A"], ""),
        (["A", "B"], "A"),
        (["A", "B", "C"], "BA"),
        (["A", "B", "A"], "BA"),
        (["A", "A", "B", "B"], "A"),
        (["A", "B", "C", "<B"], "A"),
        (["A", "B", "C", "<B", "<A"], ""),
        (["A", "B", "C", "<A", "D"], "A"),
        (["A", "B", "<A", "<B"], "A"),
        (["A", "B", "C", "<B", "<C"], "BA"),
    ],
    ids=str,
)
def test_what_was_live_before(steps: list[str], previous: str) -> None:
    expected = tuple(compute_digest(letter.encode()) for letter in previous)
    assert plan_previous(moves(*steps), PRODUCTION) == expected
    assert plan_previous(moves(*steps), PREVIEW) == ()
