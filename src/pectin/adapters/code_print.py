"""Which code a build is made with."""

from __future__ import annotations

import os
from pathlib import Path

import minijinja
import pyromark
import yaml_rs

import pectin

_PACKAGES = (pectin, minijinja, pyromark, yaml_rs)
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
    return repr((pectin.__version__, found)).encode()
