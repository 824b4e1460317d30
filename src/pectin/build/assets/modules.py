"""Modules as a bundler asks for them: which file a specifier means, and what is in it."""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath

import msgspec
from msgspec import Struct

from pectin.build.assets.compilers import CompileFailed, Finding, UrlOf
from pectin.build.assets.files import AssetFiles, is_of_package
from pectin.build.assets.packages import (
    ClosedPackage,
    find_beside,
    find_in_packages,
    split_specifier,
)
from pectin.build.urls import strip_query
from pectin.values.place import place_at

LOADERS = {
    ".js": "jsx",
    ".mjs": "js",
    ".cjs": "js",
    ".jsx": "jsx",
    ".ts": "ts",
    ".mts": "ts",
    ".tsx": "tsx",
    ".json": "json",
    ".txt": "text",
}
"""How the files of a suffix are read; all others are files to refer to."""

_GUESSED = (".ts", ".tsx", ".mts", ".js", ".mjs", ".jsx", ".json")
_WRITTEN_AS = {".js": (".ts", ".tsx"), ".mjs": (".mts",), ".jsx": (".tsx",)}
"""What TypeScript calls by the suffix of what it becomes."""

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*://|//|data:", re.IGNORECASE)
_INCOMPLETE = "the package is not whole, or not for browsers: install it again, or another"
_SHEETS = (".css", ".scss", ".sass")


class Module(Struct, frozen=True):
    """The text of a module, and how it is to be read: `ts`, `json` and the like."""

    text: str
    loader: str


def find_module(
    specifier: str, importer: str, files: AssetFiles, *, is_required: bool = False
) -> str | None:
    """The file that `specifier` means in the module `importer`; None where it is on another host.

    As TypeScript and bundlers have it, a suffix may be left out, a folder has an `index`, and
    `x.js` may be written as `x.ts`. One that begins with a slash is below `assets/`, one that is a
    name in `node_modules/`. `is_required` is for `require()`.
    Raises CompileFailed where there is no such file.
    """
    if _ELSEWHERE.match(specifier):
        return None
    bare = strip_query(specifier)
    if not bare.startswith((".", "/")):
        return _find_in_packages(specifier, importer, files, is_required=is_required)
    if is_of_package(importer):
        beside = find_beside(join(dirname(importer), bare), files)
        if beside is None:
            message = f"there is no module `{specifier}`"
            raise CompileFailed(_place_of(specifier, importer, files, message, _INCOMPLETE))
        return beside
    folder = "assets" if bare.startswith("/") else dirname(importer)
    path = normpath(join(folder, bare.lstrip("/")))
    found = next((name for name in _list_names(path) if files.has(name)), None)
    if found is None:
        message, hint = f"there is no module `{specifier}`", _say_where(path)
        raise CompileFailed(_place_of(specifier, importer, files, message, hint))
    if found.endswith(_SHEETS):
        message = f"`{specifier}` is a stylesheet, and a script takes none in"
        hint = "ask for it in a template: `stylesheet(...)`"
        raise CompileFailed(_place_of(specifier, importer, files, message, hint))
    return found


def _find_in_packages(
    specifier: str, importer: str, files: AssetFiles, *, is_required: bool
) -> str:
    try:
        found = find_in_packages(specifier, importer, files, is_required=is_required)
    except ClosedPackage as closed:
        raise CompileFailed(_place_of(specifier, importer, files, str(closed), "")) from None
    if found is None:
        message = f"there is no package `{specifier}`"
        hint = (
            f"install it: npm install {split_specifier(specifier)[0]}; or put it into assets/, and import it as "
            f"`/vendor/{specifier}.js`"
        )
        raise CompileFailed(_place_of(specifier, importer, files, message, hint))
    return found


def load_module(path: str, files: AssetFiles, url_of: UrlOf) -> Module:
    """The module in the file `path`; of a file that is none, one whose value is its URL.

    Raises CompileFailed.
    """
    loader = LOADERS.get(path[path.rfind(".") :].lower())
    if loader is None and is_of_package(path):
        raise CompileFailed(Finding("a package has this file, which is no script", path))
    if loader is None:
        files.has(path)
        return Module(f"export default {msgspec.json.encode(url_of(path)).decode()}", "js")
    try:
        return Module(files.read(path), loader)
    except UnicodeDecodeError as error:
        raise CompileFailed(Finding(f"it is not UTF-8: {error.reason}", path)) from None


def _say_where(path: str) -> str:
    if not path.startswith("assets/"):
        return "scripts import files of assets/"
    return f"put it at {path}" if path.endswith(tuple(LOADERS)) else f"put it at {path}.js"


def _list_names(path: str) -> list[str]:
    stem, dot, suffix = path.rpartition(".")
    typed = [stem + other for other in _WRITTEN_AS.get(dot + suffix, ())]
    guessed = [path + other for other in _GUESSED]
    return [path, *typed, *guessed, *(f"{path}/index{other}" for other in _GUESSED)]


def _place_of(specifier: str, importer: str, files: AssetFiles, message: str, hint: str) -> Finding:
    text = files.read(importer)
    found = re.search(rf"(?<=[\"'`]){re.escape(specifier)}(?=[\"'`])", text)
    if found is None:
        return Finding(message, importer, hint=hint)
    place = place_at(importer, text, found.start())
    return Finding(message, importer, place.line, place.column, hint)
