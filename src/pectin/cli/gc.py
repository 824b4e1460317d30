"""`pectin gc`."""

from __future__ import annotations

from typing import Annotated

import typer

from pectin.cli.options import HERE, Json, Quiet, Source, Store, make_settings


def parse_keep(text: str) -> int:
    """How many deploys `text` says that each site keeps."""
    if not (text.isascii() and text.isdigit() and int(text)):
        raise typer.BadParameter(f"{text} deploys cannot be kept: say a whole number from 1")
    return int(text)


Keep = Annotated[
    int | None,
    typer.Option(
        "--keep",
        metavar="COUNT",
        parser=parse_keep,
        help="How many deploys each site keeps; else keep of [deploys] in pectin.toml, else 30.",
    ),
]


def gc(
    *,
    source: Source = HERE,
    store: Store = None,
    keep: Keep = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Drop what nobody needs any more.

    Deploys beyond those to keep, and what nothing refers to. What is live is never dropped, nor an upload that is under way.
    """
    from dataclasses import asdict

    from pectin.app.upkeep import collect_garbage
    from pectin.cli.records import render_count, render_size
    from pectin.cli.terminal import Terminal

    terminal = Terminal(quiet=quiet)
    with terminal.progress("Collecting"):
        collected = collect_garbage(make_settings(source, store), keep)
    if json:
        terminal.answer_json(asdict(collected))
    else:
        terminal.tell(
            f"Dropped {render_count(collected.deploys, 'deploy')},"
            f" {render_count(collected.stages, 'abandoned upload')} and"
            f" {render_count(collected.blobs, 'blob')}: {render_size(collected.size)}."
        )
        if collected.spared:
            what = render_count(collected.spared, "older deploy")
            terminal.tell(f"Kept {what} beside the newest, being live.")
