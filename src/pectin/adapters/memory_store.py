"""A store in this process's memory, for `pectin dev` and for tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from threading import RLock

from pectin.deploy.errors import (
    BlobMissing,
    BodyChanged,
    CorruptRecord,
    DomainTaken,
    RefMoved,
    StageEnded,
)
from pectin.deploy.model import Collected, Deploy, Move, Ref, StageId
from pectin.deploy.reachability import find_immutable, reach, reach_since
from pectin.values.digest import Digest, compute_digest
from pectin.values.output import Stream
from pectin.values.site import RefName, SiteName
from pectin.values.snapshot import Entry


@dataclass(slots=True)
class _Stage:
    opened_at: int
    kept: set[Digest] = field(default_factory=set)


class MemoryStore:
    """A Store that is gone with the process. Threads may share it."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._blobs: dict[Digest, bytes] = {}
        self._variants: dict[tuple[Digest, str], bytes] = {}
        self._stages: dict[StageId, _Stage] = {}
        self._stage_numbers = count(1)
        self._refs: dict[tuple[SiteName, RefName], Ref] = {}
        self._domains: dict[str, SiteName] = {}
        self._deploys: dict[tuple[SiteName, Digest], Deploy] = {}
        self._moves: dict[SiteName, list[Move]] = {}
        self._retained: dict[tuple[SiteName, str], Entry] = {}

    def missing(self, digests: Iterable[Digest]) -> set[Digest]:
        """Those of `digests` that the store does not have."""
        with self._lock:
            return {digest for digest in digests if digest not in self._blobs}

    def get(self, digest: Digest) -> bytes:
        """The blob. Memory is trusted, so it is not hashed again."""
        try:
            return self._blobs[digest]
        except KeyError:
            raise BlobMissing(digest) from None

    def open(self, digest: Digest) -> bytes | Stream:
        """The blob, always as bytes."""
        return self.get(digest)

    def get_variant(self, digest: Digest, coding: str) -> bytes | None:
        """The blob in content coding `coding`, or None."""
        return self._variants.get((digest, coding))

    def put_variant(self, digest: Digest, coding: str, body: bytes) -> None:
        """Keep the blob's form in `coding`, unless there is one."""
        with self._lock:
            if digest in self._blobs:
                self._variants.setdefault((digest, coding), body)

    def list_variants(self) -> Iterator[tuple[Digest, str]]:
        """The digest and coding of every variant, in order."""
        with self._lock:
            return iter(sorted(self._variants))

    def open_stage(self, site: SiteName, now: int) -> StageId:
        """A new stage."""
        with self._lock:
            stage = StageId(f"{site}-{next(self._stage_numbers)}")
            self._stages[stage] = _Stage(now)
            return stage

    def put(self, stage: StageId, blobs: Sequence[tuple[Digest, bytes | Stream]]) -> int:
        """How many of `blobs` were new."""
        bodies = [(digest, _load(digest, body)) for digest, body in blobs]
        with self._lock:
            if stage not in self._stages:
                raise StageEnded
            before = len(self._blobs)
            for digest, body in bodies:
                self._blobs.setdefault(digest, body)
            self._stages[stage].kept.update(digest for digest, _ in bodies)
            return len(self._blobs) - before

    def close_stage(self, stage: StageId) -> None:
        """End the stage."""
        with self._lock:
            self._stages.pop(stage, None)

    def read(self, site: SiteName, ref: RefName) -> Ref | None:
        """What `ref` of `site` points at now, or None."""
        return self._refs.get((site, ref))

    def read_domain(self, host: str) -> SiteName | None:
        """The site that has the domain `host`, or None."""
        return self._domains.get(host)

    def list_domains(self, site: SiteName) -> Sequence[str]:
        """The domains of `site`, sorted."""
        with self._lock:
            return sorted(host for host, owner in self._domains.items() if owner == site)

    def list_refs(self) -> Iterator[tuple[SiteName, RefName, Ref]]:
        """Every ref of every site, in order of name."""
        with self._lock:
            return iter([(*name, ref) for name, ref in sorted(self._refs.items())])

    def move(
        self,
        move: Move,
        deploy: Deploy,
        *,
        retained: Iterable[tuple[str, Entry]] = (),
        domains: Sequence[str] | None = None,
        stage: StageId | None = None,
    ) -> Ref:
        """Point `move.ref` at `move.after` by compare-and-swap; see the port."""
        site = deploy.site
        with self._lock:
            self._check_move(move, site, domains or ())
            kept = list(retained)
            ref = Ref(move.after, move.moved_at)
            self._refs[site, move.ref] = ref
            self._deploys[site, deploy.snapshot] = deploy
            self._moves.setdefault(site, []).append(move)
            self._retained.update(((site, path), entry) for path, entry in kept)
            if domains is not None:
                self._claim(site, domains)
            if stage is not None:
                self._stages.pop(stage, None)
            return ref

    def find_deploy(self, site: SiteName, prefix: str) -> Deploy | None:
        """The one deploy of `site` whose id begins with `prefix`; None for none or several."""
        found = [
            deploy for deploy in self.list_deploys(site) if deploy.snapshot.hex().startswith(prefix)
        ]
        return found[0] if len(found) == 1 else None

    def list_deploys(self, site: SiteName) -> Sequence[Deploy]:
        """The deploys of `site`, the newest first."""
        with self._lock:
            found = [deploy for (owner, _), deploy in self._deploys.items() if owner == site]
        return sorted(found, key=lambda deploy: (-deploy.created_at, deploy.snapshot))

    def list_moves(self, site: SiteName) -> Sequence[Move]:
        """The history of `site`, the newest first."""
        with self._lock:
            return self._moves.get(site, [])[::-1]

    def find_retained(self, site: SiteName, path: str) -> Entry | None:
        """The immutable entry that some retained deploy of `site` has for `path`, or None."""
        return self._retained.get((site, path))

    def collect(self, forget: Sequence[Deploy], *, stale_before: int) -> Collected:
        """What was dropped; see the port."""
        with self._lock:
            stale = [name for name, it in self._stages.items() if it.opened_at < stale_before]
            live = {(site, ref.snapshot) for (site, _), ref in self._refs.items()}
            doomed = {(it.site, it.snapshot) for it in forget} & self._deploys.keys() - live
            names = (self._deploys.keys() | live) - doomed
            kept = reach(self, {snapshot for _, snapshot in names})
            retained = {
                (site, path): entry
                for site, snapshot in names
                for path, entry in find_immutable(self, snapshot)
            }
            for name in stale:
                del self._stages[name]
            for stage in self._stages.values():
                kept |= stage.kept
            for key in doomed:
                del self._deploys[key]
            self._retained = {
                key: entry for key, entry in self._retained.items() if key in retained
            }
            blobs, size = self._sweep(kept)
            return Collected(len(doomed), len(stale), blobs, size)

    def find_corrupt_records(self) -> Sequence[CorruptRecord]:
        """The damaged records: none, for memory is trusted."""
        return ()

    def discard_corrupt(self, digests: Iterable[Digest]) -> int:
        """How much is damaged: nothing, as above."""
        del digests
        return 0

    def digests(self) -> Iterator[Digest]:
        """Every blob that the store has, in order."""
        with self._lock:
            return iter(sorted(self._blobs))

    def close(self) -> None:
        """Nothing: the memory goes with the object."""

    def _check_move(self, move: Move, site: SiteName, domains: Sequence[str]) -> None:
        found = self._refs.get((site, move.ref))
        if (found.snapshot if found else None) != move.before:
            raise RefMoved(site, move.ref, found)
        absent = self.missing(reach_since(self, move.before, move.after))
        if absent:
            raise BlobMissing(min(absent))
        for host in domains:
            owner = self._domains.get(host, site)
            if owner != site:
                raise DomainTaken(host, owner)

    def _claim(self, site: SiteName, domains: Sequence[str]) -> None:
        others = {host: owner for host, owner in self._domains.items() if owner != site}
        self._domains = others | dict.fromkeys(domains, site)

    def _sweep(self, kept: set[Digest]) -> tuple[int, int]:
        dropped = self._blobs.keys() - kept
        variants = [key for key in self._variants if key[0] in dropped]
        size = sum(len(self._variants.pop(key)) for key in variants)
        return len(dropped), size + sum(len(self._blobs.pop(digest)) for digest in dropped)


def _load(digest: Digest, body: bytes | Stream) -> bytes:
    if isinstance(body, bytes):
        return body
    with body.open() as reader:
        loaded = reader.read()
    if compute_digest(loaded) != digest:
        raise BodyChanged(digest)
    return loaded
