"""Pages by what a wiki link may call them: title, file, alias."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pectin.build.site.layout import CONTENT
from pectin.build.site.model import Page
from pectin.build.site.sections import name_of
from pectin.build.suggestions import suggest
from pectin.build.urls import collision_key

_BETWEEN_WORDS = re.compile(r"[\s_-]+")


class Names:
    """The names of the pages `by_source`, and those of `hidden` ones, which were left out.

    Sources are without what names their language.
    """

    def __init__(self, by_source: Mapping[str, Page], hidden: Iterable[str]) -> None:
        self._by_source = by_source
        self._hidden = hidden
        self._by_name: dict[str, dict[Page, None]] = {}
        self._shown: dict[str, str] = {}
        for source, page in sorted(by_source.items()):
            for name in _list_names(source, page):
                self._by_name.setdefault(fold_name(name), {})[page] = None
                self._shown.setdefault(fold_name(name), name)

    def find(self, name: str) -> tuple[Page, ...]:
        """The pages that `name` may mean, by source: one where it is clear, none where it is unknown.

        A path below `content/` without its suffix, or the end of one, means the pages that have it.
        """
        path = f"{CONTENT}{name.strip('/')}"
        for source in (path, f"{path}.md", f"{path}.html", f"{path}/index.md", f"{path}/_index.md"):
            if source in self._by_source and ("/" in name or source == path):
                return (self._by_source[source],)
        folder, slash, last = name.rpartition("/")
        found = tuple(self._by_name.get(fold_name(last), ()))
        if not slash:
            return found
        end = f"/{folder.strip('/')}/{last}" if folder.strip("/") else f"/{last}"
        return tuple(page for page in found if _path_of(page.source).endswith(end))

    def find_hidden(self, name: str) -> str | None:
        """The source of a page by this name of its file that was left out, or None."""
        wanted = fold_name(name.rpartition("/")[2])
        return next((path for path in self._hidden if fold_name(name_of(path)) == wanted), None)

    def suggest(self, name: str) -> str:
        """A hint with the name that is nearest to `name`, or ""."""
        hint = suggest(fold_name(name), self._shown)
        near = hint.partition("`")[2].rpartition("`")[0]
        return f"did you mean `[[{self._shown[near]}]]`?" if near else ""


def fold_name(name: str) -> str:
    """Equal for names that differ only in case, or in blanks, hyphens and underscores."""
    return _BETWEEN_WORDS.sub(" ", collision_key(name.strip("/"))).strip()


def shorten_source(source: str) -> str:
    """What a wiki link calls the page of the file `source`, and no other: `fruit/plum`."""
    short = _path_of(source)[1:]
    return short if "/" in short else f"/{short}"


def _path_of(source: str) -> str:
    """The path below `content/`, with a slash before it, of the page of the file `source`."""
    path = source.removeprefix(CONTENT).rpartition(".")[0]
    return f"/{path}".removesuffix("/_index").removesuffix("/index")


def _list_names(source: str, page: Page) -> Iterator[str]:
    yield page.title
    path = source.removeprefix(CONTENT).rpartition(".")[0]
    folder, _, stem = path.rpartition("/")
    if stem not in {"_index", "index"}:
        yield from (stem, name_of(source))
    elif folder:
        yield from (folder.rpartition("/")[2], name_of(source) if stem == "index" else folder)
    for alias in page.front_matter.aliases:
        yield alias.strip("/").removesuffix(".html").rpartition("/")[2]
