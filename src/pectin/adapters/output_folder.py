"""A built site as plain files in a folder, for whoever serves files."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from pectin.build.source import SOURCES
from pectin.values.errors import Family, PectinError
from pectin.values.output import OutputFile

MARKER = ".pectin-output"
"""The file that says that Pectin made the folder, and may replace it."""

_STORE_FILE = Path("lmdb", "data.mdb")
"""The file that every store has."""

_MARKER_TEXT = "Made by `pectin build --out`, which replaces this whole folder each time.\n"
_CHUNK_BYTES = 1 << 20

_HINT = "look at the folder's permissions and the disk's free space"
_TAKEN = "two addresses need this name, perhaps as a file and as a folder: change one of them"
_HINTS = {
    errno.EEXIST: _TAKEN,
    errno.ENOTDIR: _TAKEN,
    errno.EISDIR: _TAKEN,
    errno.ENAMETOOLONG: "give the page a shorter address, by its name or its `url`",
}


class OutputRefused(PectinError):
    """The folder cannot be written, or must not be replaced."""

    code = "output-refused"
    title = "The output folder cannot be used"
    family = Family.OPERATOR


class OutputFolder:
    """A folder that is written beside `target` and takes its place on `commit`.

    Until then `target` is as it was; left as a context without a commit, it stays so. Raises
    OutputRefused when `target` has files that Pectin did not make, or touches the source
    in the folder `source`, or the deploys in the folder `store`.
    """

    def __init__(self, target: Path, source: Path, store: Path) -> None:
        self._target = target.resolve()
        _check_source(self._target, source.resolve())
        _check_store(self._target, store.resolve())
        _check_content(self._target)
        with _refuse_on_error(self._target):
            self._target.parent.mkdir(parents=True, exist_ok=True)
            prefix = f".{self._target.name}."
            self._temporary = Path(tempfile.mkdtemp(prefix=prefix, dir=self._target.parent))
            self._temporary.chmod(0o755)  # mkdtemp's own mode keeps web servers out
        self._made: set[Path] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self._temporary, ignore_errors=True)

    def put(self, file: OutputFile) -> None:
        """Write one file; this is a Sink. Raises OutputRefused, also for a path that leads out."""
        path = self._place(file.path)
        with _refuse_on_error(path.relative_to(self._temporary)):
            if path.parent not in self._made:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._made.add(path.parent)
            # "x": on a disk that ignores case, two paths must not become one file unseen.
            with path.open("xb") as out:
                if isinstance(file.body, bytes):
                    out.write(file.body)
                    return
                with file.body.open() as body:
                    shutil.copyfileobj(body, out, _CHUNK_BYTES)

    def has(self, path: str) -> bool:
        """Whether `path` has been put."""
        return self._place(path).is_file()

    def commit(self) -> None:
        """Let what was put take the place of the old folder."""
        with _refuse_on_error(self._target):
            (self._temporary / MARKER).write_text(_MARKER_TEXT, encoding="utf-8")
            if not self._target.exists():
                self._temporary.rename(self._target)
                return
            old = self._temporary.with_name(f"{self._temporary.name}.old")
            self._target.rename(old)
            try:
                self._temporary.rename(self._target)
            except OSError:
                old.rename(self._target)
                raise
            shutil.rmtree(old, ignore_errors=True)

    def _place(self, path: str) -> Path:
        segments = path.removeprefix("/").split("/")
        if any(s in {"", ".", ".."} or "\\" in s or "\0" in s for s in segments):
            raise OutputRefused(f"{path!r} is not a path that can be written")
        return self._temporary.joinpath(*segments)


def _check_source(target: Path, source: Path) -> None:
    if source.is_relative_to(target) or any(
        target.is_relative_to(source / part) for part in SOURCES
    ):
        raise OutputRefused(
            f"{target} is where the site's source is",
            hint="choose a folder of its own, as in `pectin build --out public`",
        )


def _check_store(target: Path, store: Path) -> None:
    if (
        target.is_relative_to(store)
        or store.is_relative_to(target)
        or (target / _STORE_FILE).exists()
    ):
        raise OutputRefused(
            f"{target} is where deploys are stored",
            hint="choose a folder of its own, as in `pectin build --out public`",
        )


def _check_content(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir() or (any(target.iterdir()) and not (target / MARKER).is_file()):
        raise OutputRefused(
            f"{target} has something in it that Pectin did not make",
            hint="choose another folder, or empty this one; it would be replaced as a whole",
        )


@contextmanager
def _refuse_on_error(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputRefused(
            f"{path} cannot be written: {error.strerror}",
            hint=_HINTS.get(error.errno or 0, _HINT),
        ) from error
