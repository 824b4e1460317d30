"""Modules of packages, as Node and bundlers for browsers find them.

After "Modules: Packages" (https://nodejs.org/api/packages.html) and its algorithm for ES modules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath
from typing import Any

import msgspec

from pectin.build.assets.files import PACKAGES, AssetFiles

_CONDITIONS = {
    "import": ("browser", "module", "import", "default"),
    "require": ("browser", "require", "default"),
}
_MAINS = ("module", "main")
_SHEET_CONDITIONS = ("sass", "style", "default")
_SHEET_MAINS = ("sass", "style")
_SUFFIXES = (
    "",
    ".js",
    ".mjs",
    ".cjs",
    ".json",
    "/index.js",
    "/index.mjs",
    "/index.cjs",
    "/index.json",
)


class ClosedPackage(Exception):
    """A package does not let that be imported."""


def find_in_packages(
    specifier: str, importer: str, files: AssetFiles, *, is_required: bool
) -> str | None:
    """The file that the bare `specifier` means in the module `importer`; None if there is none.

    `is_required` is for `require()`, for which a package may have another file.
    Raises ClosedPackage where the package has no such entrance.
    """
    name, inner = split_specifier(specifier)
    for folder in _list_folders(importer):
        package = f"{folder}/{name}"
        manifest = _read_manifest(package, files)
        if manifest is None:
            continue
        if (exports := manifest.get("exports")) is not None:
            conditions = _CONDITIONS["require" if is_required else "import"]
            target = _find_export(exports, inner, conditions)
            if target is None:
                raise ClosedPackage(f"the package `{name}` lets `{inner}` not be imported")
            return _find_file(join(package, target), files, ("",))
        if inner == ".":
            return _find_main(package, manifest, files)
        return _find_file(join(package, inner), files, _SUFFIXES)
    return None


def find_beside(path: str, files: AssetFiles) -> str | None:
    """The file of a package that another one there calls `path`, suffix or not."""
    return _find_file(path, files, _SUFFIXES)


def find_sheet_of_package(specifier: str, files: AssetFiles) -> str | None:
    """Where Sass is to look for the sheet `specifier` of a package, suffix or not; None if there is none.

    After https://sass-lang.com/documentation/at-rules/use/#node-js-package-importer.
    """
    name, inner = split_specifier(specifier)
    package = f"{PACKAGES}/{name}"
    manifest = _read_manifest(package, files)
    if manifest is None:
        return None
    exported = _find_export(manifest.get("exports"), inner, _SHEET_CONDITIONS)
    if exported is not None:
        return normpath(join(package, exported))
    mains = (manifest.get(key) for key in _SHEET_MAINS) if inner == "." else ()
    main = next((main for main in mains if isinstance(main, str)), inner)
    return normpath(join(package, main))


def split_specifier(specifier: str) -> tuple[str, str]:
    """The name of a package, and what of it is meant: `.` or `./dist/x.js`."""
    parts = specifier.split("/")
    count = 2 if specifier.startswith("@") else 1
    return "/".join(parts[:count]), "/".join([".", *parts[count:]])


def _list_folders(importer: str) -> Iterator[str]:
    """Where packages are looked for: beside the package that asks, and then further out."""
    folder = dirname(importer)
    while folder.startswith(f"{PACKAGES}/"):
        yield f"{folder}/{PACKAGES}"
        folder = dirname(folder)
    yield PACKAGES


def _read_manifest(package: str, files: AssetFiles) -> dict[str, Any] | None:
    path = f"{package}/package.json"
    if not files.has(path):
        return None
    try:
        manifest = msgspec.json.decode(files.read(path))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def _find_main(package: str, manifest: Mapping[str, Any], files: AssetFiles) -> str | None:
    mains = [manifest.get("browser"), *(manifest.get(key) for key in _MAINS), "index.js"]
    found = (
        _find_file(join(package, main), files, _SUFFIXES) for main in mains if isinstance(main, str)
    )
    return next(filter(None, found), None)


def _find_file(path: str, files: AssetFiles, suffixes: tuple[str, ...]) -> str | None:
    plain = normpath(path)
    return next((plain + suffix for suffix in suffixes if files.has(plain + suffix)), None)


def _find_export(exports: Any, inner: str, conditions: tuple[str, ...]) -> str | None:
    """What `exports` has for `inner`; the longest pattern wins."""
    if not isinstance(exports, dict) or not any(key.startswith(".") for key in exports):
        exports = {".": exports}
    if inner in exports:
        return _choose(exports[inner], conditions, "")
    patterns = [key for key in exports if "*" in key]
    for key in sorted(patterns, key=lambda key: (-len(key.partition("*")[0]), -len(key))):
        start, _, end = key.partition("*")
        if inner.startswith(start) and inner.endswith(end) and len(inner) >= len(key):
            return _choose(exports[key], conditions, inner[len(start) : len(inner) - len(end)])
    return None


def _choose(target: Any, conditions: tuple[str, ...], star: str) -> str | None:
    """The first of what `target` offers that `conditions` allow, in its own order."""
    if isinstance(target, str):
        return target.replace("*", star) if target.startswith("./") else None
    offers = target if isinstance(target, list) else []
    if isinstance(target, dict):
        offers = [value for key, value in target.items() if key in conditions]
    return next(filter(None, (_choose(offer, conditions, star) for offer in offers)), None)
