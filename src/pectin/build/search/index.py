"""Which pages are searched, and the files that are made of them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import msgspec

from pectin.build.configuration.model import Config, SearchOptions
from pectin.build.media_types import find_media_type
from pectin.build.problems import Problems
from pectin.build.search.ports import SearchFailed, SearchIndexer
from pectin.build.search.reduction import reduce_page
from pectin.build.site.claims import Claims
from pectin.build.site.model import Kind
from pectin.build.site.plan import SEARCH, SEARCH_FOLDER, Rendered
from pectin.build.traces.cache import Cache
from pectin.build.traces.model import compute_print
from pectin.values.digest import Digest, compute_digest
from pectin.values.output import OutputFile, Stream, read_body

_SEARCHED = frozenset({Kind.HOME, Kind.SECTION, Kind.PAGE})
_KEY = b"search"
_REDUCED_KEY = b"search-reduced"
_QUICKLY = 1
_NAMED_BY_CONTENT = (".pf_fragment", ".pf_index", ".pf_filter", ".pf_meta")


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """A file of an index: its path, digest and size."""

    path: str
    digest: bytes
    size: int


class SearchIndex:
    """Takes pages as they are made, and becomes the files of their index.

    `indexer` is None where none is installed. With `is_settled` the index of an earlier build is
    as good as a new one.
    """

    def __init__(
        self,
        config: Config,
        indexer: SearchIndexer | None,
        cache: Cache,
        claims: Claims,
        problems: Problems,
        *,
        is_settled: bool,
    ) -> None:
        self._options = config.search
        self._indexer = indexer
        self._cache = cache
        self._claims = claims
        self._problems = problems
        self._is_settled = is_settled
        self._pages: dict[str, tuple[bytes, bytes | Stream]] = {}
        self._reduced = _load_digests(cache)
        self._is_whole = True
        if indexer is None:
            problems.report(
                "missing-extra",
                "a search index needs Pagefind, which is not installed",
                "install it: pip install 'pectin[search]'",
                config.place("search", "enabled"),
            )

    @property
    def follows_bodies(self) -> bool:
        """Whether another body makes another index."""
        return not self._is_settled

    def take(self, rendered: Rendered, file: OutputFile | None) -> None:
        """Take the page that became `file`, if it is one to be searched; None where it failed."""
        if file is None:
            self._is_whole = False
        elif _is_searched(rendered):
            body = file.body
            digest = file.digest or compute_digest(read_body(body))
            # All are held until the last has come: they are indexed in the order of their paths.
            held = zlib.compress(body, _QUICKLY) if isinstance(body, bytes) else body
            self._pages[file.path] = (digest, held)
            if digest not in self._reduced:
                self._reduced[digest] = compute_digest(reduce_page(self._read(file.path)).encode())

    def make_files(self) -> Iterator[OutputFile]:
        """The files of the index, from the cache if the same pages were indexed before."""
        if self._indexer is None or not self._is_whole:
            return
        key = self._compute_key(self._indexer, self._options)
        self._remember_digests()
        found = self._recall(key) or (self._recall(_KEY) if self._is_settled else None)
        if found is not None:
            yield from filter(self._claim, found)
            return
        made = self._index(self._indexer)
        self._remember(key, made)
        yield from filter(self._claim, made)

    def _compute_key(self, indexer: SearchIndexer, options: SearchOptions) -> bytes:
        digests = [
            part
            for path in sorted(self._pages)
            for part in (path, self._reduced[self._pages[path][0]])
        ]
        return _KEY + compute_print(indexer.version, repr(options), *digests)

    def _remember_digests(self) -> None:
        """Keep those of the pages that there are, for builds that render fewer."""
        now = {digest: self._reduced[digest] for digest, _ in self._pages.values()}
        if self._cache.is_kept and now != _load_digests(self._cache):
            self._cache.store({_REDUCED_KEY: msgspec.msgpack.encode(now)})

    def _index(self, indexer: SearchIndexer) -> list[OutputFile]:
        pages = ((path, reduce_page(self._read(path))) for path in sorted(self._pages))
        try:
            found = indexer.index(pages, self._options)
        except SearchFailed as failed:
            hint = "report it with the page, if Pagefind should have understood it"
            self._problems.report("search-failed", f"the pages cannot be indexed: {failed}", hint)
            return []
        return [_make_file(SEARCH_FOLDER + name, body) for name, body in sorted(found)]

    def _read(self, path: str) -> str:
        held = self._pages[path][1]
        return (zlib.decompress(held) if isinstance(held, bytes) else read_body(held)).decode()

    def _claim(self, file: OutputFile) -> bool:
        return self._claims.claim(file.path, SEARCH)

    def _recall(self, key: bytes) -> list[OutputFile] | None:
        packed = self._cache.load(key)
        try:
            listed = msgspec.msgpack.decode(packed or b"", type=list[_Kept])
        except msgspec.DecodeError:
            return None
        found = []
        for kept in listed:
            body = self._cache.find_output(Digest(kept.digest), kept.size)
            if body is None:
                return None
            found.append(_make_file(kept.path, body, Digest(kept.digest)))
        return found

    def _remember(self, key: bytes, files: list[OutputFile]) -> None:
        if not self._cache.is_kept or not files:
            return
        kept = msgspec.msgpack.encode(
            [
                _Kept(file.path, compute_digest(body), len(body))
                for file in files
                for body in (read_body(file.body),)
            ]
        )
        self._cache.store({key: kept, _KEY: kept})


def _load_digests(cache: Cache) -> dict[bytes, bytes]:
    """By a page's digest that of what is indexed of it, as an earlier build found out."""
    packed = cache.load(_REDUCED_KEY)
    try:
        return msgspec.msgpack.decode(packed or b"\x80", type=dict[bytes, bytes])
    except msgspec.DecodeError:
        return {}


def _is_searched(rendered: Rendered) -> bool:
    """Whether it is a page of its own: not what only lists others, or stands in for a translation."""
    is_first = rendered.part is None or rendered.part.number == 1
    page = rendered.page
    return (
        rendered.format is None and is_first and page.kind in _SEARCHED and not page.stands_in_for
    )


def _make_file(path: str, body: bytes | Stream, digest: Digest | None = None) -> OutputFile:
    is_named_by_content = path.endswith(_NAMED_BY_CONTENT)
    media_type = find_media_type(path)
    return OutputFile(path, body, media_type, immutable=is_named_by_content, digest=digest)
