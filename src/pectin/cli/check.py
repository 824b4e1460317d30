"""`pectin check`."""

from __future__ import annotations

import typer

from pectin.cli.exit_codes import ExitCode
from pectin.cli.options import (
    HERE,
    Drafts,
    Json,
    Offline,
    Quiet,
    Refresh,
    Source,
    make_settings,
)


def check(
    *,
    source: Source = HERE,
    drafts: Drafts = False,
    offline: Offline = False,
    refresh: Refresh = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Find what is wrong with the site.

    Links, anchors, pictures, templates, data: builds the whole site and keeps nothing. Ends with 1 when there is an error; warnings are
    told, and leave it at 0.
    """
    from pectin.app.building import check_site
    from pectin.app.requests import has_errors, make_request
    from pectin.cli.problems import list_records
    from pectin.cli.records import render_count
    from pectin.cli.terminal import Terminal

    terminal = Terminal(quiet=quiet)
    with terminal.progress("Checking") as report:
        settings = make_settings(source, offline=offline, refresh=refresh)
        built = check_site(settings, make_request(settings, drafts=drafts, report=report))
    if json:
        terminal.answer_json(
            {"ok": not has_errors(built.problems), "problems": list_records(built.problems)}
        )
    else:
        terminal.tell_problems(built.problems, asked=True)
        if not built.problems:
            terminal.tell(f"No problems in {render_count(built.pages, 'page')}.")
    if has_errors(built.problems):
        raise typer.Exit(ExitCode.AUTHOR)
