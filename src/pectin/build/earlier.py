"""An earlier build, as far as a later one can rely on it."""

from __future__ import annotations

from datetime import date

import msgspec

from pectin.build.reach import Reach
from pectin.values.problem import Problem


class Foundation(msgspec.Struct, frozen=True, array_like=True):
    """What a revision of a build needs to know of it.

    `structure` is the fingerprint of the source without bodies, `digests` the SHA-256 digests of
    all documents, in the order of their paths.
    """

    structure: bytes
    digests: bytes
    reach: Reach


class Earlier(msgspec.Struct, frozen=True):
    """A build without errors, by the same code, which would still hold for the same source.

    `foundation`, `problems` and `until` are as its Build had them. `changed` are the files of the
    source that are not as they were then; None where nobody knows.
    """

    foundation: Foundation
    problems: tuple[Problem, ...]
    until: date | None
    changed: frozenset[str] | None = None
