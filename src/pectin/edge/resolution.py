"""Which file answers a path, and under which one URL it lives.

`/a/index.html` lives at `/a/`, and `/about.html` at `/about`. Every other spelling that finds
a file is sent to that URL, so that a page has one address.
"""

from __future__ import annotations

from dataclasses import dataclass

from pectin.edge.model import Files
from pectin.values.snapshot import Entry

NOT_FOUND_PAGE = "/404.html"
"""Answers what is not found, and is found nowhere itself; nor is that of a folder at the top."""

_INDEX = "/index.html"
_PAGE = ".html"


@dataclass(frozen=True, slots=True)
class Resolved:
    """The file `path` with its `entry`, and the decoded `url` that is its address."""

    path: str
    entry: Entry
    url: str


def resolve_file(path: str, files: Files) -> Resolved | None:
    """The file that the decoded `path` means, whether or not `path` is its address."""
    for candidate in _candidates(path):
        entry = files.find(candidate)
        if entry is not None and not _is_not_found_page(candidate):
            return Resolved(candidate, entry, _address(candidate, files))
    return None


def find_respelled(path: str, files: Files) -> str | None:
    """The address that the decoded `path` was meant for, where no file is meant by it: `/a/` for
    `/a.html`, and `/a.txt` for `/a.txt/`. None where there is none.

    A guess at what other servers would have answered: whatever else the path may mean goes first.
    """
    file = path.rstrip("/") if path.endswith("/") else f"{path.removesuffix(_PAGE)}{_INDEX}"
    if _is_not_found_page(file) or files.find(file) is None:
        return None
    return _address(file, files)


def find_not_found_page(path: str, files: Files) -> Entry | None:
    """What says that nothing is at the decoded `path`: the `404.html` of the folder at the top that
    it is below, where a language may be, else that of the site; None where there is neither.
    """
    folder = path[: path.find("/", 1)] if path.find("/", 1) > 0 else ""
    found = files.find(f"{folder}{NOT_FOUND_PAGE}") if folder else None
    return found or files.find(NOT_FOUND_PAGE)


def _is_not_found_page(file: str) -> bool:
    return file.endswith(NOT_FOUND_PAGE) and file.count("/") <= 2  # noqa: PLR2004 - at most one folder


def _candidates(path: str) -> tuple[str, ...]:
    if path == "/":
        return (_INDEX,)
    if path.endswith("/"):
        return (f"{path}index.html", f"{path[:-1]}{_PAGE}")
    return (path, f"{path}{_PAGE}", f"{path}{_INDEX}")


def _address(file: str, files: Files) -> str:
    if file.endswith(_INDEX):
        return file.removesuffix("index.html")
    stem = file.removesuffix(_PAGE)
    if stem == file or stem.endswith("/") or files.find(stem) is not None:
        return file
    return stem
