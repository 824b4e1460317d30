"""The one who publishes and rolls back, by the use cases, with a note of when each move was."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from bench.switch.model import Switch
from bench.switch.site import VERSIONS, render_site

from pectin.adapters.lmdb_store.store import LmdbStore
from pectin.deploy.model import Provenance, Ref
from pectin.deploy.publishing import publish
from pectin.deploy.rollback import rollback
from pectin.deploy.staging import Staging
from pectin.values.rules import Rules
from pectin.values.site import SiteName

SITE = SiteName("bench")
_EPOCH = 1_600_000_000
_AUTHOR = "bench"


class _TimedStore(LmdbStore):
    """The store, which keeps when each move of a ref began and when it was done."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.moves: list[tuple[float, float]] = []

    def move(self, *arguments: Any, **options: Any) -> Ref:
        begun = time.monotonic()
        ref = super().move(*arguments, **options)
        self.moves.append((begun, time.monotonic()))
        return ref


class Publisher:
    """Publishes the second version and rolls back to the first, in turns."""

    def __init__(self, folder: Path) -> None:
        self._store = _TimedStore(folder)
        self._published: list[str] = []
        self._first = self._publish(VERSIONS[0])

    def switch(self) -> None:
        """Make the version live that is not: the second by publishing, the first by rolling back."""
        if self._published[-1] == VERSIONS[0]:
            self._publish(VERSIONS[1])
        else:
            rollback(self._store, SITE, self._first, author=_AUTHOR, now=_EPOCH)
            self._published.append(VERSIONS[0])

    @property
    def switches(self) -> list[Switch]:
        """What was done so far, the first publish included."""
        return [
            Switch(version, begun, done)
            for version, (begun, done) in zip(self._published, self._store.moves, strict=True)
        ]

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def _publish(self, version: str) -> str:
        staging = Staging(self._store, SITE, _EPOCH)
        for file in render_site(version):
            staging.add(file)
        published = publish(
            self._store,
            staging.seal(Rules()),
            message=version,
            author=_AUTHOR,
            provenance=Provenance(),
            now=_EPOCH,
        )
        self._published.append(version)
        return published.deploy.id
