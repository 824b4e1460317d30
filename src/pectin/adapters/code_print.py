"""Which code a build is made with."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import pectin
from pectin.adapters import bun, dart_sass, lightning_css

_PACKAGES = ("pectin", "babel", "minijinja", "pyromark", "yaml_rs")
"""They are found and not imported: a build may do without some of them."""

_EXTRAS = (bun.PACKAGE, dart_sass.PACKAGE, lightning_css.PACKAGE)

# What the CLDR says of a thousand locales comes with a release of Babel, and changes with its code.
_LEFT_OUT = ("__pycache__", "locale-data")


def compute_code_print() -> bytes:
    """What changes when Pectin or one of its engines does: names, sizes and times of files."""
    found = sorted(
        (entry.path, entry.stat().st_size, entry.stat().st_mtime_ns)
        for package in _PACKAGES
        for folder, _, _ in os.walk(_find_folder(package))
        if not folder.endswith(_LEFT_OUT)
        for entry in os.scandir(folder)
        if entry.is_file()
    )
    extras = [_find_version(package) for package in _EXTRAS]
    return repr((pectin.__version__, found, extras)).encode()


def _find_folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _find_version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
