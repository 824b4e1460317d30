"""Lists of pages that know how they were made, so that only what they have is depended on.

A template that shows `site.pages|where("params.author", "anna")|take(5)` depends on those five
pages, not on all. Such a list is made once for all pages that show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import wraps
from math import isfinite
from typing import Any

import msgspec

from pectin.build.faults import FAULTS
from pectin.build.site.model import Page
from pectin.build.templates.queries import Queries
from pectin.build.templates.selections import SELECTIONS, Index, Tool, make_index
from pectin.build.traces.recorder import Recorder

_PLAIN = frozenset(
    "kind title description slug weight draft template date updated lastmod expires url params source "  # noqa: SIM905 - words
    "aliases language is_home is_section is_page permalink".split()
)
"""What a list may be made by, because no body has to be rendered to know it."""

_REMEMBERED = frozenset({"site-pages", "pages", "all-pages", "glob", "related"})
"""The lists in which no body has a say: what is chosen from others depends on all that they have."""

_LARGEST = 2**53


class Query(msgspec.Struct, frozen=True, array_like=True):
    """How a list of pages is made: which `kind` of list of what `subject`, and the steps from there.

    A step is a filter's name with its arguments, by position and by name. `{"of": ...}` stands for
    another list.
    """

    kind: str
    subject: str
    steps: tuple[tuple[str, tuple[Any, ...], dict[str, Any]], ...] = ()


_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(Query).decode


class PageList(Sequence[Any]):
    """Pages of a query. Whoever looks at them has asked for them."""

    __slots__ = ("_listings", "_pages", "_query", "_question")

    def __init__(self, query: Query, pages: Sequence[Any], listings: Listings) -> None:
        self._query = query
        self._pages = pages
        self._listings = listings
        self._question = (
            ("query", _encode(query).decode()) if query.steps else (query.kind, query.subject)
        )

    def __len__(self) -> int:
        return len(self._ask())

    def __getitem__(self, index: Any) -> Any:
        return self._ask()[index]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._ask())

    def __contains__(self, page: object) -> bool:
        return page in self._ask()

    def __repr__(self) -> str:
        return repr(tuple(self))

    def _ask(self) -> Sequence[Any]:
        self._listings.note(*self._question)
        return self._pages

    def _then(
        self, name: str, args: tuple[Any, ...], options: Mapping[str, Any]
    ) -> PageList | None:
        """The list that the filter `name` makes of this one; None where that asks for more."""
        if self._query.kind not in _REMEMBERED or any(
            map(self._is_foreign, (*args, *options.values()))
        ):
            return None
        try:
            step = (name, tuple(map(_plain, args)), {k: _plain(v) for k, v in options.items()})
        except _NotPlain:
            return None
        if name in {"where", "sort_by"} and not _is_by_plain_keys(name, step[1], step[2]):
            return None
        query = Query(self._query.kind, self._query.subject, (*self._query.steps, step))
        return self._listings.extend(query, self._pages)

    def _is_foreign(self, value: Any) -> bool:
        """Whether `value` is a list of pages in another language."""
        return isinstance(value, PageList) and value._listings is not self._listings  # noqa: SLF001 - its own


class Listings:
    """The lists of pages of one site. What they are made of is not noted: they are.

    `view` makes what templates see of a page, of which `page_of` gives the page.
    """

    def __init__(
        self,
        queries: Queries,
        recorder: Recorder,
        view: Callable[[Page], Any],
        page_of: Callable[[Any], Page],
    ) -> None:
        self._queries = queries
        self._recorder = recorder
        self._view = view
        self._page_of = page_of
        self._made: dict[str, PageList] = {}
        self._bases: dict[tuple[str, str], PageList] = {}
        self._indexes: dict[tuple[str, bytes], Index | None] = {}

    def note(self, kind: str, subject: str) -> None:
        """Note that a list is looked at."""
        self._queries.note(kind, subject)

    def of(self, kind: str, subject: str) -> PageList:
        """The pages of the list `kind` of `subject`."""
        found = self._bases.get((kind, subject))
        if found is None:
            with self._recorder.recording():
                pages = tuple(map(self._view, self._queries.list_pages(kind, subject)))
            found = PageList(Query(kind, subject), pages, self)
            self._bases[kind, subject] = found
        return found

    def extend(self, query: Query, pages: Sequence[Any]) -> PageList:
        """The list that the last step of `query` makes of `pages`. Raises TemplateFault."""
        subject = _encode(query).decode()
        self._queries.note("query-made", subject)
        found = self._made.get(subject)
        if found is None:
            with self._recorder.recording():
                chosen = self._choose(query, pages)
            found = self._made[subject] = PageList(query, chosen, self)
        return found

    def answer(self, subject: str) -> Sequence[Page] | None:
        """The pages of the query `subject`; None where they cannot be listed."""
        try:
            with self._recorder.recording():
                pages = self._list(_decode(subject))._pages  # noqa: SLF001 - of this module
                return [self._page_of(view) for view in pages]
        except FAULTS:
            return None

    def _choose(self, query: Query, pages: Sequence[Any]) -> Sequence[Any]:
        """Those of `pages` that the last step of `query` chooses."""
        name, args, options = query.steps[-1]
        if name == "where" and len(args) == 2 and not options and isinstance(args[1], str):  # noqa: PLR2004 - a key and a text
            index = self._index(query, args[0], pages)
            if index is not None:
                return index.get(args[1], ())
        opened = {key: self._open(value) for key, value in options.items()}
        chosen: Sequence[Any] = SELECTIONS[name](pages, *map(self._open, args), **opened)
        return chosen

    def _index(self, query: Query, key: str, pages: Sequence[Any]) -> Index | None:
        """The index of `pages` by `key`; None where texts alone do not tell what is the same.

        Each page may want those that have something in common with it: without this, all of them would
        be looked at for each.
        """
        shorter = Query(query.kind, query.subject, query.steps[:-1])
        name = (key, _encode(shorter))
        if name not in self._indexes:
            self._indexes[name] = make_index(pages, key)
        return self._indexes[name]

    def _list(self, query: Query) -> PageList:
        """The list that `query` makes, by steps that may be known."""
        if not query.steps:
            return self.of(query.kind, query.subject)
        shorter = Query(query.kind, query.subject, query.steps[:-1])
        return self.extend(query, self._list(shorter)._pages)  # noqa: SLF001 - of this module

    def _open(self, argument: Any) -> Any:
        if isinstance(argument, dict):
            return self._list(msgspec.convert(argument["of"], Query))._pages  # noqa: SLF001 - of this module
        return argument


def make_selections() -> dict[str, Tool]:
    """The filters that choose from lists, by name, for lists of pages and for others."""
    return {name: _remember(name, tool) for name, tool in SELECTIONS.items()}


def _remember(name: str, tool: Tool) -> Tool:
    @wraps(tool)
    def select(values: Any, *args: Any, **options: Any) -> Any:
        if isinstance(values, PageList):
            listed = values._then(name, args, options)  # noqa: SLF001 - of this module
            if listed is not None:
                return listed
        return tool(values, *args, **options)

    return select


class _NotPlain(Exception):
    """A value that cannot be part of a query."""


def _plain(value: Any) -> Any:
    """`value` as a query has it. Raises _NotPlain."""
    if isinstance(value, PageList):
        query = value._query  # noqa: SLF001 - of this module
        if query.kind in _REMEMBERED:
            return {"of": msgspec.to_builtins(query)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool) or (isinstance(value, int) and abs(value) < _LARGEST):
        return value
    if isinstance(value, float) and isfinite(value):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise _NotPlain


def _is_by_plain_keys(name: str, args: Sequence[Any], options: Mapping[str, Any]) -> bool:
    keys = args if name == "sort_by" else args[:1]
    named = [options["key"]] if "key" in options else []
    return all(isinstance(key, str) and _is_plain_key(key) for key in (*keys, *named))


def _is_plain_key(key: str) -> bool:
    """Whether `key` (`params.author`, `section.title`, `terms.tags`) is told without any body."""
    first, _, rest = key.removeprefix("-").partition(".")
    if first == "terms":
        return "." not in rest
    if first == "section":
        return not rest or _is_plain_key(rest)
    return first in _PLAIN
