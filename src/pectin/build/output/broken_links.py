"""Links that lead nowhere, told where their author wrote them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from pectin.build.content.link_targets import Written
from pectin.build.content.text import unescape
from pectin.build.output.links import Broken
from pectin.build.output.origins import Origins
from pectin.build.problems import Problems
from pectin.build.site.model import Page
from pectin.build.site.sites import Sites
from pectin.build.site.visibility import explain_hidden
from pectin.build.templates.references import source_of
from pectin.build.urls import decode_path, strip_query
from pectin.values.place import Place
from pectin.values.problem import Severity


class BrokenLinks:
    """Reports the broken links of one site. `assets` are all files in `assets/`.

    `find_empty` tells where templates computed the links without a URL of the page at a path.
    """

    def __init__(
        self,
        sites: Sites,
        assets: Collection[str],
        origins: Origins,
        find_empty: Callable[[str], Iterable[Place]],
        problems: Problems,
    ) -> None:
        self._find_empty = find_empty
        self._sites = sites
        self._assets = assets
        self._origins = origins
        self._problems = problems

    def report(self, broken: Sequence[Broken], pages: Mapping[str, Page]) -> None:
        """Report all of `broken`, in order of the `pages` that have them, by path."""
        told: set[str] = set()
        others: list[tuple[Broken, Page]] = []
        for link in broken:
            page = pages.get(link.path)
            url = unescape(link.url)
            written = (
                self._origins.find_own(page, url) if page else self._origins.find_in_menus(url)
            )
            for one in written:
                told.add(url)
                self._tell(link, one)
            if page and not written:
                others.append((link, page))
        self._report_others(others, told)

    def _report_others(self, others: Sequence[tuple[Broken, Page]], told: set[str]) -> None:
        """Report what no page has in its own body; one that nobody wrote, once for all pages."""
        strays: dict[tuple[str, str], list[tuple[Broken, Page]]] = {}
        for link, page in others:
            url = unescape(link.url)
            written = self._find_elsewhere(link, page, url)
            for one in written:
                self._tell(link, one, page)
            if not written and url not in told:
                strays.setdefault((link.code, url), []).append((link, page))
        for (_, url), same in strays.items():
            sources = {page.source for _, page in same}
            only = Place(min(sources)) if len(sources) == 1 and min(sources) else None
            for link, page in same:
                self._tell(link, Written(url, only), page)

    def _find_elsewhere(self, link: Broken, page: Page, url: str) -> Sequence[Written]:
        found = self._origins.find_elsewhere(page, url)
        if found or url:
            return found
        return [Written(url, place) for place in self._find_empty(link.path)]

    def _tell(self, link: Broken, written: Written, page: Page | None = None) -> None:
        # What a page has in its own source is told without those that show it.
        is_shown = page and not (written.place and written.place.file in self._sites.by_source)
        severity = Severity.WARNING if link.code == "empty-link" else Severity.ERROR
        message, hint = self._describe(link, written)
        shown = (page.source or page.url) if page and is_shown else ""
        self._problems.report(
            link.code, message, hint, written.place, severity=severity, page=shown
        )

    def _describe(self, link: Broken, written: Written) -> tuple[str, str]:
        """What is wrong, and what to do."""
        if link.code == "empty-link":
            return "a link or an image has no URL", "write where it leads, or take it away"
        if link.code == "missing-anchor":
            return (
                f"`{written.text}` leads to a page that has no anchor `{link.fragment}`",
                "headings get theirs from their text; `<a id=...>` makes another",
            )
        return f"`{written.text}` leads nowhere", self._explain_missing(link, written)

    def _explain_missing(self, link: Broken, written: Written) -> str:
        path = decode_path(strip_query(written.text))
        file = written.place.file if written.place else ""
        source = source_of(path, file if file in self._sites.by_source else "content/")
        if source in self._sites.hidden:
            return explain_hidden(source, self._sites.hidden)
        asset = link.target.removeprefix("/assets").removeprefix("/")
        if f"assets/{asset}" in self._assets:
            return (
                f'assets/{asset} gets its URL when a template asks for it: `asset("{asset}")`; '
                "a file in static/ keeps its own"
            )
        return "mend the link, or add a redirect for it to pectin.toml"
