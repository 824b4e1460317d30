"""Deploys as values: what was published, when and from what, and what a ref points at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from pectin.values.digest import Digest
from pectin.values.site import RefName, SiteName

DEPLOY_ID_LENGTH = 12
"""Hexadecimal digits of a snapshot's id that name its deploy, in hosts and on the command line."""

StageId = NewType("StageId", str)
"""Names one upload under way; whatever it has put is safe from `gc` until it ends."""


@dataclass(frozen=True, slots=True)
class Ref:
    """What a ref points at. `moved_at` is in epoch seconds, and grows with every move."""

    snapshot: Digest
    moved_at: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a deploy was made from. None where it is not known.

    `today` is the date that the build took for the present one: the same source, built for the
    same day, gives the same snapshot. `data` are the digests of what loaders gave, by their paths.
    """

    source: Digest | None = None
    version: str | None = None
    commit: str | None = None
    today: date | None = None
    data: tuple[tuple[str, Digest], ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """How many paths differ from the deploy that was live before."""

    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class Deploy:
    """The record of a published snapshot of a site. `created_at` is in epoch seconds.

    `files` counts paths; `size` is the bytes of all of them, identity coding.
    """

    site: SiteName
    snapshot: Digest
    created_at: int
    message: str
    author: str
    changes: Changes
    files: int
    size: int
    provenance: Provenance

    @property
    def id(self) -> str:
        """The short name of the deploy: the first digits of its snapshot's id."""
        return self.snapshot.hex()[:DEPLOY_ID_LENGTH]


class MoveKind(StrEnum):
    """Why a ref moved."""

    PUBLISH = "publish"
    ROLLBACK = "rollback"


@dataclass(frozen=True, slots=True)
class Move:
    """One line of a site's history: `ref` went from `before` (None: new) to `after`.

    `message` and `author` are those of the move, which the record of the deploy may have from an
    earlier one. Stores that are older than `message` have none.
    """

    ref: RefName
    kind: MoveKind
    before: Digest | None
    after: Digest
    moved_at: int
    author: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Collected:
    """What a garbage collection dropped. `size` is in bytes, variants included.

    `spared` counts the deploys that were kept only because they are live.
    """

    deploys: int
    stages: int
    blobs: int
    size: int
    spared: int = 0
