"""Files of earlier builds, in the store of deploys."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from pectin.deploy.ports import Blobs
from pectin.values.digest import Digest
from pectin.values.output import Stream


class StoredOutputs:
    """The files that `blobs` has."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    def find(self, digest: Digest, size: int) -> Stream | None:
        """The file of `size` bytes with this digest, or None. Nothing is read before it is opened."""
        if self._blobs.missing([digest]):
            return None
        return _StoredFile(self._blobs, digest, size)


@dataclass(frozen=True, slots=True)
class _StoredFile:
    """A blob that is read when it is opened."""

    blobs: Blobs
    digest: Digest
    size: int

    def open(self) -> BinaryIO:
        """A reader of the blob. Raises BlobMissing and CorruptBlob."""
        body = self.blobs.open(self.digest)
        return BytesIO(body) if isinstance(body, bytes) else body.open()
