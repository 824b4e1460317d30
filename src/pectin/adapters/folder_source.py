"""A site's source in a folder of the disk.

Rule 1: nothing outside the folder is ever read. A symbolic link is followed only to a file or
folder that is itself part of the source, so that no link can publish a secret, hidden or not.
Rule 2: two machines that hold the same source see the same paths, in the same order.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from pectin.build.source import CONFIG_FILE, FOLDERS, NETLIFY_FILE, SOURCES, SourceUnreadable
from pectin.values.digest import Digest, compute_digest
from pectin.values.errors import Family, PectinError
from pectin.values.output import Stream
from pectin.values.place import Place
from pectin.values.problem import Problem, Severity

LARGEST_TEXT = 64 << 20
"""Bytes of a file that is read as text. A build holds it several times over."""

_OF_TEXTS = frozenset({CONFIG_FILE, NETLIFY_FILE, "data", "i18n", "templates"})

STREAM_FROM = 1 << 20
"""Files of at least this many bytes are streamed."""

Signature = tuple[int, int, int, int]
"""What a file looks like from outside: size, times of modification and change in ns, inode."""

Known = Mapping[str, tuple[Signature, bytes]]
"""The signature and the SHA-256 digest of files, by path."""

_CHUNK = 1 << 18
_UNFIT = re.compile(r"[\\\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class SourceMissing(PectinError):
    """The folder is not a site."""

    code = "source-missing"
    title = "No site here"
    family = Family.OPERATOR


def is_source(path: str) -> bool:
    """Whether a file of the site's folder is part of the source, by its relative path.

    Left out are hidden files (but not `static/.well-known/`, RFC 8615), `node_modules`, and
    what editors leave lying.
    """
    top, *rest = path.split("/")
    if not rest:
        return top in SOURCES
    if path.startswith("static/.well-known"):
        rest = rest[1:]
    return top in FOLDERS and not any(map(_is_noise, rest))


def _is_noise(name: str) -> bool:
    return (
        name.startswith((".", "___jb_"))
        or name.endswith(("~", ".swp", ".swx"))
        or (name.startswith("#") and name.endswith("#"))
        or name in {"node_modules", "4913", "Thumbs.db", "__pycache__", "desktop.ini"}
    )


def _is_text(path: str) -> bool:
    """Whether a build reads the whole file at `path` as text."""
    folder = path.partition("/")[0]
    return folder in _OF_TEXTS or (folder == "content" and path.endswith((".md", ".html")))


@dataclass(frozen=True, slots=True)
class _FileStream:
    """A file that is too large to hold."""

    source: FolderSource
    path: str
    size: int

    def open(self) -> BinaryIO:
        return self.source.open(self.path)


class FolderSource:
    """The source in the folder `root`, as it was when this was made. A SourceTree.

    `problems` has what was left out and should not have been: links that lead out, devices,
    names that other machines cannot have. Raises SourceMissing when there is no `pectin.toml`.
    """

    def __init__(self, root: Path) -> None:
        self._root = self.root = root.resolve()
        if not (self._root / CONFIG_FILE).is_file():
            raise SourceMissing(
                f"there is no {CONFIG_FILE} in {root}",
                hint="name the site's folder with --source, or start one: pectin new my-site",
            )
        scan = _Scan(self._root)
        self._files = scan.files
        self._signatures = scan.signatures
        self._has_links = scan.has_links
        self._paths = tuple(sorted(scan.files))
        self._digests: dict[str, Digest] = {}
        self._loaded: dict[str, bytes] = {}
        self._source_digest: Digest | None = None
        self.problems = (*scan.problems, *_list_case_collisions(self._paths))

    def paths(self) -> Sequence[str]:
        """Every file's path, sorted by code point."""
        return self._paths

    def read(self, path: str) -> bytes:
        """The bytes of the file. Raises SourceUnreadable when it cannot be read."""
        if path in self._loaded:
            return self._loaded[path]
        descriptor, size = self._open(path)
        try:
            body = _read_all(descriptor, size)
        except OSError as error:
            raise _make_unreadable(path, error) from error
        finally:
            os.close(descriptor)
        digest = compute_digest(body)
        if self._digests.setdefault(path, digest) != digest:
            raise _make_changed(path)
        return body

    def take_loaded(self, loaded: Mapping[str, bytes]) -> None:
        """Have what loaders gave, JSON by their paths, as files beside them: `data/shop.py.json`."""
        self._loaded = {f"{path}.json": body for path, body in loaded.items()}
        self._paths = tuple(sorted((*self._files, *self._loaded)))
        self._digests |= {path: compute_digest(body) for path, body in self._loaded.items()}
        self._source_digest = None

    def list_loaded(self) -> tuple[tuple[str, Digest], ...]:
        """The digests of what loaders gave, by the paths of these, in order."""
        return tuple(
            (path.removesuffix(".json"), self._digests[path]) for path in sorted(self._loaded)
        )

    def look_again(self, paths: Iterable[str]) -> bool:
        """Take the files at `paths`, and those alone, as they are now.

        False where that is not all that changed: one of them is new, gone or something else, or
        can be reached in two ways. Then this must not be used any more.
        """
        if self._has_links:
            return False
        self._source_digest = None
        for path in paths:
            try:
                found = os.lstat(self._files[path])
            except (KeyError, OSError):
                return False
            if not stat.S_ISREG(found.st_mode):
                return False
            self._signatures[path] = _sign(found)
            self._digests.pop(path, None)
        return True

    def locate(self, path: str) -> Path:
        """Where the file is on the disk."""
        return Path(self._files[path])

    def size(self, path: str) -> int:
        """How many bytes the file had when it was found."""
        return self._signatures[path][0]

    def modified_ns(self, path: str) -> int:
        """When the file had last been changed when it was found, in ns of the epoch."""
        return self._signatures[path][1]

    def trust(self, known: Known) -> None:
        """Take the digests of files that are as `known` saw them, without reading these."""
        for path, (signature, digest) in known.items():
            if self._signatures.get(path) == signature:
                self._digests.setdefault(path, Digest(digest))

    def learn(self, digests: Mapping[str, Digest]) -> None:
        """Take digests that a copy of this process has computed."""
        self._digests.update(digests)

    def list_known(self, before: int) -> Known:
        """The digests that were needed, of files that were last changed before `before`.

        `before` is in epoch seconds: a file that was changed just now may change again without
        looking another.
        """
        limit = before * 1_000_000_000
        return {
            path: (signature, digest)
            for path, digest in self._digests.items()
            if path not in self._loaded
            for signature in (self._signatures[path],)
            if max(signature[1:3]) < limit
        }

    def recall_digest(self, path: str) -> Digest | None:
        """As `digest`, but None where the file would have to be read first."""
        return self._digests.get(path)

    def digest(self, path: str) -> Digest:
        """The digest of the file's bytes, as they were read if they were."""
        if path not in self._digests:
            self._digests[path] = self._compute_digest(path)
        return self._digests[path]

    def stream(self, path: str) -> bytes | Stream:
        """As `read`, or a Stream where the file has 1 MiB or more."""
        if path in self._loaded:
            return self._loaded[path]
        descriptor, size = self._open(path)
        os.close(descriptor)
        return _FileStream(self, path, size) if size >= STREAM_FROM else self.read(path)

    def open(self, path: str) -> BinaryIO:
        """A reader of the file. Raises SourceUnreadable when it cannot be read."""
        return os.fdopen(self._open(path)[0], "rb")

    def _open(self, path: str) -> tuple[int, int]:
        """A descriptor of the file, and how many bytes it has."""
        try:
            # The flags hold the door against a link or a FIFO put there since the scan.
            flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
            descriptor = os.open(self._files[path], flags)
        except OSError as error:
            raise _make_unreadable(path, error) from error
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            os.close(descriptor)
            raise SourceUnreadable(f"{path} is no longer a file", hint="build again")
        if (found.st_size, found.st_mtime_ns) != self._signatures[path][:2]:
            os.close(descriptor)
            raise _make_changed(path)
        return descriptor, found.st_size

    def compute_source_digest(self) -> Digest:
        """The digest of the whole source: over each path and the digest of its bytes, in order."""
        if self._source_digest is None:
            whole = sha256()
            for path in self._paths:
                whole.update(path.encode() + b"\0")
                whole.update(self.digest(path))
            self._source_digest = Digest(whole.digest())
        return self._source_digest

    def _compute_digest(self, path: str) -> Digest:
        running = sha256()
        with self.open(path) as file:
            while chunk := file.read(_CHUNK):
                running.update(chunk)
        return Digest(running.digest())


def _sign(found: os.stat_result) -> Signature:
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


class _Scan:
    """One walk over a folder: real files by path, and problems."""

    def __init__(self, root: Path) -> None:
        self.files: dict[str, str] = {}
        self.signatures: dict[str, Signature] = {}
        self.problems: list[Problem] = []
        self.has_links = False
        self._root = str(root)
        self._names: dict[str, str] = {}
        self._entered: list[str] = []
        for name in SOURCES:
            if os.path.lexists(os.path.join(self._root, name)):  # noqa: PTH118  # see _enter
                self._take(name, os.path.join(self._root, name))  # noqa: PTH118

    def _take(self, path: str, real: str) -> None:
        try:
            found = os.lstat(real)
            if stat.S_ISLNK(found.st_mode):
                self.has_links = True
                real = self._follow(path, real)
                if not real:
                    return
                found = os.stat(real)  # noqa: PTH116  # a string already
            if stat.S_ISDIR(found.st_mode):
                self._enter(path, real)
            elif stat.S_ISREG(found.st_mode) and self._is_held(path, found.st_size):
                self.files[path] = real
                self.signatures[path] = _sign(found)
            elif not stat.S_ISREG(found.st_mode):
                message = f"{path} is a device, FIFO or socket"
                self._refuse("not-a-file", path, message, "remove it: a site is made of files")
        except OSError as error:
            message = f"{path} cannot be read: {error.strerror}"
            self._refuse("source-unreadable", path, message, "look at its permissions")

    def _enter(self, path: str, real: str) -> None:
        self._entered.append(real)
        # os.scandir and strings: a tenth of the time that pathlib takes for 10,000 files.
        with os.scandir(real) as entries:
            for entry in entries:
                child = unicodedata.normalize("NFC", f"{path}/{entry.name}")
                if is_source(child) and self._is_fit(child, entry.name):
                    self._take(child, entry.path)
        self._entered.pop()

    def _follow(self, path: str, link: str) -> str:
        """The real path behind a link, or "" when it may not be followed."""
        real = os.path.realpath(link)
        if not is_source(os.path.relpath(real, self._root).replace(os.sep, "/")):
            self._refuse(
                "link-leads-out",
                path,
                f"{path} is a symbolic link to something that is not part of the site",
                "put the file itself here; Pectin reads nothing outside the site's folders",
            )
            return ""
        if real in self._entered:
            message = f"{path} is a symbolic link to a folder that it is in"
            self._refuse("link-loop", path, message, "remove the link")
            return ""
        return real

    def _is_fit(self, path: str, name: str) -> bool:
        if _UNFIT.search(name):
            self._refuse(
                "bad-file-name",
                path.encode("ascii", "backslashreplace").decode(),
                f"the name {name!a} cannot be part of a URL on every machine",
                "rename it: UTF-8, without backslashes, control characters and marks of direction",
            )
            return False
        if self._names.setdefault(path, name) != name:
            self._refuse(
                "path-collision",
                path,
                f"two files are called {path}: they differ only in how accents are encoded",
                "remove one of them",
            )
            return False
        return True

    def _is_held(self, path: str, size: int) -> bool:
        """Whether a file of `size` bytes can be held, if a build has to hold it; else it is refused."""
        if size <= LARGEST_TEXT or not _is_text(path):
            return True
        self._refuse(
            "file-too-large",
            path,
            f"{path} has {size:,} bytes, and is read as text, of which {LARGEST_TEXT:,} is the most",
            "cut it into several, or put it into static/, which is copied as it is",
        )
        return False

    def _refuse(self, code: str, path: str, message: str, hint: str) -> None:
        self.problems.append(Problem(code, message, hint, Place(path)))


def _list_case_collisions(paths: Sequence[str]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for path in paths:
        first = seen.setdefault(path.casefold(), path)
        if first != path:
            yield Problem(
                "case-collision",
                f"{path} and {first} differ only in case",
                "rename one: macOS and Windows can hold only one of them",
                Place(path),
                Severity.WARNING,
            )


def _read_all(descriptor: int, size: int) -> bytes:
    """The bytes of an open file, in half the time that a file object takes for a small one."""
    body = os.read(descriptor, size + 1)
    if len(body) == size:
        return body
    # It grew or shrank, or Linux gave no more at once (2 GiB, read(2)).
    chunks = [body]
    while chunks[-1]:
        chunks.append(os.read(descriptor, _CHUNK))
    return b"".join(chunks)


def _make_changed(path: str) -> SourceUnreadable:
    return SourceUnreadable(
        f"{path} was changed while the site was built",
        hint="build again: a build is of one state of the source",
    )


def _make_unreadable(path: str, error: OSError) -> SourceUnreadable:
    return SourceUnreadable(
        f"{path} cannot be read: {error.strerror}",
        hint="look at the file's permissions and the disk",
    )
