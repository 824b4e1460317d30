"""The error base: every failure that Pectin names, by whose fault it is."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from pectin.values.problem import Problem


class Family(Enum):
    """Whose fault an error is. Exit codes and HTTP statuses are tables over this."""

    AUTHOR = "author"
    CLIENT = "client"
    OPERATOR = "operator"
    BUG = "bug"


class PectinError(Exception):
    """An error with a permanent `code`, a `title`, and a `hint` that says what to do.

    A subclass sets the three class variables; the message is about this one case.
    """

    code: ClassVar[str] = "bug"
    title: ClassVar[str] = "Pectin failed"
    family: ClassVar[Family] = Family.BUG

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def explain(self) -> str:
        """What went wrong and what to do, in one line."""
        return f"{self.message}; {self.hint}" if self.hint else self.message


class SourceError(PectinError):
    """The site's source has errors; `problems` has all that were found, errors first."""

    code = "source"
    title = "The site has problems"
    family = Family.AUTHOR

    def __init__(self, message: str, problems: tuple[Problem, ...], *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.problems = problems
