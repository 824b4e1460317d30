"""Rendered files: those of an earlier build, and those that a later one need not render."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from msgspec import Struct

from pectin.build.explanations import Explanation, describe_change
from pectin.build.output.links import Findings
from pectin.build.problems import Problems, Told
from pectin.build.traces.cache import Cache
from pectin.build.traces.ledger import Ledger
from pectin.build.traces.model import PrintOf, Question, Trace, find_difference, make_trace
from pectin.build.traces.recorder import Asked, Recorder
from pectin.values.digest import Digest
from pectin.values.output import Stream
from pectin.values.problem import Problem


class FileRecord(msgspec.Struct, frozen=True, array_like=True):
    """A rendered file of `size` bytes with the SHA-256 digest `digest`.

    `links` is what was found when its links were looked up among paths with the fingerprint
    `claims`.
    """

    trace: Trace
    digest: bytes
    size: int
    claims: bytes
    links: Findings
    problems: list[tuple[Problem, list[str]]]


class Watched(Struct, frozen=True):
    """What was asked and told while a file was rendered."""

    asked: Asked
    told: Told

    @property
    def has_errors(self) -> bool:
        """Whether an error was told."""
        return any(problem.is_error for problem in self.told)


class FileMemory:
    """Files by their paths and owners, kept in a cache: another owner's file answers other questions.

    `claims` is the fingerprint of all that links lead to. `kind` is how the files are finished, of
    which no render knows. `reasons` has why each file that was asked for could not be recalled.
    """

    def __init__(
        self,
        cache: Cache,
        problems: Problems,
        recorder: Recorder,
        print_of: PrintOf,
        claims: bytes,
        kind: bytes,
    ) -> None:
        self.claims = claims
        self.is_kept = cache.is_kept
        self._cache = cache
        self._problems = problems
        self._recorder = recorder
        self._print_of = print_of
        self._ledger = Ledger(cache, kind, FileRecord)
        self._older: dict[str, tuple[FileRecord, ...]] = {}
        self.reasons: dict[str, str] = {}

    def recall(self, path: str, owner: str) -> tuple[FileRecord, Stream] | None:
        """The record of the file `path` as it must be now, and the file; None when either is lost."""
        older = self._ledger.load(_name(path, owner))
        changed: Question | None = None
        for number, record in enumerate(older):
            difference = find_difference(record.trace, self._print_of)
            if difference is None:
                body = self.find_body(record)
                if body is not None:
                    return record, body
            elif number == 0:
                changed = difference
        self._older[path] = older
        self.reasons[path] = _give_reason(older, changed)
        return None

    def find_body(self, record: FileRecord) -> Stream | None:
        """The file that `record` is of, or None when it is lost."""
        return self._cache.find_output(Digest(record.digest), record.size)

    def explain(self, path: str, owner: str) -> Explanation:
        """Why the file `path` has to be rendered, or has not."""
        found = self.recall(path, owner)
        if found is not None:
            reason = "nothing that it is made of has changed"
            return Explanation(
                path, is_rendered=False, reason=reason, asked=found[0].trace.questions
            )
        asked = next((record.trace.questions for record in self._older[path]), ())
        return Explanation(path, is_rendered=True, reason=self.reasons[path], asked=asked)

    def remember(
        self,
        path: str,
        owner: str,
        html: bytes,
        digest: Digest,
        links: Findings,
        watched: Watched,
    ) -> dict[bytes, bytes]:
        """What the cache is to keep of a file that was rendered while `watched` was; {} if nothing."""
        if not self.is_kept or watched.has_errors:
            return {}
        trace = make_trace(watched.asked, self._print_of)
        if trace is None:
            return {}
        told = list(watched.told.items())
        record = FileRecord(trace, digest, len(html), self.claims, links, told)
        return dict([self._ledger.render(_name(path, owner), record, self._older.get(path, ()))])

    def watch(self, render: Callable[[], str | None]) -> tuple[str | None, Watched]:
        """What `render` made, and what it asked and told."""
        with self._problems.capturing() as told, self._recorder.recording() as asked:
            html = render()
        return html, Watched(asked, told)


def _give_reason(older: Sequence[FileRecord], changed: Question | None) -> str:
    """Why a file of which `older` is remembered is rendered: what the newest asked, `changed`, is another."""
    if not older:
        return "it is new, or had an error when it was rendered last"
    return describe_change(changed) if changed else "the store has lost it"


def _name(path: str, owner: str) -> str:
    return f"{path}\n{owner}"
