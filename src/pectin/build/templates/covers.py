"""The image that stands for a page where others link to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pectin.build.configuration.scalars import describe
from pectin.build.faults import TemplateFault
from pectin.build.site.model import Page
from pectin.build.templates.pictures import Pictures
from pectin.build.templates.pieces import mark
from pectin.build.templates.queries import Queries
from pectin.build.templates.views import PageView, page_of
from pectin.values.place import Place

WIDTH = 1200
"""Pixels: what the large cards of all who show any take."""

_ELSEWHERE = re.compile(r"https?://", re.IGNORECASE)
_DRAWING = ".svg"
_HINT = "write the file's name, as in `image: cover.jpg`, a path or a URL"


@dataclass(frozen=True, slots=True)
class CoverView:
    """An image by its absolute URL. `width` and `height` are in pixels, or none where nobody knows them."""

    url: Markup
    alt: str
    width: int | None = None
    height: int | None = None


class Covers:
    """Finds the covers of pages, of which `find_place` says where a key is written."""

    def __init__(
        self,
        queries: Queries,
        pictures: Pictures,
        find_place: Callable[[Page, str], Place | None],
    ) -> None:
        self._queries = queries
        self._pictures = pictures
        self._find_place = find_place

    def of(self, view: PageView) -> CoverView | None:
        """The image of a page by its front matter, else the site's by `[params]`; None without either.

        Raises TemplateFault for one that is not there.
        """
        page = page_of(view)
        try:
            own = self._find(page.front_matter.params, page)
        except TemplateFault as fault:
            place = fault.place or self._find_place(page, "image")
            raise TemplateFault(fault.code, fault.message, fault.hint, place) from None
        return own or self._find(self._queries.setting("params"), None)

    def _find(self, params: Mapping[str, Any], page: Page | None) -> CoverView | None:
        written = params.get("image")
        if not written:
            return None
        if not isinstance(written, str):
            raise TemplateFault(
                "bad-image", f"`image` must be text, not {describe(written)}", _HINT
            )
        if written.lower().endswith(_DRAWING):
            return None  # nobody shows it
        alt = str(params.get("image_alt", ""))
        if _ELSEWHERE.match(written):
            return CoverView(mark(written), alt)
        if written.startswith("/"):
            return CoverView(mark(self._queries.origin() + written), alt)
        found = self._pictures.encode(written, page, WIDTH)
        if found is None:
            return None
        url, width, height = found
        return CoverView(mark(self._queries.origin() + url), alt, width, height)
