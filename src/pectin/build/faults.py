"""What goes wrong while a template runs and is the author's to mend."""

from __future__ import annotations

from minijinja import TemplateError

from pectin.values.place import Place


class TemplateFault(Exception):
    """A function, a filter or a page's property cannot answer; it becomes a placed problem.

    `code`, `message` and `hint` are the Problem's; so is `place`, where it is not that of the call.
    """

    def __init__(self, code: str, message: str, hint: str = "", place: Place | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.place = place


FAULTS = (
    TemplateError,
    TemplateFault,
    AttributeError,
    TypeError,
    ValueError,
    LookupError,
    ArithmeticError,
)
"""What a template can raise that is the author's to mend."""
