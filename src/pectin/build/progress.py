"""How far a build is."""

from __future__ import annotations

from msgspec import Struct


class Progress(Struct, frozen=True):
    """`done` of `total` pages."""

    done: int
    total: int
