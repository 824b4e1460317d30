"""Making a staged snapshot what visitors get."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from pectin.deploy.errors import BlobMissing, CorruptBlob, RefMoved, StoreError
from pectin.deploy.manifest import diff
from pectin.deploy.model import Changes, Deploy, Move, MoveKind, Provenance, Ref
from pectin.deploy.ports import Store
from pectin.deploy.reachability import find_immutable
from pectin.deploy.staging import Sealed
from pectin.values.site import PRODUCTION


@dataclass(frozen=True, slots=True)
class Published:
    """What is live now. `unchanged` says that it was already, and that nothing was written."""

    deploy: Deploy
    unchanged: bool


def publish(
    store: Store,
    sealed: Sealed,
    *,
    message: str,
    author: str,
    provenance: Provenance,
    domains: Sequence[str] = (),
    now: int,
) -> Published:
    """The deploy that `sealed.ref` points at from now on (`now` in epoch seconds).

    The record of a deploy is of its last publish: it has the time and the changes of that. Without
    a `message` it keeps the message and the author that it had; the history has those of each
    publish. Where only the domains are other ones, it keeps its changes.
    The ref moves only if it still points at what it did when the staging began: whoever is
    second gets RefMoved. `domains` (lower case) become the site's when the ref is `production`.
    Raises BlobMissing when `gc` took a blob meanwhile, and DomainTaken; the stage is then ended.
    """
    live = sealed.expected
    claimed = sorted(set(domains)) if sealed.ref == PRODUCTION else None
    with _ending_stage_on_failure(store, sealed):
        found = store.read(sealed.site, sealed.ref)
        if found != live:
            raise RefMoved(sealed.site, sealed.ref, found)
        if deploy := find_unchanged(store, sealed, claimed):
            _end_stage(store, sealed)
            return Published(deploy, unchanged=True)
        moved_at = plan_time(live, now)
        deploy = _describe(store, sealed, moved_at, message, author, provenance)
        before = live.snapshot if live else None
        after = sealed.snapshot_id
        move = Move(sealed.ref, MoveKind.PUBLISH, before, after, moved_at, author, message)
        retained = find_immutable(store, sealed.snapshot_id)
        store.move(move, deploy, retained=retained, domains=claimed, stage=sealed.stage)
        return Published(deploy, unchanged=False)


def plan_time(live: Ref | None, now: int) -> int:
    """When a move of the ref `live` is said to be: `now`, but always later than the last.

    A clock that was set back must not make a new page look older than the one in a cache.
    """
    return max(now, live.moved_at + 1) if live else now


def find_unchanged(store: Store, sealed: Sealed, domains: Sequence[str] | None) -> Deploy | None:
    """The deploy that is live when it is `sealed` already, and has `domains`; else None.

    None for `domains` is whatever they are.
    """
    live = sealed.expected
    if live is None or live.snapshot != sealed.snapshot_id:
        return None
    if domains is not None and domains != list(store.list_domains(sealed.site)):
        return None
    return store.find_deploy(sealed.site, sealed.snapshot_id.hex())


@contextmanager
def _ending_stage_on_failure(store: Store, sealed: Sealed) -> Iterator[None]:
    try:
        yield
    except Exception:
        with suppress(StoreError):  # what went wrong first is the news; `gc` ends the stage
            _end_stage(store, sealed)
        raise


def _end_stage(store: Store, sealed: Sealed) -> None:
    if sealed.stage is not None:
        store.close_stage(sealed.stage)


def _describe(
    store: Store,
    sealed: Sealed,
    created_at: int,
    message: str,
    author: str,
    provenance: Provenance,
) -> Deploy:
    earlier = store.find_deploy(sealed.site, sealed.snapshot_id.hex())
    named = None if message else earlier
    return Deploy(
        site=sealed.site,
        snapshot=sealed.snapshot_id,
        created_at=created_at,
        message=named.message if named else message,
        author=named.author if named else author,
        changes=_count_changes(store, sealed, earlier),
        files=sealed.snapshot.files,
        size=sealed.snapshot.size,
        provenance=provenance,
    )


def _count_changes(store: Store, sealed: Sealed, earlier: Deploy | None) -> Changes:
    before = sealed.expected.snapshot if sealed.expected else None
    if earlier and before == sealed.snapshot_id:
        return earlier.changes
    try:
        changes = diff(store, before, sealed.snapshot_id)
    except (BlobMissing, CorruptBlob):  # what is live is damaged: all the more reason to go on
        changes = diff(store, None, sealed.snapshot_id)
    return Changes(len(changes.added), len(changes.changed), len(changes.removed))
