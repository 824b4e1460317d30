"""What deploys need of the world: a store of blobs, refs and deploy records.

Every method is atomic and durable when it returns: a reader sees the state before it or the
state after it, never anything between, and so does whoever opens the store after a crash.
Each raises StoreError (operator's fault: disk full, no permission) and then has changed nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from pectin.deploy.errors import CorruptRecord
from pectin.deploy.model import Collected, Deploy, Move, Ref, StageId
from pectin.values.digest import Digest
from pectin.values.output import Stream
from pectin.values.site import RefName, SiteName
from pectin.values.snapshot import Entry


class BlobReader(Protocol):
    """What can read a blob."""

    def get(self, digest: Digest) -> bytes:
        """The blob, re-hashed on the way.

        Raises BlobMissing when there is none, and CorruptBlob when its bytes no longer have
        this digest: corrupt bytes are never returned.
        """


class Blobs(BlobReader, Protocol):
    """Immutable bytes by their digest."""

    def missing(self, digests: Iterable[Digest]) -> set[Digest]:
        """Those of `digests` that the store does not have."""

    def open(self, digest: Digest) -> bytes | Stream:
        """The blob as `get`, or a Stream where it is too large to hold.

        The stream is hashed too, each piece of it before it is given, wherever it is read from:
        its `open` and its reads raise what `get` raises, and may take long.
        """

    def get_variant(self, digest: Digest, coding: str) -> bytes | None:
        """The blob in content coding `coding`, or None where it was not made yet.

        A damaged one counts as not made: it is never returned, and may be put again.
        """

    def put_variant(self, digest: Digest, coding: str, body: bytes) -> None:
        """Keep the blob's form in `coding`; of two writers the first wins.

        It goes with the blob, so that nothing is kept for a blob that is not there.
        """

    def list_variants(self) -> Iterator[tuple[Digest, str]]:
        """The digest and coding of every variant, in order."""


class Stages(Protocol):
    """Uploads under way."""

    def open_stage(self, site: SiteName, now: int) -> StageId:
        """A new stage; `now` in epoch seconds tells `gc` later how old it is."""

    def put(self, stage: StageId, blobs: Sequence[tuple[Digest, bytes | Stream]]) -> int:
        """How many of `blobs` were new. All of them, new or not, are kept for the stage.

        Raises StageEnded, and BodyChanged when a stream no longer has its digest.
        """

    def close_stage(self, stage: StageId) -> None:
        """End the stage; what it put and nothing refers to is then garbage."""


class Refs(Protocol):
    """Names that point at snapshots, and the record of how they moved."""

    def read(self, site: SiteName, ref: RefName) -> Ref | None:
        """What `ref` of `site` points at now, or None. Called for every request."""

    def read_domain(self, host: str) -> SiteName | None:
        """The site that a published configuration gave the domain `host` (lower case) to."""

    def list_domains(self, site: SiteName) -> Sequence[str]:
        """The domains that `read_domain` gives to `site`, sorted."""

    def list_refs(self) -> Iterator[tuple[SiteName, RefName, Ref]]:
        """Every ref of every site, in order of name."""

    def move(
        self,
        move: Move,
        deploy: Deploy,
        *,
        retained: Iterable[tuple[str, Entry]] = (),
        domains: Sequence[str] | None = None,
        stage: StageId | None = None,
    ) -> Ref:
        """Point `move.ref` at `move.after` by compare-and-swap, and record deploy and move.

        `retained` are the snapshot's immutable entries, which `find_retained` answers from then
        on; `domains` are the site's from then on (None: it keeps those that it has); `stage` is
        ended. The whole is one transaction. Raises RefMoved when the ref does not point at
        `move.before`, BlobMissing when a blob of the snapshot that is not below a shard of
        `move.before` is not there, DomainTaken when another site has one of `domains`.
        """


class Deploys(Protocol):
    """The deploys that are retained."""

    def find_deploy(self, site: SiteName, prefix: str) -> Deploy | None:
        """The one deploy of `site` whose id begins with `prefix`; None for none or several."""

    def list_deploys(self, site: SiteName) -> Sequence[Deploy]:
        """The deploys of `site`, the newest first."""

    def list_moves(self, site: SiteName) -> Sequence[Move]:
        """The history of `site`, the newest first."""

    def find_retained(self, site: SiteName, path: str) -> Entry | None:
        """The immutable entry that some retained deploy of `site` has for `path`, or None."""


class Garbage(Protocol):
    """What nothing refers to any more."""

    def collect(self, forget: Sequence[Deploy], *, stale_before: int) -> Collected:
        """Drop the records of `forget`, then every blob that no ref, deploy or stage reaches.

        Stages opened before `stale_before` (epoch seconds) are ended first. What a ref points
        at is never dropped, whether it is in `forget` or not. Raises BlobMissing, CorruptBlob
        or BadManifest, and drops nothing, when it cannot know what a snapshot reaches. After a
        StoreError some of it may be left for the next collection.
        """

    def find_corrupt_records(self) -> Sequence[CorruptRecord]:
        """What is wrong with each record that is not as it was written: deploys, the history, refs,
        domains, retained entries, stages. Whatever reads such a record raises this.
        """

    def discard_corrupt(self, digests: Iterable[Digest]) -> int:
        """How many blobs of `digests`, variants of these, and records of any kind are damaged, and
        were dropped so that they can be put again.

        What is sound stays, whatever the caller believes of it.
        """

    def digests(self) -> Iterator[Digest]:
        """Every blob that the store has, in order."""


class Store(Blobs, Stages, Refs, Deploys, Garbage, Protocol):
    """All of it, for whoever wires a whole store."""

    def close(self) -> None:
        """Let go of files and memory."""
