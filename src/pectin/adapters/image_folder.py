"""Encoded images in a folder, by what they were made of: they are good for ever, and for any site.

Rule 1: nothing that goes wrong here is an error. What cannot be had was never there.
Rule 2: a file takes its name when all of it is there, and its sum is looked at each time.
Rule 3: a file that is used is touched, once a day, so that age tells what nobody needs.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile

IMAGES = "images"
"""The folder in the store's; whoever deletes it loses nothing but time."""

_SUM_BYTES = 16
_DAY_SECONDS = 86_400
KEPT_DAYS = 90
"""How long what nobody uses is kept."""


class ImageFolder:
    """ImageResults in `folder`, which is made when something is stored. `now` is in epoch seconds."""

    def __init__(self, folder: Path, now: int) -> None:
        self._folder = folder
        self._now = now

    def load(self, key: bytes) -> bytes | None:
        """The bytes of `key`, or None."""
        path = self._place(key)
        try:
            raw = path.read_bytes()
            if path.stat().st_mtime < self._now - _DAY_SECONDS:
                os.utime(path, (self._now, self._now))
        except OSError:
            return None
        body = raw[_SUM_BYTES:]
        return body if _sum(body) == raw[:_SUM_BYTES] else None

    def store(self, key: bytes, body: bytes) -> None:
        """Keep `body`, if there is room."""
        path = self._place(key)
        with suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
                try:
                    file.write(_sum(body) + body)
                    file.close()
                    os.replace(file.name, path)  # noqa: PTH105  # a string already
                except OSError:
                    Path(file.name).unlink(missing_ok=True)

    def prune(self) -> None:
        """Drop what nobody has used for 90 days."""
        limit = self._now - KEPT_DAYS * _DAY_SECONDS
        for path in self._folder.glob("*/*"):
            with suppress(OSError):
                if path.stat().st_mtime < limit:
                    path.unlink()

    def _place(self, key: bytes) -> Path:
        name = key.hex()
        return self._folder / name[:2] / name[2:]


def _sum(body: bytes) -> bytes:
    return blake2b(body, digest_size=_SUM_BYTES).digest()
