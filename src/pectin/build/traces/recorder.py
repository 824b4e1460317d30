"""Notes what is asked while something is rendered."""

from __future__ import annotations

from collections.abc import Callable

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

    def recording(self) -> Recording:
        """A context whose value are the questions that are asked meanwhile."""
        return Recording(self)

    def swap(self, asked: Asked | None) -> Asked | None:
        """What was noted into until now; from now on it is `asked`."""
        outer, self._asked = self._asked, asked
        return outer


class Recording:
    """The questions of one render, while it lasts. It is entered for every page and body."""

    __slots__ = ("_asked", "_outer", "_recorder")

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._asked: Asked = {}
        self._outer: Asked | None = None

    def __enter__(self) -> Asked:
        self._outer = self._recorder.swap(self._asked)
        return self._asked

    def __exit__(self, *_: object) -> None:
        self._recorder.swap(self._outer)
