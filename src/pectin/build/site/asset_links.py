"""What assets refer to: other assets, by the names under which those are published."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from posixpath import dirname, join, normpath

from pectin.build.assets.references import FindPlace, rewrite
from pectin.build.circles import Circles
from pectin.build.problems import Problems
from pectin.build.site.claims import Claims
from pectin.build.urls import decode_path, leads_elsewhere, strip_query
from pectin.values.place import Place

SASS = (".scss", ".sass")
TYPED = (".ts", ".tsx", ".jsx", ".mts")
_SOURCES = {".css": SASS, ".js": TYPED, ".mjs": (".mts",)}
"""What the files of a suffix may be compiled from."""


class AssetLinks:
    """Resolves references between the files `paths`. `url_of` publishes one, and returns its URL."""

    def __init__(
        self,
        paths: Sequence[str],
        problems: Problems,
        claims: Claims,
        url_of: Callable[[str], str],
    ) -> None:
        self.paths = frozenset(paths)
        self._problems = problems
        self._claims = claims
        self.url_of = url_of
        self.circles = Circles()

    def locate(self, path: str) -> str | None:
        """The source of the asset that `path` means, itself or what it is compiled from."""
        if path in self.paths:
            return path
        stem, dot, suffix = path.rpartition(".")
        candidates = (stem + source for source in _SOURCES.get(dot + suffix, ()))
        return next((source for source in candidates if source in self.paths), None)

    def rewrite(
        self, path: str, text: str, references: re.Pattern[str], find_place: FindPlace
    ) -> str:
        """`text`, which was made of the file `path`, with the published names in it."""

        def resolve(url: str, offset: int) -> str:
            source = self.find_source(path, url, offset, find_place)
            if source is None:
                return url
            published = self.url_of(source.removeprefix("assets/"))
            if self.circles.has(source):
                self.report_circle(path, source, find_place(url, offset))
                return url
            return published + url[len(strip_query(url)) :]

        return rewrite(text, references, resolve)

    def find_source(self, path: str, url: str, offset: int, find_place: FindPlace) -> str | None:
        """The file that `url` means in the file `path`; None where it is no asset.

        One that is nowhere is a problem, and so is one that is made of `path`: they are None too.
        """
        if leads_elsewhere(url) or url.startswith("#"):
            return None
        folder = dirname(path).removeprefix("assets").strip("/")
        name = normpath(join("/", folder, decode_path(strip_query(url))))
        source = self.locate(f"assets{name}")
        if source is None:
            if name not in self._claims:
                self._problems.report(
                    "missing-asset",
                    f"there is no asset `{name.removeprefix('/')}`",
                    f"put it at assets{name}, or at static{name}",
                    find_place(url, offset),
                )
        elif self.circles.has(source):
            self.report_circle(path, source, find_place(url, offset))
            return None
        return source

    def report_circle(self, path: str, source: str, place: Place) -> None:
        """Tell that the file `path` refers to `source`, which cannot be made before it."""
        self._problems.report(
            "asset-cycle",
            f"{path} and {source} refer to each other, so neither can have a fingerprint",
            "move what both need to a third file, or put the files in static/",
            place,
        )
