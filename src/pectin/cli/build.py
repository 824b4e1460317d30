"""`pectin build`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pectin.cli.exit_codes import ExitCode
from pectin.cli.options import HERE, Drafts, Json, Quiet, Source, make_settings

Out = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="The folder to make; replaced as a whole.")
]


def build(
    *,
    out: Out,
    source: Source = HERE,
    drafts: Drafts = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Write the site as plain files, for any host.

    The folder is written beside the old one and takes its place when all of it is there; with
    an error in the site nothing changes. Redirects become small pages.
    """
    from pectin.app.building import build_folder
    from pectin.app.requests import has_errors, make_request
    from pectin.cli.problems import list_records
    from pectin.cli.records import render_count
    from pectin.cli.terminal import Terminal

    terminal = Terminal(quiet=quiet)
    with terminal.progress("Building") as report:
        settings = make_settings(source)
        request = make_request(settings, drafts=drafts, report=report)
        built = build_folder(settings, request, out)
    failed = has_errors(built.problems)
    if json:
        terminal.answer_json(
            {
                "ok": not failed,
                "out": str(out),
                "pages": built.pages,
                "files": built.files,
                "problems": list_records(built.problems),
            }
        )
    else:
        terminal.tell_problems(built.problems)
        if not failed:
            terminal.tell(
                f"{out}: {render_count(built.pages, 'page')}, {render_count(built.files, 'file')}."
            )
    if failed:
        raise typer.Exit(ExitCode.AUTHOR)
