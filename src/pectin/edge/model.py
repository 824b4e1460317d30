"""A request as the edge sees it, and what it may decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pectin.values.snapshot import Entry


@dataclass(frozen=True, slots=True)
class Request:
    """What a decision may depend on. Hashable: an equal request gets an equal decision.

    `path` is the raw path of the request target, percent-encoded as it was sent, each octet
    one character (Latin-1); `query` is without "?", and matters to redirect rules alone. Header
    fields are None when absent; repeated fields are joined with ", " (RFC 9110 5.3).

    The rest is what rules may look at (`Fact`), and is left out where none does: `origin` as in
    `https://plum.example`; `country` and `language` in lower case; the names of `cookies` that are not
    empty. No other header field of a client reaches the edge.
    """

    method: str
    path: str
    query: str = ""
    accept_encoding: str | None = None
    if_match: str | None = None
    if_none_match: str | None = None
    if_modified_since: str | None = None
    if_unmodified_since: str | None = None
    if_range: str | None = None
    range: str | None = None
    origin: str = ""
    country: str = ""
    language: str = ""
    cookies: frozenset[str] = frozenset()
    authorization: str | None = None


class Files(Protocol):
    """The files of one snapshot, and those that earlier deploys promised to keep."""

    def find(self, path: str) -> Entry | None:
        """The snapshot's entry for a decoded path (`/a/index.html`), or None."""

    def find_retained(self, path: str) -> Entry | None:
        """The immutable entry that a retained deploy of the site has for `path`, or None."""


Headers = tuple[tuple[str, str], ...]
"""Names in lower case. Content-Length and Date are the shell's."""


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes `first` to `last`, both included, of the identity coding."""

    first: int
    last: int

    @property
    def size(self) -> int:
        """How many bytes."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Serve:
    """Send `entry` in content coding `coding` (`identity`, `gzip`, `br`, `zstd`).

    `ranges` is empty for the whole; one range is a single part, more are
    multipart/byteranges (RFC 9110 14.6); the status is then 206.
    """

    status: int
    entry: Entry
    coding: str
    headers: Headers
    ranges: tuple[ByteRange, ...] = ()


@dataclass(frozen=True, slots=True)
class NotModified:
    """304, with the fields that a 200 would have had (RFC 9110 15.4.5)."""

    headers: Headers


@dataclass(frozen=True, slots=True)
class NoContent:
    """204: there is nothing to send but the fields."""

    headers: Headers


@dataclass(frozen=True, slots=True)
class Redirected:
    """Send the client to `location`, which stays on this site unless a rule names another."""

    status: int
    location: str
    headers: Headers = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """An error status with a plain page of one sentence."""

    status: int
    reason: str
    headers: Headers = ()


Decision = Serve | NotModified | NoContent | Redirected | Refused
