"""How far a build is."""

from __future__ import annotations

from msgspec import Struct


class Progress(Struct, frozen=True):
    """`done` of `total` pages, or of what else `things` says."""

    done: int
    total: int
    things: str = "pages"
