"""Whether a store is whole: every byte as it was put, everything that is named there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from pectin.deploy.errors import BadManifest, BlobMissing, CorruptBlob
from pectin.deploy.model import Deploy
from pectin.deploy.ports import Store
from pectin.deploy.reachability import reach
from pectin.values.digest import Digest
from pectin.values.output import Stream
from pectin.values.problem import Problem
from pectin.values.site import SiteName

_CHUNK_BYTES = 1 << 20
_RESTORE = "restore the store from a backup, or forget this deploy: publish, then `pectin gc`"


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found: `problems` (none: the store is whole), and how much was re-hashed."""

    problems: tuple[Problem, ...]
    blobs: int
    bytes: int


def verify(
    store: Store, *, repair: bool = False, progress: Callable[[int], None] | None = None
) -> Verification:
    """The state of the whole of `store`, every blob and variant re-hashed.

    `repair` drops the damaged blobs, so that publishing the same source again puts them; the
    problems are told all the same. `progress` is told the number of blobs done, now and then.
    """
    problems: list[Problem] = []
    corrupt: set[Digest] = set()
    count = size = 0
    for digest in store.digests():
        count += 1
        try:
            size += _measure(store, digest)
        except CorruptBlob as error:
            problems.append(Problem("corrupt-blob", error.message, error.hint))
            corrupt.add(digest)
        except BlobMissing:
            continue  # collected since it was listed; what still needs it is found below
        if progress and count % 1000 == 0:
            progress(count)
    problems += _verify_variants(store)
    problems += _verify_snapshots(store, corrupt)
    if repair and corrupt:
        store.discard_corrupt(corrupt)
    return Verification(tuple(problems), count, size)


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


def _verify_variants(store: Store) -> Iterator[Problem]:
    for digest, coding in store.list_variants():
        if store.get_variant(digest, coding) is None and not store.missing([digest]):
            yield Problem(
                "corrupt-variant",
                f"the {coding} variant of blob {digest.hex()} is damaged",
                "nothing is lost: it is made again when it is asked for",
            )


def _verify_snapshots(store: Store, corrupt: set[Digest]) -> Iterator[Problem]:
    sites: set[SiteName] = set()
    for site, ref, target in store.list_refs():
        sites.add(site)
        if store.find_deploy(site, target.snapshot.hex()) is None:
            message = f"{ref} of {site} points at {target.snapshot.hex()[:12]}, which has no record"
            yield Problem("deploy-missing", message, _RESTORE)
    for site in sorted(sites):
        for deploy in store.list_deploys(site):
            yield from _verify_deploy(store, deploy, corrupt)


def _verify_deploy(store: Store, deploy: Deploy, corrupt: set[Digest]) -> Iterator[Problem]:
    name = f"deploy {deploy.id} of {deploy.site}"
    try:
        needed = reach(store, [deploy.snapshot])
    except (BlobMissing, CorruptBlob, BadManifest) as error:
        yield Problem("deploy-damaged", f"{name} cannot be read: {error.message}", _RESTORE)
        return
    for digest in sorted(needed & corrupt):
        yield Problem("deploy-damaged", f"{name} needs the damaged blob {digest.hex()}", _RESTORE)
    for digest in sorted(store.missing(needed)):
        yield Problem("deploy-damaged", f"{name} lacks blob {digest.hex()}", _RESTORE)
