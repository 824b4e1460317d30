"""Files of `assets/` under names that have their fingerprint."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from functools import partial
from hashlib import sha256, sha384
from posixpath import basename, dirname, join, normpath

from msgspec import Struct

from pectin.build.assets.compilers import Compiled, Compilers
from pectin.build.assets.findings import describe_findings
from pectin.build.assets.references import CSS_REFERENCE, JS_IMPORT, FindPlace, rewrite
from pectin.build.assets.workshop import NewProducts, Product, Workshop
from pectin.build.faults import TemplateFault
from pectin.build.media_types import find_media_type
from pectin.build.problems import Problems
from pectin.build.site.claims import Claims
from pectin.build.source import SourceTree
from pectin.build.suggestions import suggest
from pectin.build.urls import decode_path, encode_path
from pectin.values.output import OutputFile
from pectin.values.place import Place, place_at

FINGERPRINT_DIGITS = 12

_SASS = (".scss", ".sass")
_SOURCES = {".css": _SASS}
"""What the files of a suffix may be compiled from."""

_REFERENCES = {".css": CSS_REFERENCE, ".js": JS_IMPORT, ".mjs": JS_IMPORT}
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|#)", re.IGNORECASE)


class Asset(Struct, frozen=True):
    """A published asset. `url` is its path, `integrity` a value for the attribute (W3C SRI)."""

    url: str
    integrity: str


class AssetOptions(Struct, frozen=True):
    """How assets are made. `source_maps` are for who develops the site."""

    compilers: Compilers = Compilers()
    source_maps: bool = False


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
        self._paths = frozenset(paths)
        self._source = source
        self._problems = problems
        self._claims = claims
        self._workshop = workshop
        self._options = options
        self._found: dict[str, Asset] = {}
        self._files: list[OutputFile] = []
        self._asked: list[str] = []
        self._under_way: list[str] = []

    def find(self, name: str) -> Asset:
        """The asset `name`, a path below `assets/`. Raises TemplateFault when there is none.

        What is compiled has the name of its source too: `main.scss` and `main.css` are one.
        """
        found = self._found.get(name)
        if found is None:
            path = self._locate(f"assets/{name.removeprefix('/')}")
            if path is None:
                names = [known.removeprefix("assets/") for known in sorted(self._paths)]
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

    def _locate(self, path: str) -> str | None:
        """The source of the asset that `path` means, itself or what it is compiled from."""
        if path in self._paths:
            return path
        stem, dot, suffix = path.rpartition(".")
        candidates = (stem + source for source in _SOURCES.get(dot + suffix, ()))
        return next((source for source in candidates if source in self._paths), None)

    def _publish(self, path: str) -> Asset:
        self._under_way.append(path)
        try:
            stem, dot, suffix = path.rpartition(".")
            if dot + suffix in _SASS:
                return self._publish_sass(path, f"{stem}.css")
            body = self._source.read(path)
            if dot + suffix in _REFERENCES:
                text = body.decode(errors="surrogateescape")
                place = partial(_find_place, path, text)
                body = self._rewrite(path, text, _REFERENCES[dot + suffix], place)
            return self._emit(path, path, body)
        finally:
            self._under_way.pop()

    def _publish_sass(self, path: str, published: str) -> Asset:
        product = self._compile_sass(path)
        place = partial(self._find_written, path, product.files)
        body = self._rewrite(path, product.compiled.text, CSS_REFERENCE, place)
        if product.compiled.source_map:
            source_map = product.compiled.source_map.encode()
            url = self._emit(path, f"{published}.map", source_map).url
            body += f"\n/*# sourceMappingURL={basename(url)} */\n".encode()
        return self._emit(path, published, body)

    def _compile_sass(self, path: str) -> Product:
        compiler, source_map = self._options.compilers.sass, self._options.source_maps
        if compiler is None:
            self._problems.report(
                "missing-extra",
                f"{path} is Sass, and no compiler for it is installed",
                "install it: pip install 'pectin[sass]'",
                Place(path),
            )
            return Product(Compiled(""), ())
        product = self._workshop.make(
            f"{compiler.version} {'map' if source_map else ''} {path}",
            lambda files: compiler.compile(path, files, source_map=source_map),
        )
        self._problems.add(describe_findings(product, self._source))
        return product

    def _emit(self, source: str, path: str, body: bytes) -> Asset:
        """The asset that has `body`, named as the file `path` and made from `source`."""
        name = _fingerprint(path.removeprefix("assets"), body)
        if self._claims.claim(name, source, partial(Place, source)):
            self._files.append(OutputFile(name, body, find_media_type(path), immutable=True))
        digest = b64encode(sha384(body).digest()).decode()
        return Asset(encode_path(name), f"sha384-{digest}")

    def _rewrite(
        self, path: str, text: str, references: re.Pattern[str], find_place: FindPlace
    ) -> bytes:
        def resolve(url: str, offset: int) -> str:
            return self._resolve(path, url, offset, find_place)

        return rewrite(text, references, resolve).encode(errors="surrogateescape")

    def _resolve(self, path: str, url: str, offset: int, find_place: FindPlace) -> str:
        """What to write instead of `url`, which stands at `offset` of what is made of `path`."""
        if _ELSEWHERE.match(url):
            return url
        bare = re.split(r"[?#]", url, maxsplit=1)[0]
        rest = url[len(bare) :]
        name = normpath(
            join("/", dirname(path).removeprefix("assets").strip("/"), decode_path(bare))
        )
        source = self._locate(f"assets{name}")
        if source is None:
            if name not in self._claims:
                self._problems.report(
                    "missing-asset",
                    f"there is no asset `{name.removeprefix('/')}`",
                    f"put it at assets{name}, or at static{name}",
                    find_place(url, offset),
                )
            return url
        if source in self._under_way:
            self._problems.report(
                "asset-cycle",
                f"{path} and {source} refer to each other, so neither can have a fingerprint",
                "move what both need to a third file, or put the files in static/",
                find_place(url, offset),
            )
            return url
        return self.find(source.removeprefix("assets/")).url + rest

    def _find_written(self, path: str, files: Sequence[str], url: str, _offset: int) -> Place:
        """Where one of `files` has `url`, which the compiler moved; the file `path` if none has."""
        for file in files:
            text = self._source.read(file).decode(errors="replace")
            if url in text:
                return place_at(file, text, text.index(url))
        return Place(path)


def _find_place(path: str, text: str, _url: str, offset: int) -> Place:
    return place_at(path, text, offset)


def _fingerprint(name: str, body: bytes) -> str:
    digits = sha256(body).hexdigest()[:FINGERPRINT_DIGITS]
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.{digits}.{suffix}" if dot and "/" not in suffix else f"{name}.{digits}"
