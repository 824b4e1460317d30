"""What a build hands on: files by path, with the rules that go with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from pectin.values.digest import Digest


class Stream(Protocol):
    """Bytes too many to hold at once."""

    @property
    def size(self) -> int:
        """How many bytes."""

    def open(self) -> BinaryIO:
        """A reader that stands at the first byte; the caller closes it."""


@dataclass(frozen=True, slots=True)
class OutputFile:
    """One file of the published site.

    `path` is the file's name in the site, decoded, NFC, starting with "/":
    `/posts/plum/index.html`. `media_type` is a whole Content-Type field value.
    `immutable` says that the name contains a fingerprint of the content, so that the
    body under this name never changes. `digest` is the SHA-256 digest of the body, where the
    maker knows it.
    """

    path: str
    body: bytes | Stream
    media_type: str
    immutable: bool = False
    digest: Digest | None = None


Sink = Callable[[OutputFile], None]
"""Takes each file as soon as it is made, so that the output is never held whole."""


def read_body(body: bytes | Stream) -> bytes:
    """All the bytes of `body`."""
    if isinstance(body, bytes):
        return body
    with body.open() as reader:
        return reader.read()
