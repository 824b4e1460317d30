"""`pectin deploys`."""

from __future__ import annotations

from typing import Annotated

import typer

from pectin.app.settings import Settings
from pectin.cli.options import HERE, Json, Site, Source, Store, make_settings

History = Annotated[
    bool, typer.Option("--history", help="Every publish and rollback, not only what is kept.")
]


def deploys(
    *,
    source: Source = HERE,
    site: Site = None,
    store: Store = None,
    history: History = False,
    json: Json = False,
) -> None:
    """List what was published, the newest first.

    The one with * is live. Paths are those added, changed and removed against what was live before.
    """
    settings = make_settings(source, store, site)
    if history:
        _list_moves(settings, json=json)
    else:
        _list_deploys(settings, json=json)


def _list_deploys(settings: Settings, *, json: bool) -> None:
    from pectin.app.history import list_history
    from pectin.cli.records import TITLES, describe_deploy, list_cells, render_table
    from pectin.cli.terminal import Terminal

    terminal = Terminal()
    history = list_history(settings)
    marked = [(deploy, deploy.snapshot == history.live) for deploy in history.deploys]
    if json:
        terminal.answer_json([describe_deploy(deploy, live=live) for deploy, live in marked])
    elif not marked:
        terminal.remark(f"{history.site} was never published.")
    else:
        rows = [TITLES, *(list_cells(deploy, live=live) for deploy, live in marked)]
        for line in render_table(rows):
            terminal.answer(line)


def _list_moves(settings: Settings, *, json: bool) -> None:
    from pectin.app.history import list_moves
    from pectin.cli.records import MOVE_TITLES, describe_move, list_move_cells, render_table
    from pectin.cli.terminal import Terminal

    terminal = Terminal()
    site, moves = list_moves(settings)
    if json:
        terminal.answer_json([describe_move(move) for move in moves])
    elif not moves:
        terminal.remark(f"{site} was never published.")
    else:
        for line in render_table([MOVE_TITLES, *map(list_move_cells, moves)]):
            terminal.answer(line)
