"""Which pages link to a page, by what their bodies have written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

import msgspec

from pectin.build.content.document import Head
from pectin.build.content.documents import Documents
from pectin.build.content.markdown import MarkdownRenderer
from pectin.build.site.model import Page
from pectin.build.site.plan import list_pages
from pectin.build.site.sites import Sites
from pectin.build.source import SourceTree
from pectin.build.traces.cache import Cache
from pectin.build.urls import decode_path, file_for, join_url, leads_elsewhere, strip_query
from pectin.build.workers import OneWorker, Workers

_BATCH = 200

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[str]).decode

Targets = dict[str, list[str]]
"""What the links of bodies lead to, as they are written, by the source of the body."""


class Backlinks:
    """The links between the pages of a site, read when they are first asked for.

    `resolve` gives the URL of a target in the body of a page. Targets are kept in `cache` by the bytes
    that they were read from.
    """

    def __init__(
        self,
        sites: Sites,
        documents: Documents,
        source: SourceTree,
        cache: Cache,
        markdown: MarkdownRenderer,
        resolve: Callable[[str, Page], str],
        origin: str,
    ) -> None:
        self._sites = sites
        self._documents = documents
        self._source = source
        self._cache = cache
        self._markdown = markdown
        self._resolve = resolve
        self._origin = origin
        self._linking: dict[Page, dict[Page, None]] | None = None

    def of(self, page: Page) -> Sequence[Page]:
        """The pages in its language whose bodies link to `page`: the newest first, then sections by path."""
        self.prepare(OneWorker())
        assert self._linking is not None
        return tuple(self._linking.get(page, ()))

    def prepare(self, workers: Workers) -> None:
        """Read all bodies, those that are not known by `workers`."""
        if self._linking is None:
            self._linking = self._join(self._gather(workers))

    def _gather(self, workers: Workers) -> Targets:
        heads = [page.head for page in self._sites.by_source.values() if page.head]
        loaded = {head.path: self._load(head) for head in heads}
        known = {path: targets for path, targets in loaded.items() if targets is not None}
        missing = [head for head in heads if head.path not in known]
        shares = [missing[start : start + _BATCH] for start in range(0, len(missing), _BATCH)]
        for found in workers.map(self._read, shares):
            known.update(found)
        if self._cache.is_kept:
            self._cache.store({self._key(head): _encode(known[head.path]) for head in missing})
        return known

    def _load(self, head: Head) -> list[str] | None:
        value = None if self._cache.is_new else self._cache.load(self._key(head))
        return None if value is None else _decode(value)

    def _key(self, head: Head) -> bytes:
        flags = b"w" if self._markdown.options.wiki_links else b"p"
        kind = b"h" if head.path.endswith(".html") else b"m"
        return b"l" + flags + kind + self._source.digest(head.path)

    def _read(self, heads: Sequence[Head]) -> Targets:
        return {
            head.path: self._markdown.list_targets(self._documents.load(head)) for head in heads
        }

    def _join(self, targets: Targets) -> dict[Page, dict[Page, None]]:
        by_file = self._index_files()
        linking: dict[Page, dict[Page, None]] = {}
        for page in self._list_in_order():
            for target in targets.get(page.source, ()):
                found = by_file.get(self._file_of(target, page))
                if found not in {None, page} and found.language == page.language:
                    linking.setdefault(found, {})[page] = None
        return linking

    def _index_files(self) -> Mapping[str, Page]:
        """The pages by the paths of their files, and by those that redirect to them."""
        aliases = {
            file_for(decode_path(alias if alias.endswith((".html", "/")) else f"{alias}/")): page
            for page in self._sites.by_source.values()
            for alias in page.front_matter.aliases
        }
        pages = chain.from_iterable(map(list_pages, self._sites.by_language.values()))
        return {**aliases, **{page.path: page for page in pages}}

    def _list_in_order(self) -> Iterator[Page]:
        for site in self._sites.by_language.values():
            yield from site.pages
            for section in site.sections.values():
                yield section.page

    def _file_of(self, target: str, page: Page) -> str:
        """The path of the file that `target` leads to from `page`; "" where it is not of this site."""
        inside = (
            target.removeprefix(self._origin) if target.startswith(f"{self._origin}/") else target
        )
        if leads_elsewhere(inside) or inside[:1] in ("", "#", "?"):
            return ""
        url = join_url(page.url, strip_query(self._resolve(inside, page)))
        path = decode_path(url)
        return path if path.endswith(".html") else file_for(f"{path.rstrip('/')}/")
