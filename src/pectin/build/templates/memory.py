"""Bodies that an earlier build rendered, and those that a later one will not have to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import msgspec

from pectin.build.content.document import Content
from pectin.build.problems import Problems
from pectin.build.site.model import Page
from pectin.build.source import SourceTree
from pectin.build.templates.kinds import list_notable
from pectin.build.traces.cache import Cache
from pectin.build.traces.ledger import Ledger
from pectin.build.traces.model import (
    PrintOf,
    Question,
    Trace,
    compute_print,
    find_difference,
    make_trace,
)
from pectin.build.traces.recorder import Recorder
from pectin.values.problem import Problem

_DEEPEST = 12
"""How many bodies are recalled because others show them, before one is simply rendered."""

_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_CONTENTS = msgspec.msgpack.Decoder(tuple[str, str, tuple[tuple[int, str, str], ...], list[str]])


class BodyRecord(msgspec.Struct, frozen=True, array_like=True):
    """A body that was rendered from the source file with the SHA-256 digest `source`.

    `content` is the fingerprint of all that it became, `outline` of what lists show of it.
    """

    source: bytes
    trace: Trace
    content: bytes
    outline: bytes
    problems: tuple[Problem, ...] = ()


class BodyPrints(msgspec.Struct, frozen=True, array_like=True):
    """The fingerprints of a body: of all that it became, and of what lists show of it.

    They are what is held of each of the bodies of a site.
    """

    content: bytes
    outline: bytes


@dataclass(frozen=True, slots=True)
class NewBodies:
    """Bodies rendered since the last drain: prints by source, and what the cache is to keep.

    `notable` has, by source, what those asked that were rendered or recalled, as far as it is.
    """

    prints: dict[str, BodyPrints] = field(default_factory=dict)
    values: dict[bytes, bytes] = field(default_factory=dict)
    notable: dict[str, tuple[Question, ...]] = field(default_factory=dict)


class BodyMemory:
    """Bodies by the files that they were rendered from, kept in a cache.

    `print_of` is asked to see whether what a body was rendered from is as it was. `notable` has,
    by source, what the bodies asked that were rendered or recalled, as far as it is.
    """

    def __init__(
        self,
        cache: Cache,
        source: SourceTree,
        problems: Problems,
        recorder: Recorder,
        print_of: PrintOf,
    ) -> None:
        self._cache = cache
        self._source = source
        self._problems = problems
        self._recorder = recorder
        self._print_of = print_of
        self._ledger = Ledger(cache, b"b", BodyRecord)
        self._prints: dict[str, BodyPrints | None] = {}
        self._older: dict[str, tuple[BodyRecord, ...]] = {}
        self._new = NewBodies()
        self._depth = 0
        self.notable: dict[str, tuple[Question, ...]] = {}

    @property
    def is_kept(self) -> bool:
        """Whether what was rendered once can be loaded again."""
        return self._cache.is_kept

    def recall(self, page: Page) -> BodyPrints | None:
        """The fingerprints of the body of `page` as it must be now, or None when nothing is known."""
        if page.source not in self._prints and not self._cache.is_new and self._depth < _DEEPEST:
            # A body that needs itself is found out by rendering it.
            self._prints[page.source] = None
            self._depth += 1
            try:
                with self._recorder.recording():
                    found = self._find(page)
            finally:
                self._depth -= 1
            if found is not None:
                self._prints[page.source] = BodyPrints(found.content, found.outline)
                self._note(page, found.trace.questions)
                with self._problems.capturing():  # they are the body's, whoever asks for it
                    self._problems.add(found.problems)
        return self._prints.get(page.source)

    def load(self, prints: BodyPrints) -> Content | None:
        """The body that has `prints`, or None when the cache has lost it."""
        value = self._cache.load(_content_key(prints.content))
        if value is None or compute_print(value) != prints.content:
            return None
        html, summary, headings, ids = _CONTENTS.decode(value)
        return Content(html, summary, headings, frozenset(ids))

    def make(self, page: Page, render: Callable[[Page], Content]) -> Content:
        """The body of `page` that `render` makes, which is kept with what it asked."""
        with self._problems.capturing() as told, self._recorder.recording() as asked:
            content = render(page)
        self._note(page, asked)
        has_errors = any(problem.is_error for problem in told)
        if self._cache.is_kept and not has_errors:
            self._remember(page, content, tuple(asked), tuple(told))
        return content

    def drain(self) -> NewBodies:
        """What has been rendered since this was asked last."""
        new, self._new = self._new, NewBodies()
        return new

    def merge(self, new: NewBodies) -> None:
        """Take in what another drained."""
        self._prints.update(new.prints)
        self.notable.update(new.notable)
        if new.values:
            self._cache.store(new.values)

    def _find(self, page: Page) -> BodyRecord | None:
        digest = self._source.digest(page.source)
        older = self._ledger.load(page.source)
        for record in older:
            if record.source == digest and find_difference(record.trace, self._print_of) is None:
                return record
        self._older[page.source] = older
        return None

    def _note(self, page: Page, asked: Iterable[Question]) -> None:
        notable = list_notable(asked, page.source)
        if notable:
            self.notable[page.source] = self._new.notable[page.source] = notable

    def _remember(
        self,
        page: Page,
        content: Content,
        asked: tuple[Question, ...],
        problems: tuple[Problem, ...],
    ) -> None:
        with self._recorder.recording():  # what is asked now is not asked by any render
            trace = make_trace(asked, self._print_of)
        if trace is None:
            return
        outline = (content.summary, content.headings)
        value = _encode((content.html, *outline, sorted(content.ids)))
        record = BodyRecord(
            self._source.digest(page.source),
            trace,
            compute_print(value),
            compute_print(_encode(outline)),
            problems,
        )
        prints = BodyPrints(record.content, record.outline)
        self._prints[page.source] = self._new.prints[page.source] = prints
        self._new.values[_content_key(record.content)] = value
        self._new.values.update(
            [self._ledger.render(page.source, record, self._older.get(page.source, ()))]
        )


def _content_key(content: bytes) -> bytes:
    return b"h" + content
