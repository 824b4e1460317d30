"""`pectin deploys`."""

from __future__ import annotations

from pectin.cli.options import HERE, Json, Site, Source, Store, make_settings


def deploys(
    *, source: Source = HERE, site: Site = None, store: Store = None, json: Json = False
) -> None:
    """List what was published, the newest first.

    The one with * is live. Paths are those added, changed and removed against what was live before.
    """
    from pectin.app.history import list_history
    from pectin.cli.records import TITLES, describe_deploy, list_cells, render_table
    from pectin.cli.terminal import Terminal

    terminal = Terminal()
    history = list_history(make_settings(source, store, site))
    marked = [(deploy, deploy.snapshot == history.live) for deploy in history.deploys]
    if json:
        terminal.answer_json([describe_deploy(deploy, live=live) for deploy, live in marked])
    elif not marked:
        terminal.remark(f"{history.site} was never published.")
    else:
        rows = [TITLES, *(list_cells(deploy, live=live) for deploy, live in marked)]
        for line in render_table(rows):
            terminal.answer(line)
