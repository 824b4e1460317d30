"""The options that several commands have, and how they become settings."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from string import hexdigits
from typing import Annotated

import typer

from pectin.adapters.clock import SystemClock
from pectin.app.settings import Settings, read_settings
from pectin.values.site import BadSiteName, SiteName, parse_site_name


def parse_folder(text: str) -> Path:
    """The folder that `text` names. Nothing names none, and not the one that is at hand."""
    if not text:
        raise typer.BadParameter("it names no folder")
    return Path(text)


def parse_id(text: str) -> str:
    """What a deploy's id begins with, which nothing would be for all of them."""
    if not text or not set(text.lower()) <= set(hexdigits):
        raise typer.BadParameter(
            f"{text!r} is no beginning of an id, which has digits, and letters from a to f"
        )
    return text


def parse_site(text: str) -> SiteName:
    """The name of a site."""
    try:
        return parse_site_name(text)
    except BadSiteName as bad:
        raise typer.BadParameter(bad.explain()) from None


@dataclass(slots=True)
class Asked:
    """What was asked of the command line as a whole, for whoever tells how it failed."""

    json: bool = False


def _note_json(context: typer.Context, value: bool) -> bool:  # noqa: FBT001  # as Typer calls it
    if isinstance(context.obj, Asked):
        context.obj.json = value
    return value


Source = Annotated[
    Path,
    typer.Option(
        "--source",
        metavar="DIR",
        parser=parse_folder,
        help="The site's folder, which has pectin.toml.",
    ),
]
Site = Annotated[
    str | None,
    typer.Option(
        "--site",
        metavar="NAME",
        parser=parse_site,
        help="The site's name, instead of pectin.toml's.",
    ),
]
Store = Annotated[
    Path | None,
    typer.Option(
        "--store",
        metavar="DIR",
        parser=parse_folder,
        help="The store; else PECTIN_STORE, else .pectin in the site's folder.",
    ),
]
Author = Annotated[
    str | None,
    typer.Option("--author", metavar="NAME", help="Who does it, for the history; else git's user."),
]
Drafts = Annotated[bool, typer.Option("--drafts", help="Drafts and future pages too.")]
Offline = Annotated[
    bool, typer.Option("--offline", help="Run no loader of data: use what they gave before.")
]
Refresh = Annotated[
    bool, typer.Option("--refresh", help="Run every loader of data, whatever is kept.")
]
Json = Annotated[
    bool, typer.Option("--json", callback=_note_json, help="Print JSON, for a program to read.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only what is wrong.")]
Host = Annotated[str, typer.Option("--host", metavar="HOST", help="The address to listen on.")]
Port = Annotated[
    int,
    typer.Option("--port", metavar="PORT", min=0, max=65535, help="The port; 0 takes a free one."),
]

HERE = Path()


def make_settings(
    source: Path = HERE,
    store: Path | None = None,
    site: str | None = None,
    *,
    offline: bool = False,
    refresh: bool = False,
) -> Settings:
    """The settings of a command with these options, in this process's environment."""
    now = SystemClock().now()
    if offline and refresh:
        raise typer.BadParameter("--offline and --refresh are two things: give one at a time")
    return read_settings(
        os.environ,
        now=now,
        source=source,
        store=store,
        site=site,
        offline=offline,
        refresh=refresh,
    )
