"""Front matter that documents inherit: from the configuration, from their folders, from sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from pectin.build.configuration.model import choose_stricter
from pectin.build.content.document import Defaults, FrontMatter, Head, Origin
from pectin.build.globs import compile_glob
from pectin.build.site.layout import CONTENT
from pectin.build.site.sections import is_section_index
from pectin.build.traces.model import compute_print

_WHOLE = (
    "description", "expires", "draft", "weight", "template", "sort_by", "paginate_by",
    "page_template", "feed", "transparent", "outputs",
)  # fmt: skip
"""The keys of which the nearest value is taken as it is."""


class _Inherited(Struct, frozen=True):
    """Defaults as one front matter, with a fingerprint of it."""

    front_matter: FrontMatter
    print: bytes


class Inheritance:
    """Documents with what they inherit where they do not say themselves.

    `defaults` are those of the configuration and of folders; of two for one folder, and of those of
    the configuration, the later is nearer. A nearer folder's are before a farther one's, and a
    section's `cascade` is before its folder's others. `heads` are all documents in one language, by
    location; where a section has none of them, the `cascade` of `others` counts.
    """

    def __init__(
        self,
        heads: Mapping[str, Head],
        defaults: Iterable[Defaults],
        others: Mapping[str, Head] | None = None,
    ) -> None:
        self._by_folder: dict[str, list[Defaults]] = {}
        for found in defaults:
            self._by_folder.setdefault(found.folder, []).append(found)
        self._cascades = {
            location[: location.rfind("/") + 1]: head.front_matter.cascade
            for location, head in {**(others or {}), **heads}.items()
            if head.front_matter.cascade
        }
        self._chains: dict[str, tuple[Defaults, ...]] = {}
        self._merged: dict[tuple[int, ...], _Inherited | None] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}
        is_plain = not self._by_folder and not self._cascades
        self.heads = heads if is_plain else {p: self._inherit(head) for p, head in heads.items()}

    def of_section(self, path: str) -> FrontMatter:
        """What the section at `path` inherits when no document describes it."""
        folder = f"{CONTENT}{path}/" if path else CONTENT
        found = self._merge(f"{folder}_index.md")
        return found.front_matter if found else FrontMatter()

    def _inherit(self, head: Head) -> Head:
        found = self._merge(head.location)
        if found is None:
            return head
        return replace(
            head,
            front_matter=merge_front_matter(found.front_matter, head.front_matter),
            print=compute_print(head.print, found.print),
        )

    def _merge(self, path: str) -> _Inherited | None:
        """What the document at `path` inherits; None where that is nothing."""
        found = [defaults for defaults in self._list_all(path) if self._is_for(defaults, path)]
        key = tuple(map(id, found))
        if key not in self._merged:
            self._merged[key] = _join(found) if found else None
        return self._merged[key]

    def _list_all(self, path: str) -> Iterator[Defaults]:
        """The defaults for the document at `path`, but for their targets, the farthest first."""
        folder = path[: path.rfind("/") + 1]
        if not is_section_index(path):
            yield from self._chain(folder)
            return
        if folder != CONTENT:
            yield from self._chain(_parent_of(folder))
        yield from self._by_folder.get(folder, ())

    def _chain(self, folder: str) -> tuple[Defaults, ...]:
        if folder not in self._chains:
            above = self._chain(_parent_of(folder)) if folder != CONTENT else ()
            own = (*self._by_folder.get(folder, ()), *self._cascades.get(folder, ()))
            self._chains[folder] = (*above, *own)
        return self._chains[folder]

    def _is_for(self, defaults: Defaults, path: str) -> bool:
        kinds, paths = defaults.target.kinds, defaults.target.paths
        if kinds is not None and _kind_of(path) not in kinds:
            return False
        return paths is None or any(self._matches(path, p, defaults.folder) for p in paths)

    def _matches(self, path: str, pattern: str, folder: str) -> bool:
        if pattern.startswith("/"):
            pattern, folder = f"{CONTENT}{pattern.lstrip('/')}", ""
        compiled = self._patterns.get(pattern)
        if compiled is None:
            compiled = self._patterns[pattern] = compile_glob(pattern)
        return compiled.fullmatch(path.removeprefix(folder)) is not None


def merge_front_matter(farther: FrontMatter, nearer: FrontMatter) -> FrontMatter:
    """What `nearer` says, and `farther` where that says nothing.

    Tables in `params` are merged key by key, also within each other; of anything else, lists too,
    the nearer is taken whole. Of two ways with raw HTML the stricter holds, so that who writes a page
    cannot allow himself more than its folder does.
    """
    taken: dict[str, Any] = {
        key: value
        for key in _WHOLE
        if (value := getattr(farther, key)) is not None and getattr(nearer, key) is None
    }
    terms = {**farther.taxonomies, **nearer.taxonomies}
    origins = {
        key: origin
        for key, origin in farther.origins.items()
        if key in taken or (key in terms and key not in nearer.taxonomies)
    }
    return replace(
        nearer,
        **taken,
        taxonomies=terms,
        params=_merge_tables(farther.params, nearer.params),
        raw_html=choose_stricter(farther.raw_html, nearer.raw_html),
        origins={**origins, **nearer.origins},
    )


def _join(found: Iterable[Defaults]) -> _Inherited:
    joined = FrontMatter()
    for defaults in found:
        values = defaults.values
        said = [key for key in _WHOLE if getattr(values, key) is not None]
        origins = {
            key: Origin(defaults.origin.path, (*defaults.origin.steps, key))
            for key in (*said, *values.taxonomies)
        }
        joined = merge_front_matter(joined, replace(values, origins=origins))
    return _Inherited(joined, compute_print(repr(joined)))


def _merge_tables(farther: Mapping[str, Any], nearer: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**farther, **nearer}
    for key in farther.keys() & nearer.keys():
        below, above = farther[key], nearer[key]
        if isinstance(below, dict) and isinstance(above, dict):
            merged[key] = _merge_tables(below, above)
    return merged


def _parent_of(folder: str) -> str:
    return folder[: folder.rstrip("/").rfind("/") + 1]


def _kind_of(path: str) -> str:
    if not is_section_index(path):
        return "page"
    return "home" if path.count("/") == 1 else "section"
