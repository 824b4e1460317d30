"""Notes what is asked while something is rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from pectin.build.traces.model import Question

Note = Callable[[str, str], None]
"""Takes a question: its kind, and what it is about."""

Asked = dict[Question, None]
"""Questions in the order in which they came first."""


class Recorder:
    """The questions of whatever is being rendered; what that needs rendered has its own."""

    def __init__(self) -> None:
        self._asked: Asked | None = None

    def note(self, kind: str, subject: str) -> None:
        """Note one question, if something is being rendered."""
        if self._asked is not None:
            self._asked[kind, subject] = None

    def note_all(self, questions: Iterable[Question]) -> None:
        """Note what was asked for something that is used again."""
        if self._asked is not None:
            self._asked.update(dict.fromkeys(questions))

    @contextmanager
    def recording(self) -> Iterator[Asked]:
        """The questions that are asked meanwhile."""
        outer, self._asked = self._asked, {}
        try:
            yield self._asked
        finally:
            self._asked = outer
