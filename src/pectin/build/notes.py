"""What a build says of each page to whoever writes it."""

from __future__ import annotations

from msgspec import Struct


class PageNote(Struct, frozen=True):
    """A page, or one of those that a list is shown on, in the file at `path`.

    `source` is the file that it is made of, or "". `mark` says why the page will not be published
    as it is (`a draft`), or "".
    """

    path: str
    url: str
    title: str
    source: str
    mark: str
