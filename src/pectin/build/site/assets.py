"""Files of `assets/` under names that have their fingerprint."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import partial
from hashlib import sha256, sha384
from posixpath import basename

from msgspec import Struct

from pectin.build.assets.workshop import NewProducts, Workshop
from pectin.build.faults import TemplateFault
from pectin.build.media_types import find_media_type
from pectin.build.problems import Problems
from pectin.build.site.asset_links import SASS, TYPED, AssetLinks
from pectin.build.site.asset_options import AssetOptions
from pectin.build.site.claims import Claims
from pectin.build.site.scripts import Scripts
from pectin.build.site.stylesheets import Made, Stylesheets
from pectin.build.source import SourceTree
from pectin.build.suggestions import suggest
from pectin.build.urls import encode_path
from pectin.values.output import OutputFile
from pectin.values.place import Place

FINGERPRINT_DIGITS = 12

_SHEETS = (".css", *SASS)
_SCRIPTS = (".js", ".mjs", *TYPED)
_MAP_COMMENTS = {".css": "/*# sourceMappingURL={} */\n"}
_MAP_COMMENT = "//# sourceMappingURL={}\n"


class Asset(Struct, frozen=True):
    """A published asset. `url` is its path, `integrity` a value for the attribute (W3C SRI)."""

    url: str
    integrity: str


class NewAssets(Struct, frozen=True):
    """The names of assets that were found since the last drain, and what was compiled for them."""

    names: list[str]
    products: NewProducts


class Assets:
    """The assets that something asked for, each of them a file of the output."""

    def __init__(
        self,
        paths: Sequence[str],
        source: SourceTree,
        problems: Problems,
        claims: Claims,
        workshop: Workshop,
        options: AssetOptions,
    ) -> None:
        self._source = source
        self._claims = claims
        self._workshop = workshop
        self._links = AssetLinks(paths, problems, claims, lambda name: self.find(name).url)
        self._sheets = Stylesheets(source, problems, self._links, workshop, options)
        self._scripts = Scripts(source, problems, self._links, workshop, options)
        self._found: dict[str, Asset] = {}
        self._files: list[OutputFile] = []
        self._asked: list[str] = []

    @property
    def paths(self) -> frozenset[str]:
        """The files of `assets/`."""
        return self._links.paths

    def __contains__(self, path: str) -> bool:
        """Whether there is a file at `path`, which begins with `assets/`."""
        return path in self._links.paths

    def find(self, name: str) -> Asset:
        """The asset `name`, a path below `assets/`. Raises TemplateFault when there is none.

        What is compiled has the name of its source too: `main.scss` and `main.css` are one.
        """
        found = self._found.get(name)
        if found is None:
            path = self._links.locate(f"assets/{name.removeprefix('/')}")
            if path is None:
                names = [known.removeprefix("assets/") for known in sorted(self._links.paths)]
                raise TemplateFault(
                    "missing-asset",
                    f"there is no asset `{name}`",
                    suggest(name, names) or f"put it at assets/{name.removeprefix('/')}",
                )
            of_source = path.removeprefix("assets/")
            found = self._found.get(of_source) or self._publish(path)
            self._found[name] = self._found[of_source] = found
            self._asked.append(name)
        return found

    def drain(self) -> NewAssets:
        """Those that were found since this was asked last."""
        asked, self._asked = self._asked, []
        return NewAssets(asked, self._workshop.drain())

    def merge(self, new: NewAssets) -> list[OutputFile]:
        """The files to emit, when another found `new`: those that were not told before."""
        self._workshop.merge(new.products)
        for name in new.names:
            self.find(name)
        files, self._files = self._files, []
        return files

    def _publish(self, path: str) -> Asset:
        with self._links.circles.making(path):
            if path.endswith(_SHEETS):
                return self._emit_made(path, ".css", self._sheets.make(path))
            if path.endswith(_SCRIPTS):
                suffix = ".mjs" if path.endswith((".mjs", ".mts")) else ".js"
                return self._emit_made(path, suffix, self._scripts.make(path))
            return self._emit(path, path, self._source.read(path))

    def _emit_made(self, source: str, suffix: str, made: Made) -> Asset:
        """The asset that `made` is, with its map beside it."""
        path = source[: source.rfind(".")] + suffix
        text = made.text
        if made.source_map:
            comment = _MAP_COMMENTS.get(suffix, _MAP_COMMENT)
            url = self._emit(source, f"{path}.map", made.source_map.encode()).url
            text = f"{text.rstrip()}\n{comment.format(basename(url))}"
        return self._emit(source, path, _encode(text))

    def _emit(self, source: str, path: str, body: bytes) -> Asset:
        """The asset that has `body`, named as the file `path` and made from `source`."""
        name = _fingerprint(path.removeprefix("assets"), body)
        if self._claims.claim(name, source, partial(Place, source)):
            self._files.append(OutputFile(name, body, find_media_type(path), immutable=True))
        digest = b64encode(sha384(body).digest()).decode()
        return Asset(encode_path(name), f"sha384-{digest}")


def _encode(text: str) -> bytes:
    return text.encode(errors="surrogateescape")


def _fingerprint(name: str, body: bytes) -> str:
    digits = sha256(body).hexdigest()[:FINGERPRINT_DIGITS]
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.{digits}.{suffix}" if dot and "/" not in suffix else f"{name}.{digits}"
