"""What HTTP servers said, kept from run to run to be revalidated (RFC 9111, section 4.3)."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """A body with its validators, Link and Content-Type; each is empty where it had none."""

    body: str
    etag: str = ""
    last_modified: str = ""
    link: str = ""
    media_type: str = ""


class ResponseCache:
    """Responses in `folder`, by keys that contain no secret; nowhere when it is None."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def load(self, key: str) -> StoredResponse | None:
        """The response of `key`, or None."""
        if self._folder is None:
            return None
        with suppress(OSError, ValueError, TypeError):
            return StoredResponse(**json.loads(self._path(key).read_text(encoding="utf-8")))
        return None

    def store(self, key: str, response: StoredResponse) -> None:
        """Keep `response`, if there is room."""
        if self._folder is None or not (response.etag or response.last_modified):
            return
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with NamedTemporaryFile("w", dir=self._folder, encoding="utf-8", delete=False) as file:
                json.dump(asdict(response), file)
            os.replace(file.name, self._path(key))  # noqa: PTH105 - atomic

    def _path(self, key: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{sha256(key.encode()).hexdigest()}.json"
