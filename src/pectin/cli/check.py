"""`pectin check`."""

from __future__ import annotations

from typing import Annotated

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

External = Annotated[
    bool, typer.Option("--external", help="Follow the links to other hosts too, politely.")
]
Strict = Annotated[bool, typer.Option("--strict", help="End with 1 when there are warnings, too.")]
Sarif = Annotated[
    bool, typer.Option("--sarif", help="Print SARIF 2.1.0, for a code host or an editor to read.")
]


def check(
    *,
    source: Source = HERE,
    drafts: Drafts = False,
    offline: Offline = False,
    refresh: Refresh = False,
    external: External = False,
    strict: Strict = False,
    quiet: Quiet = False,
    json: Json = False,
    sarif: Sarif = False,
) -> None:
    """Find what is wrong with the site.

    Links, anchors, pictures, templates, data, the HTML of the pages: builds the whole site and keeps nothing. Ends with 1 when there is
    an error; warnings are told, and leave it at 0 if not `--strict`.
    """
    if json and sarif:
        raise typer.BadParameter("--json and --sarif are two things: give one at a time")
    from pectin.app.building import check_site
    from pectin.app.requests import has_errors, make_request
    from pectin.cli.problems import list_records
    from pectin.cli.records import render_count
    from pectin.cli.terminal import Terminal

    terminal = Terminal(quiet=quiet)
    with terminal.progress("Checking") as report:
        settings = make_settings(source, offline=offline, refresh=refresh)
        request = make_request(settings, drafts=drafts, report=report)
        built = check_site(settings, request, external=external)
    is_well = not (has_errors(built.problems) or (strict and built.problems))
    if sarif:
        from pectin.cli.sarif import make_sarif

        terminal.answer_json(make_sarif(built.problems))
    elif json:
        terminal.answer_json({"ok": is_well, "problems": list_records(built.problems)})
    else:
        terminal.tell_problems(built.problems, asked=True)
        if not built.problems:
            terminal.tell(f"No problems in {render_count(built.pages, 'page')}.")
    if not is_well:
        raise typer.Exit(ExitCode.AUTHOR)
