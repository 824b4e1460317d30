"""`pectin build`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from pectin.app.settings import Settings
from pectin.cli.exit_codes import ExitCode
from pectin.cli.options import (
    HERE,
    Drafts,
    Json,
    Offline,
    Quiet,
    Refresh,
    Site,
    Source,
    Store,
    make_settings,
    parse_folder,
)

Out = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="DIR", parser=parse_folder, help="The folder to make; replaced as a whole."
    ),
]
Verify = Annotated[
    bool,
    typer.Option("--verify", help="Build with what is remembered and without, and compare bytes."),
]
Explain = Annotated[
    str | None,
    typer.Option(
        "--explain", metavar="PAGE", help="Say why the page would be rendered, or would not."
    ),
]


def build(
    *,
    out: Out = None,
    verify: Verify = False,
    explain: Explain = None,
    source: Source = HERE,
    site: Site = None,
    store: Store = None,
    drafts: Drafts = False,
    offline: Offline = False,
    refresh: Refresh = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Write the site as plain files, for any host; or look at what builds remember.

    The folder is written beside the old one and takes its place when all of it is there; with
    an error in the site nothing changes. Redirects become small pages.
    """
    if (out is not None) + verify + (explain is not None) != 1:
        raise typer.BadParameter("say one of --out DIR, --verify and --explain PAGE")
    if out is not None and site is not None:
        raise typer.BadParameter("--site names what builds remember: no file has it")
    wanted = _Wanted(
        make_settings(source, store, site, offline=offline, refresh=refresh),
        drafts=drafts,
        quiet=quiet,
        json=json,
    )
    if out is not None:
        _write(wanted, out)
    elif explain is not None:
        _explain(wanted, explain)
    else:
        _verify(wanted)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked of a build, whatever is done with it."""

    settings: Settings
    drafts: bool
    quiet: bool
    json: bool


def _write(wanted: _Wanted, out: Path) -> None:
    from pectin.app.building import build_folder
    from pectin.app.requests import has_errors, make_request
    from pectin.cli.problems import list_records
    from pectin.cli.records import render_count
    from pectin.cli.terminal import Terminal

    terminal = Terminal(quiet=wanted.quiet)
    with terminal.progress("Building") as report:
        request = make_request(wanted.settings, drafts=wanted.drafts, report=report)
        built = build_folder(wanted.settings, request, out)
    failed = has_errors(built.problems)
    if wanted.json:
        terminal.answer_json(
            {
                "ok": not failed,
                "out": str(out),
                "pages": built.pages,
                "files": built.files,
                "problems": list_records(built.problems),
            }
        )
    else:
        terminal.tell_problems(built.problems)
        if not failed:
            terminal.tell(
                f"{out}: {render_count(built.pages, 'page')}, {render_count(built.files, 'file')}."
            )
    if failed:
        raise typer.Exit(ExitCode.AUTHOR)


def _verify(wanted: _Wanted) -> None:
    from pectin.app.proofs import prove_cache
    from pectin.app.requests import make_request
    from pectin.cli.display import show
    from pectin.cli.records import render_count
    from pectin.cli.terminal import Terminal

    terminal = Terminal(quiet=wanted.quiet)
    with terminal.progress("Building") as report:
        request = make_request(wanted.settings, drafts=wanted.drafts, report=report)
        proof = prove_cache(wanted.settings, request)
    if wanted.json:
        terminal.answer_json(
            {
                "ok": not proof.differences,
                "files": proof.files,
                "rendered": proof.rendered,
                "differences": proof.differences,
            }
        )
    elif not proof.differences:
        same = f"The same: {render_count(proof.files, 'file')}, {proof.rendered:,} rendered again."
        terminal.tell(same)
    else:
        for path in proof.differences:
            terminal.remark(f"differs: {show(path)}")
        terminal.remark(
            "This is a fault of Pectin: report it. Delete the folder `cache` in the store."
        )
    if proof.differences:
        raise typer.Exit(ExitCode.BUG)


def _explain(wanted: _Wanted, page: str) -> None:
    from pectin.app.proofs import explain_page
    from pectin.app.requests import make_request
    from pectin.cli.display import show
    from pectin.cli.terminal import Terminal

    terminal = Terminal()
    request = make_request(wanted.settings, drafts=wanted.drafts)
    found = explain_page(wanted.settings, request, page)
    if wanted.json:
        records = [
            {
                "path": one.path,
                "rendered": one.is_rendered,
                "reason": one.reason,
                "asked": [f"{kind} {subject}".rstrip() for kind, subject in one.asked],
            }
            for one in found
        ]
        terminal.answer_json(records)
        return
    for one in found:
        fate = "would be rendered" if one.is_rendered else "would not be rendered"
        terminal.answer(f"{show(one.path)} {fate}: {show(one.reason)}.")
