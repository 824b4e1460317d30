"""The options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Source = Annotated[
    Path,
    typer.Option(
        "--source",
        metavar="DIR",
        help="The site's folder, which has pectin.toml.",
        show_default=".",
    ),
]
Site = Annotated[
    str | None,
    typer.Option("--site", metavar="NAME", help="The site's name, instead of pectin.toml's."),
]
Store = Annotated[
    Path | None,
    typer.Option(
        "--store",
        metavar="DIR",
        help="The store of deploys; else PECTIN_STORE, else .pectin in the site's folder.",
    ),
]
Drafts = Annotated[bool, typer.Option("--drafts", help="Drafts too, and what has a future date.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for a program to read.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only what is wrong.")]
Port = Annotated[
    int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="0 takes any free port.")
]
