"""The compilers of assets, as far as they are installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from pectin.adapters import bun, dart_sass, lightning_css
from pectin.adapters.bun import Bun
from pectin.adapters.dart_sass import DartSass
from pectin.adapters.lightning_css import LightningCss
from pectin.adapters.node_modules import NodeModules
from pectin.build.assets.compilers import Compilers
from pectin.build.assets.files import NoPackages


@contextmanager
def open_compilers(root: Path | None = None) -> Iterator[Compilers]:
    """The compilers of the extras that are installed, and the packages in the site's folder `root`.

    The compilers' processes end with the context.
    """
    sass = DartSass() if find_spec(dart_sass.PACKAGE) else None
    css = LightningCss() if find_spec(lightning_css.PACKAGE) else None
    scripts = Bun() if find_spec(bun.PACKAGE) else None
    try:
        yield Compilers(sass, css, scripts, NodeModules(root) if root else NoPackages())
    finally:
        for compiler in (sass, scripts):
            if compiler:
                compiler.close()
