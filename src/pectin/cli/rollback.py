"""`pectin rollback`."""

from __future__ import annotations

from typing import Annotated

import typer

from pectin.cli.options import (
    HERE,
    Author,
    Json,
    Quiet,
    Site,
    Source,
    Store,
    make_settings,
    parse_id,
)

Target = Annotated[
    str | None,
    typer.Argument(
        metavar="[DEPLOY]",
        parser=parse_id,
        help="The id of the deploy, or its start; else the one live before.",
    ),
]


def rollback(
    *,
    deploy: Target = None,
    source: Source = HERE,
    site: Site = None,
    store: Store = None,
    author: Author = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Put an earlier deploy live again, at once.

    Nothing is built or copied.
    """
    from pectin.app.history import roll_back
    from pectin.cli.display import show
    from pectin.cli.records import describe_deploy
    from pectin.cli.terminal import Terminal

    terminal = Terminal(quiet=quiet)
    live = roll_back(make_settings(source, store, site), deploy, author)
    if json:
        terminal.answer_json({"ok": True, "deploy": describe_deploy(live, live=True)})
        return
    message = f" ({show(live.message)})" if live.message else ""
    terminal.tell(f"{live.site} is back at {live.id}{message}.")
