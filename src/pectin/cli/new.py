"""`pectin new`: a site, or a page or a section in one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
import typer.core

from pectin.cli.options import HERE, Quiet, Source, make_settings, parse_site

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")]
Name = Annotated[
    str | None,
    typer.Option(
        "--site", metavar="NAME", parser=parse_site, help="The site's name; else from DIR."
    ),
]
SiteTitle = Annotated[
    str | None, typer.Option("--title", metavar="TEXT", help="The site's title; else from DIR.")
]
Starter = Annotated[
    str, typer.Option("--starter", metavar="NAME", help="What to start from: blog, docs or shop.")
]
PagePath = Annotated[
    str, typer.Argument(metavar="PATH", help="Where: content/blog/plum-jam.md, blog/plum-jam/")
]
SectionPath = Annotated[str, typer.Argument(metavar="PATH", help="Where: content/blog, blog")]
Title = Annotated[
    str | None, typer.Option("--title", metavar="TEXT", help="The title; else from PATH.")
]
ArchetypeName = Annotated[
    str | None,
    typer.Option(
        "--archetype", metavar="NAME", help="The archetype; else the section's, else default."
    ),
]
Edit = Annotated[bool, typer.Option("--edit", help="Open it in VISUAL, else in EDITOR.")]


class NewGroup(typer.core.TyperGroup):
    """`pectin new DIR` is `pectin new site DIR`."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]  # Typer's own context, under its public name
        """The arguments, with the name of the subcommand that is left out."""
        if not args or args[0] not in {*self.commands, "-h", "--help"}:
            args = ["site", *args]
        return super().parse_args(ctx, args)


def make_new() -> typer.Typer:
    """The command with its subcommands."""
    application = typer.Typer(
        name="new",
        help="Start a site, or a page or a section in one.",
        epilog="`pectin new DIR` is short for `pectin new site DIR`.",
        cls=NewGroup,
        subcommand_metavar="[site] DIR | page PATH | section PATH",
        rich_markup_mode=None,
    )
    application.command("site")(new_site)
    application.command("page")(new_page)
    application.command("section")(new_section)
    return application


def new_site(
    *,
    folder: Folder,
    starter: Starter = "blog",
    site: Name = None,
    title: SiteTitle = None,
    quiet: Quiet = False,
) -> None:
    """Start a site, ready to publish.

    A blog, documentation or a shop window, with templates of its own, to be changed as you like.
    """
    import shlex

    from pectin.app.scaffold import STARTERS, find_site_around, start_site
    from pectin.cli.terminal import Terminal

    if starter not in STARTERS:
        raise typer.BadParameter(
            f"there is {', '.join(STARTERS)}, and no {starter!r}", param_hint="--starter"
        )
    started = start_site(folder, site, title, starter=starter)
    terminal = Terminal(quiet=quiet)
    is_here = folder.resolve() == Path.cwd()
    terminal.tell(f"Started {started} {'here' if is_here else f'in {folder}'}. Next:\n")
    if not is_here:
        terminal.tell(f"  cd {shlex.quote(str(folder))}")
    terminal.tell("  pectin dev\n")
    around = find_site_around(folder)
    if around:
        terminal.remark(
            f"note: it is inside the site in {around}; `pectin new page` starts a page there"
        )


def new_page(
    *,
    path: PagePath,
    title: Title = None,
    archetype: ArchetypeName = None,
    edit: Edit = False,
    source: Source = HERE,
) -> None:
    """Start a page from an archetype, and print its path.

    A path that ends in a slash is a page bundle: a folder with index.md. Nothing is written over.
    """
    from pectin.app.creation import start_page

    settings = make_settings(source)
    _start(source, lambda: start_page(settings, path, title=title, archetype=archetype), edit=edit)


def new_section(
    *, path: SectionPath, title: Title = None, edit: Edit = False, source: Source = HERE
) -> None:
    """Start a section: a folder with _index.md, whose path is printed. Nothing is written over."""
    from pectin.app.creation import start_section

    settings = make_settings(source)
    _start(source, lambda: start_section(settings, path, title=title), edit=edit)


def _start(source: Path, make: Callable[[], str], *, edit: bool) -> None:
    """Start a document, print its path from the current folder, and perhaps open it."""
    from pectin.adapters.editor import find_editor, open_editor
    from pectin.cli.terminal import Terminal

    editor = find_editor(os.environ) if edit else ()  # first: with none, nothing is started
    path = source / make()
    # Not through `show`: it is for the shell to give to a program.
    Terminal().answer(str(path))
    if editor:
        open_editor(editor, path)
