"""Which code a build is made with."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import minijinja
import pyromark
import yaml_rs

import pectin
from pectin.adapters import bun, dart_sass, lightning_css

_PACKAGES = (pectin, minijinja, pyromark, yaml_rs)
_EXTRAS = (bun.PACKAGE, dart_sass.PACKAGE, lightning_css.PACKAGE)
_COMPILED = "__pycache__"


def compute_code_print() -> bytes:
    """What changes when Pectin or one of its engines does: names, sizes and times of files."""
    found = sorted(
        (entry.path, entry.stat().st_size, entry.stat().st_mtime_ns)
        for package in _PACKAGES
        for folder, _, _ in os.walk(Path(str(package.__file__)).parent)
        if not folder.endswith(_COMPILED)
        for entry in os.scandir(folder)
        if entry.is_file()
    )
    extras = [_find_version(package) for package in _EXTRAS]
    return repr((pectin.__version__, found, extras)).encode()


def _find_version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
