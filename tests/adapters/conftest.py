"""Stores to test, and a short way to publish to one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from pectin.adapters.lmdb_store.store import LmdbStore
from pectin.adapters.memory_store import MemoryStore
from pectin.deploy.model import Provenance
from pectin.deploy.ports import Store
from pectin.deploy.publishing import Published, publish
from pectin.deploy.staging import Staging
from pectin.values.output import OutputFile
from pectin.values.rules import Rules
from pectin.values.site import PRODUCTION, RefName, SiteName

Publish = Callable[..., Published]


@pytest.fixture(params=["memory", "lmdb"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Every adapter of the port in turn."""
    made: Store = MemoryStore() if request.param == "memory" else LmdbStore(tmp_path / "store")
    yield made
    made.close()


@pytest.fixture
def lmdb_store(tmp_path: Path) -> Iterator[LmdbStore]:
    """The durable store, in `tmp_path / "store"`."""
    made = LmdbStore(tmp_path / "store")
    yield made
    made.close()


@pytest.fixture
def publish_files() -> Publish:
    """Publishes files by path; those whose name ends in `.js` are immutable."""

    def act(
        store: Store,
        files: Mapping[str, bytes],
        *,
        now: int = 1,
        site: str = "plum",
        ref: RefName = PRODUCTION,
        domains: tuple[str, ...] = (),
    ) -> Published:
        staging = Staging(store, SiteName(site), now, ref=ref)
        for path, body in files.items():
            staging.add(OutputFile(path, body, "text/plain", immutable=path.endswith(".js")))
        return publish(
            store,
            staging.seal(Rules()),
            message=f"at {now}",
            author="anna",
            provenance=Provenance(),
            domains=domains,
            now=now,
        )

    return act
