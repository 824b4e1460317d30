"""What is wrong with a stretch of Markdown, before it is known where in the body that stands."""

from __future__ import annotations

from msgspec import Struct

from pectin.values.problem import Severity


class Slip(Struct, frozen=True):
    """A problem of a stretch of Markdown.

    `written` is how the body has the text that it is about, in which it is at `offset`.
    """

    code: str
    message: str
    hint: str
    written: str
    severity: Severity = Severity.ERROR
    offset: int = 0
