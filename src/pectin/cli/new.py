"""`pectin new`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pectin.cli.options import Quiet, Site

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")]
Title = Annotated[
    str | None, typer.Option("--title", metavar="TEXT", help="The site's title; else from DIR.")
]


def new(*, folder: Folder, site: Site = None, title: Title = None, quiet: Quiet = False) -> None:
    """Start a site, ready to publish.

    A small blog with templates of its own, to be changed as you like.
    """
    import shlex

    from pectin.app.scaffold import start_site
    from pectin.cli.terminal import Terminal

    started = start_site(folder, site, title)
    terminal = Terminal(quiet=quiet)
    terminal.tell(f"Started {started} in {folder}. Next:")
    terminal.tell(f"\n  cd {shlex.quote(str(folder))}\n  pectin dev\n")
