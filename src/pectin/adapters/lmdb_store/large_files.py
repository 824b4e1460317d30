"""Blobs over a mebibyte: content-addressed files, written whole before they have their name."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO

from pectin.adapters.lmdb_store.disk import Disk, explain
from pectin.deploy.errors import BodyChanged, CorruptBlob
from pectin.deploy.model import StageId
from pectin.values.digest import DIGEST_SIZE, Digest
from pectin.values.output import Stream

CHUNK_BYTES = 64 << 10
"""What is read and hashed at once: what a server sends at once, so that nothing has to be held."""

_PIECE_BYTES = 1 << 20
_INCOMING = "incoming"
_FILE_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
_FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NEW_FILE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was received and is not the store's yet; `name` is in the folder of arrivals.

    `chunks` are the digests of its chunks, one after the other.
    """

    name: str
    digest: Digest
    size: int
    chunks: bytes


class _ChunkHasher:
    """Makes the digest of each chunk of what it is given, and of the whole."""

    def __init__(self) -> None:
        self.size = 0
        self._whole = sha256()
        self._chunk = sha256()
        self._room = CHUNK_BYTES
        self._chunks = bytearray()

    def update(self, piece: bytes) -> None:
        self.size += len(piece)
        self._whole.update(piece)
        view = memoryview(piece)
        while view:
            part, view = view[: self._room], view[self._room :]
            self._chunk.update(part)
            self._room -= len(part)
            if not self._room:
                self._end_chunk()

    def finish(self) -> tuple[bytes, bytes]:
        """The digest of the whole, and those of the chunks one after the other."""
        if self._room < CHUNK_BYTES:
            self._end_chunk()
        return self._whole.digest(), bytes(self._chunks)

    def _end_chunk(self) -> None:
        self._chunks += self._chunk.digest()
        self._chunk = sha256()
        self._room = CHUNK_BYTES


class _CheckedFile(RawIOBase):
    """Reads a file of which each chunk has the digest in `chunks`; any other raises CorruptBlob."""

    def __init__(self, digest: Digest, descriptor: int, size: int, chunks: bytes) -> None:
        self._digest = digest
        self._descriptor = descriptor
        self._size = size
        self._chunks = chunks
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        self._position = start + offset
        return self._position

    def readinto(self, buffer: Any, /) -> int:
        if self._position >= self._size:
            return 0
        index, skipped = divmod(self._position, CHUNK_BYTES)
        chunk = os.pread(self._descriptor, CHUNK_BYTES, index * CHUNK_BYTES)
        expected = self._chunks[index * DIGEST_SIZE : (index + 1) * DIGEST_SIZE]
        if sha256(chunk).digest() != expected:
            raise CorruptBlob(self._digest)
        room = memoryview(buffer)
        piece = chunk[skipped : skipped + len(room)]
        room[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            os.close(self._descriptor)
        super().close()


class LargeFiles:
    """The files below `folder`: `ab/<the whole digest>`, where the digest begins with `ab`.

    No symbolic link in it is followed. What is read is hashed, a chunk at a time, before it is given.
    """

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._disk = disk
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
                        size, chunks = self._fill(file, digest, body)
                except BaseException:
                    os.unlink(name, dir_fd=incoming)
                    raise
        except OSError as error:
            raise explain(error) from error
        return Arrival(name, digest, size, chunks)

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

    def open(self, digest: Digest, size: int, chunks: bytes) -> BinaryIO:
        """A reader at the first byte of a file of `size` bytes whose chunks have the digests `chunks`.

        Opening and reading raise CorruptBlob.
        """
        file = _CheckedFile(digest, self._open_descriptor(digest, size), size, chunks)
        # With room for a chunk, so that small reads do not hash it again and again.
        return BufferedReader(file, CHUNK_BYTES)

    def load(self, digest: Digest) -> bytes:
        """The whole body, hashed now. Raises CorruptBlob."""
        with os.fdopen(self._open_descriptor(digest), "rb") as file:
            body = file.read()
        if sha256(body).digest() != digest:
            raise CorruptBlob(digest)
        return body

    def compute_chunks(self, digest: Digest, size: int) -> bytes:
        """The digests of the chunks of a file of `size` bytes, the whole of which is hashed now.

        Raises CorruptBlob.
        """
        hasher = _ChunkHasher()
        with os.fdopen(self._open_descriptor(digest, size), "rb") as file:
            while piece := file.read(_PIECE_BYTES):
                hasher.update(piece)
        whole, chunks = hasher.finish()
        if whole != digest:
            raise CorruptBlob(digest)
        return chunks

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

    def _fill(self, file: BinaryIO, digest: Digest, body: bytes | Stream) -> tuple[int, bytes]:
        hasher = _ChunkHasher()
        for piece in _list_pieces(body):
            hasher.update(piece)
            self._disk.write(file, piece)
        whole, chunks = hasher.finish()
        if whole != digest:
            raise BodyChanged(digest)
        file.flush()
        self._disk.sync(file.fileno())
        return hasher.size, chunks

    def _open_descriptor(self, digest: Digest, size: int | None = None) -> int:
        """The file, if it is one, and has `size` bytes. Raises CorruptBlob."""
        hexadecimal = digest.hex()
        try:
            with self._open_folder(hexadecimal[:2]) as shelf:
                descriptor = os.open(hexadecimal, _FILE_FLAGS, dir_fd=shelf)
        except OSError as error:
            raise CorruptBlob(digest, f"its file cannot be opened ({error.strerror})") from error
        status = os.fstat(descriptor)
        if stat.S_ISREG(status.st_mode) and size in {status.st_size, None}:
            return descriptor
        os.close(descriptor)
        raise CorruptBlob(digest, "it is not a file of the size that was stored")

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


def _list_pieces(body: bytes | Stream) -> Iterator[bytes]:
    if isinstance(body, bytes):
        yield body
        return
    with body.open() as reader:
        while piece := reader.read(_PIECE_BYTES):
            yield piece
