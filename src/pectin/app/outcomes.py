"""What came of whole builds, so that one of the same source need not be made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import msgspec

from pectin.adapters.folder_source import FolderSource
from pectin.build.earlier import Earlier, Foundation
from pectin.build.site.visibility import BuildOptions
from pectin.build.traces.cache import Cache
from pectin.deploy.codec import parse_snapshot
from pectin.deploy.errors import BadManifest, BlobMissing, CorruptBlob
from pectin.deploy.ports import Store
from pectin.deploy.staging import Sealed
from pectin.values.problem import Problem
from pectin.values.site import PRODUCTION, SiteName
from pectin.values.snapshot import Snapshot

_KEY = b"outcome"


class Outcome(msgspec.Struct, frozen=True, array_like=True):
    """A build without errors: of what it was made, and what it became.

    It holds from the day `built` until before the day `until`; for ever where that is None.
    """

    inputs: bytes
    built: date
    until: date | None
    snapshot: bytes
    problems: tuple[Problem, ...]
    foundation: Foundation | None

    def holds(self, today: date) -> bool:
        """Whether a build of the same inputs for `today` would become the same."""
        return self.built <= today and (not self.until or today < self.until)


def identify_inputs(source: FolderSource, options: BuildOptions) -> bytes:
    """All that a build is made of but the day and the code."""
    return source.compute_source_digest() + repr((options, source.problems)).encode()


def load_outcome(cache: Cache) -> Outcome | None:
    """The last build's, or None."""
    try:
        return msgspec.msgpack.decode(cache.load(_KEY) or b"", type=Outcome)
    except msgspec.DecodeError:
        return None


@dataclass(frozen=True, slots=True)
class Base:
    """What a build may be a revision of: the build before, and its snapshot, which is live."""

    earlier: Earlier
    snapshot: Snapshot


def find_base(store: Store, cache: Cache, site: SiteName, today: date) -> Base | None:
    """What the next build of `site` may be a revision of, or None."""
    outcome = load_outcome(cache)
    if outcome is None or outcome.foundation is None or not outcome.holds(today):
        return None
    sealed = seal_again(store, site, outcome.snapshot)
    if sealed is None:
        return None
    return Base(Earlier(outcome.foundation, outcome.problems, outcome.until), sealed.snapshot)


def store_outcome(cache: Cache, outcome: Outcome) -> None:
    """Keep `outcome` for the next build."""
    cache.store({_KEY: msgspec.msgpack.encode(outcome)})


def seal_again(store: Store, site: SiteName, snapshot: bytes) -> Sealed | None:
    """The `snapshot` as when it was staged, if it is live; else None.

    What a repair has dropped of it is nothing to look for: a repair drops the cache too.
    """
    live = store.read(site, PRODUCTION)
    if live is None or live.snapshot != snapshot:
        return None
    try:
        found = parse_snapshot(store.get(live.snapshot))
    except (BadManifest, BlobMissing, CorruptBlob):
        return None
    return Sealed(site, PRODUCTION, live, None, live.snapshot, found, 0, 0)
