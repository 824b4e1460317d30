"""Which template renders a page."""

from __future__ import annotations

from collections.abc import Callable

from pectin.build.configuration.model import OutputFormat
from pectin.build.content.documents import Documents
from pectin.build.problems import Problems
from pectin.build.site.model import Kind, Page
from pectin.build.templates.errors import suggest_template
from pectin.build.templates.library import Templates, list_candidates, list_output_candidates
from pectin.build.templates.queries import Queries
from pectin.values.place import Place


class TemplateChoice:
    """Chooses among `templates`, once for all pages that are alike.

    `queries_in` are the questions as pages in a language ask them.
    """

    def __init__(
        self,
        templates: Templates,
        documents: Documents,
        problems: Problems,
        queries_in: Callable[[str], Queries],
    ) -> None:
        self._templates = templates
        self._documents = documents
        self._problems = problems
        self._queries_in = queries_in
        self._chosen: dict[tuple[str, Kind, str, str | None, str], str | None] = {}

    def choose(self, page: Page, output: OutputFormat | None) -> str | None:
        """The template that renders `page` in HTML or the format `output`.

        None where there is none, which is then a problem.
        """
        own = page.front_matter.template
        key = (page.language, page.kind, page.folder, own, output.name if output else "")
        if key not in self._chosen:
            self._chosen[key] = (
                self._find_output_template(page, output) if output else self._find_template(page)
            )
        elif own and self._chosen[key] is None and output is None:
            self._report_missing(page, own)
        return self._chosen[key]

    def _find_template(self, page: Page) -> str | None:
        own = page.front_matter.template
        if own:
            if own in self._templates:
                return own
            self._report_missing(page, own)
            return None
        candidates = list_candidates(page, self._find_inherited(page))
        found = self._templates.find_first(candidates)
        if found:
            return found
        self._problems.report(
            "missing-template",
            f"there is no template for the {page.kind.value} {page.source or page.url}",
            f"put one at templates/{candidates[-1]}",
        )
        return None

    def _find_output_template(self, page: Page, output: OutputFormat) -> str | None:
        inherited = list_candidates(page, self._find_inherited(page))
        candidates = list_output_candidates(output, page, inherited)
        found = self._templates.find_first(candidates)
        if found:
            return found
        self._problems.report(
            "missing-template",
            f"there is no template for a {page.kind.value} as `{output.name}`",
            f"put one at templates/{candidates[-1]}",
            self._place_output(page, output),
        )
        return None

    def _place_output(self, page: Page, output: OutputFormat) -> Place | None:
        """Where it is said that `page` is published in the format `output`."""
        config = self._queries_in(page.language).configuration
        if output.template:
            return config.place("output_formats", output.name, "template")
        if page.front_matter.outputs is None:
            return config.place("outputs", page.kind.value, item=output.name)
        if page.head:
            return self._documents.place_key(page.head, "outputs", output.name)
        return self._documents.place_default(page.front_matter.origins["outputs"], output.name)

    def _find_inherited(self, page: Page) -> str | None:
        if page.kind is not Kind.PAGE:
            return None
        for section in reversed(self._queries_in(page.language).ancestors_of(page)):
            name = section.front_matter.page_template
            if name and name in self._templates:
                return name
            if name:
                self._report_missing(section, name, "page_template")
        return None

    def _report_missing(self, page: Page, name: str, key: str = "template") -> None:
        origin = page.front_matter.origins.get(key)
        place = self._documents.place_default(origin) if origin else None
        self._problems.report(
            "missing-template",
            f"there is no template `{name}`",
            suggest_template(name, self._templates),
            self._documents.place_key(page.head, key) if page.head else place,
        )
