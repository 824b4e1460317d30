"""Files of `assets/` under names that have their fingerprint."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import partial
from hashlib import sha256, sha384
from posixpath import dirname, join, normpath

from msgspec import Struct

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

_CSS_REFERENCE = re.compile(
    r"""/\*.*?\*/|url\(\s*(?P<q>["']?)(?P<url>[^"')\s]+)(?P=q)\s*\)|@import\s+(?P<r>["'])(?P<file>[^"']+)(?P=r)""",
    re.DOTALL,
)
_JS_IMPORT = re.compile(
    r"""(?:\bfrom\s*|\bimport\s*\(?\s*)(?P<q>["'])(?P<url>\.{1,2}/[^"'\n]+)(?P=q)"""
)
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|#)", re.IGNORECASE)


class Asset(Struct, frozen=True):
    """A published asset. `url` is its path, `integrity` a value for the attribute (W3C SRI)."""

    url: str
    integrity: str


class Assets:
    """The assets that something asked for, each of them a file of the output."""

    def __init__(
        self,
        paths: Sequence[str],
        source: SourceTree,
        problems: Problems,
        claims: Claims,
    ) -> None:
        self._paths = frozenset(paths)
        self._source = source
        self._problems = problems
        self._claims = claims
        self._found: dict[str, Asset] = {}
        self._files: list[OutputFile] = []
        self._asked: list[str] = []
        self._under_way: list[str] = []

    def find(self, name: str) -> Asset:
        """The asset `name`, a path below `assets/`. Raises TemplateFault when there is none."""
        found = self._found.get(name)
        if found is None:
            path = f"assets/{name.removeprefix('/')}"
            if path not in self._paths:
                names = [known.removeprefix("assets/") for known in sorted(self._paths)]
                raise TemplateFault(
                    "missing-asset",
                    f"there is no asset `{name}`",
                    suggest(name, names) or f"put it at {path}",
                )
            found = self._found[name] = self._publish(path)
            self._asked.append(name)
        return found

    def drain(self) -> list[str]:
        """The names of those that were found since this was asked last."""
        asked, self._asked = self._asked, []
        return asked

    def merge(self, names: Iterable[str]) -> list[OutputFile]:
        """The files to emit, when another found `names`: those that were not told before."""
        for name in names:
            self.find(name)
        files, self._files = self._files, []
        return files

    def _publish(self, path: str) -> Asset:
        body = self._source.read(path)
        rewrite = {".css": _CSS_REFERENCE, ".js": _JS_IMPORT, ".mjs": _JS_IMPORT}
        suffix = path[path.rfind(".") :]
        if suffix in rewrite:
            self._under_way.append(path)
            try:
                body = self._rewrite(path, body, rewrite[suffix])
            finally:
                self._under_way.pop()
        name = _fingerprint(path.removeprefix("assets"), body)
        if self._claims.claim(name, path, partial(Place, path)):
            self._files.append(OutputFile(name, body, find_media_type(path), immutable=True))
        digest = b64encode(sha384(body).digest()).decode()
        return Asset(encode_path(name), f"sha384-{digest}")

    def _rewrite(self, path: str, body: bytes, references: re.Pattern[str]) -> bytes:
        text = body.decode(errors="surrogateescape")

        def replace(found: re.Match[str]) -> str:
            group = "url" if found["url"] else "file"
            if group == "file" and found.groupdict().get("file") is None:
                return found[0]
            url = found[group]
            target = self._resolve(path, text, found.start(group), url)
            start, end = found.start(group) - found.start(), found.end(group) - found.start()
            return found[0][:start] + target + found[0][end:]

        return references.sub(replace, text).encode(errors="surrogateescape")

    def _resolve(self, path: str, text: str, offset: int, url: str) -> str:
        """What to write in the file `path` instead of `url`, which stands at `offset`."""
        if _ELSEWHERE.match(url):
            return url
        bare = re.split(r"[?#]", url, maxsplit=1)[0]
        rest = url[len(bare) :]
        name = normpath(
            join("/", dirname(path).removeprefix("assets").strip("/"), decode_path(bare))
        )
        source = f"assets{name}"
        if source not in self._paths:
            if name not in self._claims:
                self._report(
                    "missing-asset",
                    f"there is no asset `{name.removeprefix('/')}`",
                    f"put it at {source}, or at static{name}",
                    path,
                    text,
                    offset,
                )
            return url
        if source in self._under_way:
            self._report(
                "asset-cycle",
                f"{path} and {source} refer to each other, so neither can have a fingerprint",
                "move what both need to a third file, or put the files in static/",
                path,
                text,
                offset,
            )
            return url
        return self.find(name.removeprefix("/")).url + rest

    def _report(
        self, code: str, message: str, hint: str, path: str, text: str, offset: int
    ) -> None:
        self._problems.report(code, message, hint, place_at(path, text, offset))


def _fingerprint(name: str, body: bytes) -> str:
    digits = sha256(body).hexdigest()[:FINGERPRINT_DIGITS]
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.{digits}.{suffix}" if dot and "/" not in suffix else f"{name}.{digits}"
