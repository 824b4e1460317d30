"""Blobs over a mebibyte: content-addressed files, written whole before they have their name."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from io import BufferedReader, FileIO
from pathlib import Path
from typing import BinaryIO

from pectin.adapters.lmdb_store.disk import Disk, explain
from pectin.deploy.errors import BodyChanged, CorruptBlob
from pectin.deploy.model import StageId
from pectin.values.digest import Digest
from pectin.values.output import Stream

_CHUNK_BYTES = 1 << 20
_INCOMING = "incoming"
_FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NEW_FILE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC

_Identity = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was received and is not the store's yet; `name` is in the folder of arrivals."""

    name: str
    digest: Digest
    size: int


class HashedReader(BufferedReader):
    """A reader of a file that has `digest`. What is read of it from the first byte on is hashed
    on the way, so that nobody gets the end of a file that has rotted.

    Reading the last of it raises CorruptBlob, when `tell` was called.
    """

    def __init__(self, digest: Digest, descriptor: int, tell: Callable[[Digest], None]) -> None:
        super().__init__(FileIO(descriptor))
        self._digest = digest
        self._tell = tell
        self._size = os.fstat(descriptor).st_size
        self._restart()

    def read(self, size: int | None = -1, /) -> bytes:
        """As BufferedReader. Raises CorruptBlob."""
        first = self.tell()
        if first == 0:
            self._restart()
        piece = super().read(size)
        if first == self._read_size:
            self._read_size += len(piece)
            self._hashed.update(piece)
            if self._read_size >= self._size and self._hashed.digest() != self._digest:
                self._tell(self._digest)
                raise CorruptBlob(self._digest)
        return piece

    def _restart(self) -> None:
        self._hashed = sha256()
        self._read_size = 0


class LargeFiles:
    """The files below `folder`: `ab/<the whole digest>`, where the digest begins with `ab`.

    No symbolic link in it is followed. A file is hashed when a process first opens it, and
    again when it was changed since.
    """

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._disk = disk
        self._verified: dict[Digest, _Identity] = {}
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            self._root = os.open(folder, _FOLDER_FLAGS)
            try:
                self._ensure_folder(_INCOMING)
            except OSError:
                os.close(self._root)
                raise
        except OSError as error:
            raise explain(error) from error

    def receive(self, stage: StageId, digest: Digest, body: bytes | Stream) -> Arrival:
        """The file of `body`, durable but without its name. Raises BodyChanged, StoreError."""
        name = f"{stage}-{secrets.token_hex(8)}"
        try:
            with self._open_folder(_INCOMING) as incoming:
                descriptor = os.open(name, _NEW_FILE_FLAGS, mode=0o600, dir_fd=incoming)
                try:
                    with os.fdopen(descriptor, "wb") as file:
                        size = self._fill(file, digest, body)
                except BaseException:
                    os.unlink(name, dir_fd=incoming)
                    raise
        except OSError as error:
            raise explain(error) from error
        return Arrival(name, digest, size)

    def place(self, arrival: Arrival) -> None:
        """Give `arrival` its name, durably. To be called while nothing indexes its digest."""
        hexadecimal = arrival.digest.hex()
        self._ensure_folder(hexadecimal[:2])
        with (
            self._open_folder(_INCOMING) as incoming,
            self._open_folder(hexadecimal[:2]) as shelf,
        ):
            try:
                self._disk.link(arrival.name, incoming, hexadecimal, shelf)
            except FileExistsError:  # left by a put that was not committed
                self._disk.unlink(hexadecimal, shelf)
                self._disk.link(arrival.name, incoming, hexadecimal, shelf)
            self._disk.sync(shelf)

    def discard(self, arrival: Arrival) -> None:
        """Take away the name that `arrival` came under."""
        with suppress(OSError), self._open_folder(_INCOMING) as incoming:
            os.unlink(arrival.name, dir_fd=incoming)

    def open(self, digest: Digest) -> BinaryIO:
        """A reader at the first byte of a file that has this digest. Raises CorruptBlob."""
        hexadecimal = digest.hex()
        try:
            with self._open_folder(hexadecimal[:2]) as shelf:
                descriptor = os.open(
                    hexadecimal, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=shelf
                )
        except OSError as error:
            raise CorruptBlob(digest, f"its file cannot be opened ({error.strerror})") from error
        reader = HashedReader(digest, descriptor, self._forget)
        try:
            self._verify(digest, reader)
        except BaseException:
            reader.close()
            raise
        return reader

    def load(self, digest: Digest) -> bytes:
        """The whole body, hashed now. Raises CorruptBlob."""
        with self.open(digest) as reader:
            return reader.read()

    def sweep(self, indexed: AbstractSet[Digest], stages: AbstractSet[StageId]) -> None:
        """Unlink every file whose digest is not in `indexed`, and what arrived for no stage."""
        wanted = {digest.hex() for digest in indexed}
        for folder in _list_names(self._root):
            try:
                with self._open_folder(folder) as shelf:
                    for name in _list_names(shelf):
                        stage = StageId(name.rpartition("-")[0])
                        if not (stage in stages if folder == _INCOMING else name in wanted):
                            self._disk.unlink(name, shelf)
            except NotADirectoryError:  # a file or a link, which is not ours
                self._disk.unlink(folder, self._root)

    def close(self) -> None:
        """Let go of the folder."""
        os.close(self._root)

    def _fill(self, file: BinaryIO, digest: Digest, body: bytes | Stream) -> int:
        hashed, size = sha256(), 0
        for chunk in _chunks(body):
            hashed.update(chunk)
            size += len(chunk)
            self._disk.write(file, chunk)
        if hashed.digest() != digest:
            raise BodyChanged(digest)
        file.flush()
        self._disk.sync(file.fileno())
        return size

    def _verify(self, digest: Digest, reader: HashedReader) -> None:
        status = os.fstat(reader.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise CorruptBlob(digest, "it is not a file")
        identity = (status.st_ino, status.st_mtime_ns, status.st_size)
        if self._verified.get(digest) == identity:
            return
        while reader.read(_CHUNK_BYTES):
            pass
        self._verified[digest] = identity
        reader.seek(0)

    def _forget(self, digest: Digest) -> None:
        self._verified.pop(digest, None)

    def _ensure_folder(self, name: str) -> None:
        with suppress(FileExistsError):
            self._disk.make_folder(name, self._root)
        self._disk.sync(self._root)  # even when it existed: who made it may have died before

    @contextmanager
    def _open_folder(self, name: str) -> Iterator[int]:
        descriptor = os.open(name, _FOLDER_FLAGS, dir_fd=self._root)
        try:
            yield descriptor
        finally:
            os.close(descriptor)


def _list_names(folder: int) -> list[str]:
    with os.scandir(folder) as found:
        return [item.name for item in found]


def _chunks(body: bytes | Stream) -> Iterator[bytes]:
    if isinstance(body, bytes):
        yield body
        return
    with body.open() as reader:
        while chunk := reader.read(_CHUNK_BYTES):
            yield chunk
