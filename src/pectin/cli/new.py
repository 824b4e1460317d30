"""`pectin new`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pectin.cli.options import Quiet

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")]
Name = Annotated[
    str | None,
    typer.Option("--site", metavar="NAME", help="The site's name; else from DIR."),
]
Title = Annotated[
    str | None, typer.Option("--title", metavar="TEXT", help="The site's title; else from DIR.")
]


def new(*, folder: Folder, site: Name = None, title: Title = None, quiet: Quiet = False) -> None:
    """Start a site, ready to publish.

    A small blog with templates of its own, to be changed as you like.
    """
    import shlex

    from pectin.app.scaffold import start_site
    from pectin.cli.terminal import Terminal

    started = start_site(folder, site, title)
    terminal = Terminal(quiet=quiet)
    is_here = folder.resolve() == Path.cwd()
    terminal.tell(f"Started {started} {'here' if is_here else f'in {folder}'}. Next:\n")
    if not is_here:
        terminal.tell(f"  cd {shlex.quote(str(folder))}")
    terminal.tell("  pectin dev\n")
