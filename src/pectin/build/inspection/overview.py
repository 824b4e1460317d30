"""What pages lack, have in common, or are cut off from: told when all of them are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from pectin.build.content.documents import Documents
from pectin.build.inspection.inspection import Inspection
from pectin.build.problems import Problems
from pectin.build.site.model import Kind, Page
from pectin.build.site.structure import Structure
from pectin.build.templates.library import Templates
from pectin.build.templates.rendering import Rendering
from pectin.build.urls import decode_path, is_below, join_url, leads_elsewhere, strip_query
from pectin.values.place import Place
from pectin.values.problem import Problem, Severity

FindPage = Callable[[str], "str | None"]
"""Takes a decoded path and returns the file that answers it, or None."""

_SHOWN = 3
_LONGEST = 60
_NEED_LINKS = frozenset({Kind.PAGE, Kind.SECTION})
_NO_TITLE = Problem(
    "missing-title", "the page has no title", "give it a `<title>`", severity=Severity.WARNING
)
_NO_H1 = Problem(
    "missing-h1", "the page has no h1", "give it one, with its title", severity=Severity.WARNING
)


class Overview:
    """Compares the pages that are planned in `structure`."""

    def __init__(
        self,
        structure: Structure,
        documents: Documents,
        templates: Templates,
        rendering: Rendering,
        origin: str,
    ) -> None:
        self._planned = structure.planned
        self._sites = structure.sites
        self._documents = documents
        self._templates = templates
        self._rendering = rendering
        self._redirects = {
            each.source.rstrip("/"): each.target for each in structure.rules.redirects
        }
        self._origin = origin

    def report(
        self, found: Mapping[str, Inspection], problems: Problems, find_page: FindPage
    ) -> None:
        """Tell all that is wrong with the pages as a whole, `found` by the paths of their files."""
        self._report_lacks(found, problems)
        # Who knows what these would say of themselves?
        unread = {file for file, _ in problems.list_told("front-matter-syntax")}
        listed = {
            path: it
            for path, it in found.items()
            if it.is_listed
            and self._is_first(path)
            and self._planned[path].page.source not in unread
        }
        titles = {path: it.title for path, it in listed.items() if it.title}
        self._report_duplicates("duplicate-title", titles, problems)
        descriptions = {path: it.description for path, it in listed.items() if it.description}
        self._report_duplicates("duplicate-description", descriptions, problems)
        linked = self._find_linked(found, find_page)
        self._report_orphans([path for path in listed if path not in linked], problems)

    def place_layout(self, page: Page) -> Place | None:
        """The beginning of the template that renders `page`."""
        layout = self._rendering.choose(page)
        return Place(self._templates.path_of(layout), 1) if layout else self._place_page(page)

    def _place_page(self, page: Page) -> Place | None:
        return Place(page.source, 1) if page.source else None

    def _report_lacks(self, found: Mapping[str, Inspection], problems: Problems) -> None:
        """Tell of whole pages that have no title or no h1."""
        by_layout: dict[str | None, list[str]] = {}
        for path in (path for path, it in found.items() if it.is_whole):
            layout = self._rendering.choose(self._planned[path].page)
            by_layout.setdefault(layout, []).append(path)
        for paths in by_layout.values():
            untitled = [path for path in paths if not found[path].title]
            self._report_lack(_NO_TITLE, untitled, problems, is_common=len(untitled) == len(paths))
            headless = [path for path in paths if not found[path].has_h1]
            self._report_lack(_NO_H1, headless, problems, is_common=len(headless) == len(paths))

    def _report_lack(
        self, lack: Problem, paths: Sequence[str], problems: Problems, *, is_common: bool
    ) -> None:
        """Tell that the pages at `paths` lack something; of their template's, where all of its do."""
        for path in paths:
            page = self._planned[path].page
            is_own = not is_common and bool(page.source)
            place = self._place_page(page) if is_own else self.place_layout(page)
            problems.add([replace(lack, place=place)], page="" if is_own else name_page(page))

    def _is_first(self, path: str) -> bool:
        """Whether the page stands for itself: no other form, no later slice, no copy for a language."""
        rendered = self._planned[path]
        is_list_again = rendered.part is not None and rendered.part.number > 1
        is_again = is_list_again or rendered.format is not None or rendered.page.stands_in_for
        return not is_again and rendered.page.kind is not Kind.NOT_FOUND

    def _report_duplicates(self, code: str, texts: Mapping[str, str], problems: Problems) -> None:
        """Tell of pages in one language that have the same of `texts`, which are by path."""
        what = code.removeprefix("duplicate-")
        groups: dict[tuple[str, str], list[Page]] = {}
        for path, text in texts.items():
            page = self._planned[path].page
            groups.setdefault((page.language, text), []).append(page)
        for (_, text), pages in groups.items():
            if len(pages) == 1:
                continue
            first, *others = sorted(pages, key=lambda page: (not page.source, name_page(page)))
            shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
            problems.report(
                code,
                f"{len(pages):,} pages have the {what} “{shown}”",
                f"give each a {what} of its own: search engines show it",
                self._place_text(first, what, text),
                severity=Severity.WARNING,
                notes=_list_names(others),
            )

    def _find_linked(self, found: Mapping[str, Inspection], find_page: FindPage) -> set[str]:
        """The pages to which another page has a link."""
        linked: set[str] = set()
        known: dict[str, str | None] = {}
        for path, inspection in found.items():
            page = self._planned[path].page
            for url in inspection.links:
                if url[0] != "/":
                    target = self._find_target(url, page, find_page)
                elif url in known:
                    target = known[url]
                else:
                    target = known[url] = self._find_target(url, page, find_page)
                if target is not None and target != path:
                    linked.add(target)
        return linked

    def _report_orphans(self, paths: Iterable[str], problems: Problems) -> None:
        for path in paths:
            page = self._planned[path].page
            if page.kind in _NEED_LINKS and page.source:
                problems.report(
                    "orphan-page",
                    f"no page links to {page.url}",
                    "link to it, from a menu or a list: nobody finds it otherwise",
                    self._place_page(page),
                    severity=Severity.WARNING,
                )

    def _find_target(self, url: str, page: Page, find_page: FindPage) -> str | None:
        rest = url.removeprefix(self._origin) if is_below(url, self._origin) else url
        if leads_elsewhere(rest):
            return None
        target = decode_path(join_url(page.url, strip_query(rest) or page.url))
        found = find_page(target)
        if found is None and target.rstrip("/") in self._redirects:
            return find_page(self._redirects[target.rstrip("/")])
        return found

    def _place_text(self, page: Page, key: str, text: str) -> Place | None:
        """Where the `text` of the page's title or description is written."""
        place = self._documents.place_key(page.head, key) if page.head else None
        if place and place.line:
            return place
        config = self._sites.by_language[page.language].config
        if text == {"title": config.title, "description": config.description}[key]:
            return config.place(key)
        return self.place_layout(page)


def name_page(page: Page) -> str:
    """What messages call `page`."""
    return page.source or page.url


def _list_names(pages: Sequence[Page]) -> tuple[str, ...]:
    others = len(pages) - _SHOWN
    more = (f"and {others:,} other page{'s' if others > 1 else ''}",) if others > 0 else ()
    return (*(f"so has {name_page(page)}" for page in pages[:_SHOWN]), *more)
