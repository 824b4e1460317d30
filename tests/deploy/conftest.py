"""A store in memory that counts what is put, and a short way to stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import pytest

from pectin.adapters.memory_store import MemoryStore
from pectin.deploy.model import Deploy, Move, Provenance, Ref, StageId
from pectin.deploy.publishing import Published, publish
from pectin.deploy.staging import Sealed, Staging
from pectin.values.digest import Digest
from pectin.values.output import OutputFile, Stream
from pectin.values.rules import Rules
from pectin.values.site import PRODUCTION, RefName, SiteName
from pectin.values.snapshot import Entry

PLUM = SiteName("plum")


Batch = list[tuple[Digest, int]]


class WatchedStore(MemoryStore):
    """Notes every write in `calls`, and what each put is given, with its size, in `puts`."""

    def __init__(self, calls: list[str], puts: list[Batch]) -> None:
        super().__init__()
        self.calls = calls
        self.puts = puts

    def open_stage(self, site: SiteName, now: int) -> StageId:
        self.calls.append("open_stage")
        return super().open_stage(site, now)

    def put(self, stage: StageId, blobs: Sequence[tuple[Digest, bytes | Stream]]) -> int:
        self.calls.append("put")
        self.puts.append(
            [
                (digest, len(body) if isinstance(body, bytes) else body.size)
                for digest, body in blobs
            ]
        )
        return super().put(stage, blobs)

    def close_stage(self, stage: StageId) -> None:
        self.calls.append("close_stage")
        super().close_stage(stage)

    def move(
        self,
        move: Move,
        deploy: Deploy,
        *,
        retained: Iterable[tuple[str, Entry]] = (),
        domains: Sequence[str] | None = None,
        stage: StageId | None = None,
    ) -> Ref:
        self.calls.append("move")
        return super().move(move, deploy, retained=retained, domains=domains, stage=stage)


@pytest.fixture
def calls() -> list[str]:
    """The writes of `store`, by name, so far."""
    return []


@pytest.fixture
def puts() -> list[Batch]:
    """What was put in `store` so far."""
    return []


Stage = Callable[..., Sealed]
Publish = Callable[..., Published]


@pytest.fixture
def store(calls: list[str], puts: list[Batch]) -> MemoryStore:
    return WatchedStore(calls, puts)


@pytest.fixture
def stage(store: MemoryStore) -> Stage:
    """Stages files by path, text that differs from page to page."""

    def act(
        files: Mapping[str, bytes],
        *,
        now: int = 1,
        ref: RefName = PRODUCTION,
        rules: Rules | None = None,
    ) -> Sealed:
        staging = Staging(store, PLUM, now, ref=ref)
        for path, body in files.items():
            staging.add(OutputFile(path, body, "text/plain"))
        return staging.seal(rules or Rules())

    return act


@pytest.fixture
def publish_files(store: MemoryStore, stage: Stage) -> Publish:
    """Stages and publishes."""

    def act(
        files: Mapping[str, bytes],
        *,
        now: int = 1,
        ref: RefName = PRODUCTION,
        domains: tuple[str, ...] = (),
    ) -> Published:
        return publish(
            store,
            stage(files, now=now, ref=ref),
            message=f"at {now}",
            author="anna",
            provenance=Provenance(version="1"),
            domains=domains,
            now=now,
        )

    return act
