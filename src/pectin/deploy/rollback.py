"""Making an earlier deploy live again: nothing is built, nothing uploaded."""

from __future__ import annotations

from collections.abc import Sequence

from pectin.deploy.errors import AlreadyLive, DeployNotFound
from pectin.deploy.lookup import find_deploy
from pectin.deploy.model import Deploy, Move, MoveKind
from pectin.deploy.ports import Store
from pectin.deploy.publishing import plan_time
from pectin.deploy.reachability import find_immutable
from pectin.values.digest import Digest
from pectin.values.site import PRODUCTION, RefName, SiteName


def rollback(
    store: Store,
    site: SiteName,
    target: str | None = None,
    *,
    ref: RefName = PRODUCTION,
    author: str,
    now: int,
) -> Deploy:
    """The deploy that is live from now on: `target`, or the one before what is live.

    `target` is the beginning of a deploy's id. Raises DeployNotFound when there is none or more
    than one, AlreadyLive, and RefMoved when somebody else moved the ref meanwhile.
    """
    live = store.read(site, ref)
    if live is None:
        raise DeployNotFound(
            f"nothing was ever published to {ref} of {site}", hint="run `pectin publish` first"
        )
    deploys = store.list_deploys(site)
    if target is None:
        deploy = _find_previous(deploys, store.list_moves(site), ref)
    else:
        deploy = find_deploy(deploys, target)
    if deploy.snapshot == live.snapshot:
        raise AlreadyLive(
            f"{deploy.id} is what {ref} of {site} points at",
            hint="there is nothing to do; `pectin deploys` lists the others",
        )
    move = Move(
        ref=ref,
        kind=MoveKind.ROLLBACK,
        before=live.snapshot,
        after=deploy.snapshot,
        moved_at=plan_time(live, now),
        author=author,
    )
    store.move(move, deploy, retained=find_immutable(store, deploy.snapshot))
    return deploy


def plan_previous(moves: Sequence[Move], ref: RefName) -> tuple[Digest, ...]:
    """What was live before what is live at `ref`, the latest first, by `moves`, newest first.

    A rollback takes back the publishes after its target, so that rolling back twice goes two
    deploys back and not to and fro.
    """
    live: list[Digest] = []
    for move in reversed(moves):
        if move.ref != ref:
            continue
        if move.kind is MoveKind.ROLLBACK and move.after in live:
            while live[-1] != move.after:
                live.pop()
        elif not live or live[-1] != move.after:
            live.append(move.after)
    return tuple(reversed(live[:-1]))


def _find_previous(deploys: Sequence[Deploy], moves: Sequence[Move], ref: RefName) -> Deploy:
    retained = {deploy.snapshot: deploy for deploy in deploys}
    before = plan_previous(moves, ref)
    for snapshot in before:
        if snapshot in retained:
            return retained[snapshot]
    if not before:
        raise DeployNotFound(
            f"what is live at {ref} is the first deploy: there is none before it",
            hint="name a later one that `pectin deploys` lists: pectin rollback DEPLOY",
        )
    raise DeployNotFound(
        f"no deploy that was live at {ref} before this one is retained",
        hint="name one that `pectin deploys` lists: pectin rollback DEPLOY",
    )
