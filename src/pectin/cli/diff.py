"""`pectin diff`."""

from __future__ import annotations

from typing import Annotated

import typer

from pectin.cli.options import HERE, Json, Site, Source, Store, make_settings, parse_id

Before = Annotated[
    str | None,
    typer.Argument(
        metavar="[BEFORE]", parser=parse_id, help="The id of the older deploy, or its start."
    ),
]
After = Annotated[
    str | None,
    typer.Argument(
        metavar="[AFTER]", parser=parse_id, help="The id of the newer; else the live one."
    ),
]


def diff(
    *,
    before: Before = None,
    after: After = None,
    source: Source = HERE,
    site: Site = None,
    store: Store = None,
    json: Json = False,
) -> None:
    """Show the paths in which two deploys differ.

    + is added, ~ changed, - removed. Without ids it is what the live deploy changed.
    """
    from pectin.app.history import compare
    from pectin.cli.records import list_changes
    from pectin.cli.terminal import Terminal

    terminal = Terminal()
    older, newer, found = compare(make_settings(source, store, site), before, after)
    if json:
        terminal.answer_json(
            {
                "before": older.snapshot.hex(),
                "after": newer.snapshot.hex(),
                "added": found.added,
                "changed": found.changed,
                "removed": found.removed,
            }
        )
        return
    terminal.remark(f"{older.id} -> {newer.id}")
    for line in list_changes(found):
        terminal.answer(line)
