"""What a build, a check or a publish tells the author, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pectin.values.place import Place


class Severity(StrEnum):
    """Whether a problem stops a publish."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a site's source.

    `code` is permanent and kebab-case (`broken-link`); `message` is one sentence about this
    case; `hint` says what to do. `notes` give the way there, outermost last, such as
    `included from templates/base.html:4` and `while rendering content/about.md`.
    """

    code: str
    message: str
    hint: str = ""
    place: Place | None = None
    severity: Severity = Severity.ERROR
    notes: tuple[str, ...] = ()

    @property
    def is_error(self) -> bool:
        """Whether it stops a publish."""
        return self.severity is Severity.ERROR
