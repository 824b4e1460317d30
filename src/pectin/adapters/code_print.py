"""Which code a build is made with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pectin
from pectin.adapters import bun, dart_sass, lightning_css

_PACKAGES = ("pectin", "babel", "math_core", "minijinja", "pyromark", "yaml_rs")
_EXTRAS = (bun.PACKAGE, dart_sass.PACKAGE, lightning_css.PACKAGE, "PIL")
"""They are found and not imported: a build may do without some of them."""

# What the CLDR says of a thousand locales comes with a release of Babel, and changes with its code.
_LEFT_OUT = ("__pycache__", "locale-data")


def compute_code_print() -> bytes:
    """What changes when Pectin or one of its engines does: names, sizes and times of files."""
    found = sorted(
        (entry.path, entry.stat().st_size, entry.stat().st_mtime_ns)
        for package in _list_folders()
        for folder, _, _ in os.walk(package)
        if not folder.endswith(_LEFT_OUT)
        for entry in os.scandir(folder)
        if entry.is_file()
    )
    return repr((pectin.__version__, found)).encode()


def _list_folders() -> Iterator[Path]:
    """Where the packages are, and those of the extras that are installed."""
    for package in (*_PACKAGES, *_EXTRAS):
        spec = find_spec(package)
        if spec is not None and spec.origin is not None:
            yield Path(spec.origin).parent
