"""Whether a store is whole: every byte as it was put, everything that is named there."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256

from pectin.deploy.codec import parse_shard, parse_snapshot
from pectin.deploy.errors import BadManifest, BlobMissing, CorruptBlob, CorruptRecord
from pectin.deploy.model import DEPLOY_ID_LENGTH
from pectin.deploy.ports import Store
from pectin.values.digest import Digest
from pectin.values.output import Stream
from pectin.values.problem import Problem
from pectin.values.site import SiteName

_CHUNK_BYTES = 1 << 20
_SHOWN_NAMES = 3
_PUT_BACK = "publish the same source again, which puts it back"
_FORGET = (
    "publish the source of that deploy again, or let `pectin gc --keep COUNT` forget the deploy"
)


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found: `problems` (none: the store is whole), and how much was re-hashed.

    `dropped` is how many damaged blobs, variants and records a repair has removed.
    """

    problems: tuple[Problem, ...]
    blobs: int
    bytes: int
    dropped: int = 0


@dataclass(slots=True)
class _Use:
    """What a site needs a blob for: paths, or the lists of a deploy's files."""

    live: bool
    names: set[str] = field(default_factory=set)


_Uses = dict[Digest, dict[SiteName, _Use]]


def verify(
    store: Store, *, repair: bool = False, progress: Callable[[int], None] | None = None
) -> Verification:
    """The state of the whole of `store`, every blob, variant and record hashed again.

    `repair` drops what is damaged, so that publishing the same source again puts it; the
    problems are told all the same, each blob once with the paths that need it. `progress` is
    told the number of blobs done, now and then.
    """
    corrupt: dict[Digest, CorruptBlob] = {}
    count = size = 0
    for digest in store.digests():
        count += 1
        try:
            size += _measure(store, digest)
        except CorruptBlob as error:
            corrupt[digest] = error
        except BlobMissing:
            continue  # collected since it was listed; what still needs it is found below
        if progress and count % 1000 == 0:
            progress(count)
    walk = _Walk(store, corrupt)
    walk.run()
    variants = _find_corrupt_variants(store)
    problems = [
        *map(_tell_record, store.find_corrupt_records()),
        *_tell_corrupt(corrupt, walk, repair=repair),
        *_tell_missing(corrupt, walk.uses),
        *itertools.starmap(_tell_variant, variants),
        *walk.problems,
    ]
    dropped = 0
    if repair and problems:
        dropped = store.discard_corrupt({*corrupt, *(digest for digest, _ in variants)})
    return Verification(tuple(problems), count, size, dropped)


def _measure(store: Store, digest: Digest) -> int:
    body = store.open(digest)
    if isinstance(body, bytes):
        return len(body)
    return _hash_stream(digest, body)


def _hash_stream(digest: Digest, stream: Stream) -> int:
    hashed, size = sha256(), 0
    with stream.open() as reader:
        while chunk := reader.read(_CHUNK_BYTES):
            hashed.update(chunk)
            size += len(chunk)
    if hashed.digest() != digest:
        raise CorruptBlob(digest)
    return size


def _find_corrupt_variants(store: Store) -> list[tuple[Digest, str]]:
    return [
        (digest, coding)
        for digest, coding in store.list_variants()
        if store.get_variant(digest, coding) is None and not store.missing([digest])
    ]


def _tell_variant(digest: Digest, coding: str) -> Problem:
    return Problem(
        "corrupt-variant",
        f"the {coding} variant of blob {digest.hex()} is damaged",
        "nothing is lost: it is made again when it is asked for, or run `pectin verify --repair`",
    )


def _tell_record(error: CorruptRecord) -> Problem:
    return Problem(error.code, error.message, error.hint)


class _Walk:
    """Goes through every snapshot that is live or retained, around whatever cannot be read.

    Afterwards `uses` has what each damaged or missing blob is for, as far as it can be known:
    `complete` says whether every record could be read. `problems` has the rest.
    """

    def __init__(self, store: Store, corrupt: Mapping[Digest, CorruptBlob]) -> None:
        self.uses: _Uses = {}
        self.problems: list[Problem] = []
        self.complete = True
        self._store = store
        self._corrupt = corrupt
        self._seen: set[tuple[SiteName, Digest]] = set()

    def run(self) -> None:
        # What is live comes first, so that what it shares with older deploys counts as live.
        live: list[tuple[SiteName, Digest]] = []
        with self._going_around_damage():
            live += [(site, ref.snapshot) for site, _, ref in self._store.list_refs()]
        for site, snapshot in live:
            with self._going_around_damage():
                if self._store.find_deploy(site, snapshot.hex()) is None:
                    self._tell_unrecorded(site, snapshot)
            self._visit(site, snapshot, live=True)
        for site in sorted({site for site, _ in live}):
            with self._going_around_damage():
                for deploy in self._store.list_deploys(site):
                    self._visit(site, deploy.snapshot, live=False)

    @contextmanager
    def _going_around_damage(self) -> Iterator[None]:
        try:
            yield
        except CorruptRecord:  # told by itself
            self.complete = False

    def _visit(self, site: SiteName, snapshot: Digest, *, live: bool) -> None:
        if (site, snapshot) in self._seen:
            return
        self._seen.add((site, snapshot))
        short = snapshot.hex()[:DEPLOY_ID_LENGTH]
        name = f"the file list of deploy {short}"
        try:
            self._note([(snapshot, name)], site, live=live)
            for shard in parse_snapshot(self._store.get(snapshot)).shards:
                self._visit_shard(site, shard, name, live=live)
        except (BlobMissing, CorruptBlob):
            return  # noted
        except BadManifest as error:
            message = f"deploy {short} of {site} cannot be read: {error.message}"
            self.problems.append(Problem("deploy-damaged", message, error.hint))

    def _visit_shard(self, site: SiteName, digest: Digest, name: str, *, live: bool) -> None:
        if (site, digest) in self._seen:
            return
        self._note([(digest, name)], site, live=live)
        try:
            shard = parse_shard(self._store.get(digest))
        except (BlobMissing, CorruptBlob):
            return
        # Only one that was read: a damaged one is to be noted for every deploy that it is of.
        self._seen.add((site, digest))
        self._note(zip(shard.digests(), shard.paths, strict=True), site, live=live)

    def _note(self, needed: Iterable[tuple[Digest, str]], site: SiteName, *, live: bool) -> None:
        """Keep those of `needed`, blobs with what they are for, that are damaged or missing."""
        needed = list(needed)
        missing = self._store.missing(digest for digest, _ in needed)
        for digest, name in needed:
            if digest in missing or digest in self._corrupt:
                use = self.uses.setdefault(digest, {}).setdefault(site, _Use(live))
                use.names.add(name)

    def _tell_unrecorded(self, site: SiteName, snapshot: Digest) -> None:
        short = snapshot.hex()[:DEPLOY_ID_LENGTH]
        message = f"{short} is live on {site} and has no record"
        self.problems.append(Problem("deploy-missing", message, "publish the site again"))


def _tell_corrupt(
    corrupt: Mapping[Digest, CorruptBlob], walk: _Walk, *, repair: bool
) -> Iterator[Problem]:
    unused = "nothing needs it any more" if walk.complete else "what needs it is not known"
    for digest, error in corrupt.items():
        found = walk.uses.get(digest, {})
        hint = error.hint
        if repair:
            hint = _advise(found)
        notes = _list_notes(found) or (unused,)
        yield Problem("corrupt-blob", error.message, hint, notes=notes)


def _tell_missing(corrupt: Mapping[Digest, CorruptBlob], uses: _Uses) -> Iterator[Problem]:
    for digest, found in uses.items():
        if digest not in corrupt:
            message = BlobMissing(digest).message
            yield Problem("blob-missing", message, _advise(found), notes=_list_notes(found))


def _advise(found: Mapping[SiteName, _Use]) -> str:
    if not found:
        return ""
    return _PUT_BACK if any(use.live for use in found.values()) else _FORGET


def _list_notes(found: Mapping[SiteName, _Use]) -> tuple[str, ...]:
    notes = []
    for site, use in found.items():
        names = sorted(use.names)
        shown = ", ".join(names[:_SHOWN_NAMES])
        more = f" and {len(names) - _SHOWN_NAMES:,} more" if len(names) > _SHOWN_NAMES else ""
        where = "live" if use.live else "in an earlier deploy"
        notes.append(f"{site} needs it ({where}) for {shown}{more}")
    return tuple(notes)
