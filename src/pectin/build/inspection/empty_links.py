"""Links without a URL that no source has as they are: a template computed them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pectin.build.inspection.places import Places
from pectin.build.inspection.tokens import list_attributes, list_tags
from pectin.values.place import Place

_REFERRING = frozenset(
    {
        "a",
        "area",
        "audio",
        "embed",
        "form",
        "iframe",
        "image",
        "img",
        "input",
        "link",
        "object",
        "script",
        "source",
        "track",
        "use",
        "video",
    }
)
_URLS = frozenset({"action", "data", "href", "poster", "src", "xlink:href"})


class EmptyLinks:
    """Finds the template that wrote them. `html_of` gives a page by the path of its file, or None."""

    def __init__(self, places: Places, html_of: Callable[[str], str | None]) -> None:
        self._places = places
        self._html_of = html_of

    def find(self, path: str) -> Iterator[Place]:
        """Where templates wrote the links of the page at `path` that have no URL."""
        tags = list_tags(self._html_of(path) or "")
        for index, tag in enumerate(tags):
            if _is_empty_link(tag.written):
                place = self._places.find_in_templates(tags, index, of_bodies=False)
                if place is not None:
                    yield place


def _is_empty_link(written: str) -> bool:
    name = written[1:].rstrip("/>").split(maxsplit=1)[0].lower() if written[1:2].isalpha() else ""
    return name in _REFERRING and any(
        attribute in _URLS and not value
        for attribute, value in list_attributes(written[1 + len(name) :])
    )
