"""The forms in which each page is published, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pectin.build.configuration.model import Config, OutputFormat
from pectin.build.configuration.outputs import (
    CALENDAR,
    HTML_NAME,
    explain_unfit,
    list_formats,
)
from pectin.build.content.document import FrontMatter, Head
from pectin.build.content.documents import Documents
from pectin.build.problems import Problems
from pectin.build.site.model import Kind, Output
from pectin.build.urls import folder_url
from pectin.values.place import Place

_ONLY_HTML = (HTML_NAME,)
_INDEX = "index"


class Outputs:
    """Gives the pages in one language their formats."""

    def __init__(self, config: Config, documents: Documents, problems: Problems) -> None:
        self._own = config.output_formats
        self._formats = list_formats(config.output_formats)
        self._by_kind = config.outputs
        self._documents = documents
        self._problems = problems

    def of(
        self, kind: Kind, url: str, front_matter: FrontMatter, head: Head | None
    ) -> tuple[str, tuple[Output, ...]]:
        """The URL of a page that would be at `url` in HTML, and its other forms.

        A page without HTML is where the first of the others is.
        """
        names = front_matter.outputs or self._by_kind.get(kind.value, _ONLY_HTML)
        if names == _ONLY_HTML:
            return url, ()
        outputs = tuple(
            Output(self._formats[name], output_url(url, self._formats[name]))
            for name in self._list_fit(kind, names, front_matter, head)
        )
        if HTML_NAME in names or not outputs:
            return url, outputs
        return outputs[0].url, outputs

    def _list_fit(
        self, kind: Kind, names: Sequence[str], front_matter: FrontMatter, head: Head | None
    ) -> Iterator[str]:
        """The formats but HTML that the page can have; the others that it names itself are told."""
        is_own = front_matter.outputs is not None and "outputs" not in front_matter.origins
        for name in names:
            unfit = explain_unfit(name, kind.value, self._own)
            if unfit:
                self._report(*unfit, name, front_matter, head)
            elif (
                name == CALENDAR and kind is Kind.PAGE and front_matter.params.get("start") is None
            ):
                if is_own:
                    message = "a page without `start` is no event for a calendar"
                    hint = "write when it begins, as in `start: 2026-05-01T18:00:00+02:00`"
                    self._report(message, hint, name, front_matter, head)
            elif name != HTML_NAME:
                yield name

    def _report(
        self, message: str, hint: str, name: str, front_matter: FrontMatter, head: Head | None
    ) -> None:
        place: Place | None = None
        if head is not None:
            place = self._documents.place_key(head, "outputs", name)
        elif "outputs" in front_matter.origins:
            place = self._documents.place_default(front_matter.origins["outputs"], name)
        self._problems.report("front-matter-value", f"`outputs`: {message}", hint, place)


def output_url(url: str, output: OutputFormat) -> str:
    """The URL of the form `output` of the page at `url`: beside it, or in its folder."""
    name = output.file_name
    page = url[url.rfind("/") + 1 :]
    if page and name.startswith(f"{_INDEX}."):
        name = page.removesuffix(".html") + name.removeprefix(_INDEX)
    return folder_url(url) + name
