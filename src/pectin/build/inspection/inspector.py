"""The pages of one site, looked through one by one and then beside each other."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from pectin.build.inspection.inspection import Flaw, Inspection, inspect_html
from pectin.build.inspection.overview import FindPage, Overview, name_page
from pectin.build.inspection.places import Places
from pectin.build.output.origins import Origins
from pectin.build.problems import Problems
from pectin.build.site.model import Page
from pectin.build.site.structure import Structure
from pectin.build.urls import is_below
from pectin.values.place import Place
from pectin.values.problem import Problem, Severity


class OutsideLink(Struct, frozen=True):
    """A URL of another host that pages refer to, and where one of them has it written."""

    url: str
    place: Place | None


class Inspector:
    """Looks through the pages that are planned in `structure`."""

    def __init__(
        self,
        structure: Structure,
        places: Places,
        overview: Overview,
        origins: Origins,
        origin: str,
    ) -> None:
        self._planned = structure.planned
        self._sites = structure.sites
        self._origins = origins
        self._origin = origin
        self._is_secure = self._sites.config.url.startswith("https:")
        self._places = places
        self._overview = overview
        self._found: dict[str, Inspection] = {}

    def inspect(self, path: str, html: str) -> Inspection:
        """What the page at `path`, which became `html`, says of itself. The body must be at hand."""
        found = inspect_html(html, is_secure=self._is_secure)
        if not found.flaws:
            return found
        located = self._places.locate(self._planned[path].page, html, found.flaws)
        return replace(found, flaws=located)

    def merge(self, path: str, inspection: Inspection) -> None:
        """Take in what was found of the page at `path`."""
        self._found[path] = inspection

    def report(self, problems: Problems, find_page: FindPage) -> None:
        """Tell all that is wrong with the pages that were taken in."""
        found = {path: self._found[path] for path in self._planned if path in self._found}
        self._report_flaws(found, problems)
        self._overview.report(found, problems, find_page)

    def list_outside(self) -> list[OutsideLink]:
        """What leads to other hosts, each URL once, in order."""
        first: dict[str, str] = {}
        for path in self._planned:
            for url in sorted(self._found[path].outside if path in self._found else ()):
                first.setdefault(url, path)
        own = (self._origin, *(f"https://{host}" for host in self._sites.config.domains))
        return [
            OutsideLink(url, self._find_link(self._planned[path].page, url))
            for url, path in sorted(first.items())
            if not any(is_below(url, origin) for origin in own)
        ]

    def _find_link(self, page: Page, url: str) -> Place | None:
        written = self._origins.find_own(page, url) or self._origins.find_elsewhere(page, url)
        place = next((one.place for one in written if one.place), None)
        return place or (Place(page.source) if page.source else None)

    def _report_flaws(self, found: Mapping[str, Inspection], problems: Problems) -> None:
        strays: list[tuple[Flaw, Page]] = []
        told: set[tuple[str, str]] = set()
        in_bodies = problems.list_told("duplicate-id")
        for path, inspection in found.items():
            page = self._planned[path].page
            for flaw in inspection.flaws:
                if flaw.place is None:
                    strays.append((flaw, page))
                    continue
                if (flaw.place.file, flaw.message) in in_bodies:
                    continue
                is_own = flaw.place.file in self._sites.by_source
                if is_own:
                    told.add((flaw.code, flaw.message))
                self._tell(problems, flaw, page, is_shown=not is_own)
        for flaw, page in strays:
            # What a list shows of a body is told where that body has it.
            if (flaw.code, flaw.message) not in told:
                place = self._find_stray(flaw, page) or self._overview.place_layout(page)
                self._tell(problems, replace(flaw, place=place), page)

    def _find_stray(self, flaw: Flaw, page: Page) -> Place | None:
        written = self._origins.find_elsewhere(page, flaw.url) if flaw.url else ()
        return next((one.place for one in written if one.place), None)

    def _tell(self, problems: Problems, flaw: Flaw, page: Page, *, is_shown: bool = True) -> None:
        problem = Problem(flaw.code, flaw.message, flaw.hint, flaw.place, Severity.WARNING)
        problems.add([problem], page=name_page(page) if is_shown else "")
