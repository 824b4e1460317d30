"""What loaders gave, kept in a folder beside the store: values by their digests, and a record each.

Whoever deletes it loses the offline mode and the way back to what earlier deploys were made of.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from pectin.values.digest import Digest, compute_digest
from pectin.values.site import SiteName

_VALUES = "values"
_RECORDS = "records"
_RESPONSES = "responses"


@dataclass(frozen=True, slots=True)
class LoadedRecord:
    """The last good run of a loader: when (epoch seconds), of which code, and what it gave."""

    digest: str
    loaded_at: int
    code: str


class LoadedData:
    """The data of all sites of a store, in `folder`, which is made when something is stored."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def responses(self) -> Path:
        """The folder of HTTP responses."""
        return self._folder / _RESPONSES

    def find(self, site: SiteName, path: str) -> LoadedRecord | None:
        """The record of the loader at `path`, whose value is there; else None."""
        with suppress(OSError, ValueError, TypeError):
            record = LoadedRecord(**json.loads(self._record(site, path).read_bytes()))
            if self.load(record.digest) is not None:
                return record
        return None

    def load(self, digest: str) -> bytes | None:
        """The value with the hexadecimal `digest`, or None where it is lost or damaged."""
        with suppress(OSError):
            body = self.path_of(digest).read_bytes()
            return body if compute_digest(body).hex() == digest else None
        return None

    def path_of(self, digest: str) -> Path:
        """Where the value with `digest` is, if it is there."""
        return self._folder / _VALUES / f"{digest}.json"

    def store(self, site: SiteName, path: str, body: bytes, *, code: str, now: int) -> Digest:
        """The digest of `body`, which the loader at `path` gave `now`, and which is kept."""
        digest = compute_digest(body)
        if self.load(digest.hex()) is None:
            _write(self.path_of(digest.hex()), body)
        record = LoadedRecord(digest.hex(), now, code)
        _write(self._record(site, path), json.dumps(asdict(record)).encode())
        return digest

    def collect(self, needed: Collection[str]) -> int:
        """How many values were dropped: those that no record has, and that are not `needed`."""
        kept = set(needed)
        for path in self._folder.glob(f"{_RECORDS}/*/*.json"):
            with suppress(OSError, ValueError, TypeError):
                kept.add(LoadedRecord(**json.loads(path.read_bytes())).digest)
        dropped = 0
        for path in self._folder.glob(f"{_VALUES}/*.json"):
            if path.stem not in kept:
                path.unlink(missing_ok=True)
                dropped += 1
        return dropped

    def _record(self, site: SiteName, path: str) -> Path:
        return self._folder / _RECORDS / site / f"{sha256(path.encode()).hexdigest()}.json"


def _write(path: Path, body: bytes) -> None:
    """Put `body` at `path` at once: a reader sees all of it or what was there."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(body)
    os.replace(file.name, path)  # noqa: PTH105 - a name from tempfile
