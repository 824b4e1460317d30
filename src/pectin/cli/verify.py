"""`pectin verify`."""

from __future__ import annotations

from typing import Annotated

import typer

from pectin.app.settings import Settings
from pectin.cli.exit_codes import ExitCode
from pectin.cli.options import (
    HERE,
    Drafts,
    Json,
    Quiet,
    Site,
    Source,
    Store,
    make_settings,
    parse_id,
)

Rebuild = Annotated[
    bool,
    typer.Option("--rebuild", help="Build the source again, and compare its id with the deploy's."),
]
Repair = Annotated[
    bool,
    typer.Option("--repair", help="Drop what is damaged, so that a publish puts it again."),
]
Deploy = Annotated[
    str | None,
    typer.Option(
        "--deploy",
        metavar="ID",
        parser=parse_id,
        help="With --rebuild: the deploy; else the live one.",
    ),
]


def verify(
    *,
    rebuild: Rebuild = False,
    deploy: Deploy = None,
    repair: Repair = False,
    source: Source = HERE,
    site: Site = None,
    store: Store = None,
    drafts: Drafts = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Prove that the store is whole.

    Hashes every byte again. With --rebuild it proves what a deploy was made from. Ends with 3 when the store is damaged, and with 1 when the source builds something else.
    """
    settings = make_settings(source, store, site)
    if rebuild and repair:
        raise typer.BadParameter("--rebuild and --repair are two things: give one at a time")
    if deploy and not rebuild:
        raise typer.BadParameter("--deploy goes with --rebuild")
    if rebuild:
        _verify_rebuild(settings, deploy, drafts=drafts, quiet=quiet, json=json)
    else:
        _verify_store(settings, repair=repair, quiet=quiet, json=json)


def _verify_store(settings: Settings, *, repair: bool, quiet: bool, json: bool) -> None:
    from pectin.app.upkeep import verify_store
    from pectin.build.progress import Progress
    from pectin.cli.problems import list_records
    from pectin.cli.records import render_count, render_size
    from pectin.cli.terminal import Terminal

    terminal = Terminal(quiet=quiet)
    with terminal.progress("Verifying") as report:
        found = verify_store(
            settings, repair=repair, progress=lambda count: report(Progress(count, 0))
        )
    if json:
        terminal.answer_json(
            {
                "ok": not found.problems,
                "blobs": found.blobs,
                "bytes": found.bytes,
                "dropped": found.dropped,
                "problems": list_records(found.problems),
            }
        )
    else:
        terminal.tell_problems(found.problems, asked=True)
        if found.dropped:
            terminal.tell(
                f"Dropped {render_count(found.dropped, 'damaged item')}."
                " Next: publish the same source again."
            )
        if not found.problems:
            terminal.tell(
                f"Sound: {render_count(found.blobs, 'blob')}, {render_size(found.bytes)}."
            )
    if found.problems:
        raise typer.Exit(ExitCode.OPERATOR)


def _verify_rebuild(
    settings: Settings, deploy: str | None, *, drafts: bool, quiet: bool, json: bool
) -> None:
    from pectin.app.requests import make_request
    from pectin.app.upkeep import rebuild
    from pectin.cli.records import list_changes
    from pectin.cli.terminal import Terminal
    from pectin.deploy.model import DEPLOY_ID_LENGTH

    terminal = Terminal(quiet=quiet)
    with terminal.progress("Rebuilding") as report:
        request = make_request(settings, drafts=drafts, report=report)
        found = rebuild(settings, request, deploy)
    same = found.rebuilt == found.published.snapshot
    if json:
        terminal.answer_json(
            {
                "ok": same,
                "published": found.published.snapshot.hex(),
                "rebuilt": found.rebuilt.hex(),
                "added": found.differences.added,
                "changed": found.differences.changed,
                "removed": found.differences.removed,
            }
        )
    elif same:
        terminal.tell(f"Reproduced: the source builds {found.published.id} again.")
    else:
        terminal.remark(
            f"The source builds {found.rebuilt.hex()[:DEPLOY_ID_LENGTH]},"
            f" not {found.published.id}. It would change:"
        )
        for line in list_changes(found.differences):
            terminal.answer(line)
    if not same:
        raise typer.Exit(ExitCode.AUTHOR)
