"""`pectin publish`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from pectin.cli.exit_codes import ExitCode
from pectin.cli.options import (
    HERE,
    Author,
    Drafts,
    Json,
    Offline,
    Quiet,
    Refresh,
    Site,
    Source,
    Store,
    make_settings,
)

Message = Annotated[
    str | None,
    typer.Option(
        "--message",
        "-m",
        metavar="TEXT",
        help="What changed; else the subject of the git commit, if all is committed.",
    ),
]


def publish(
    *,
    source: Source = HERE,
    site: Site = None,
    store: Store = None,
    message: Message = None,
    author: Author = None,
    drafts: Drafts = False,
    offline: Offline = False,
    refresh: Refresh = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Put the site live, whole and at once.

    Builds it first. Visitors get the old site or the new one, never a mixture. With an error in the site
    nothing is published, and a site that did not change is left as it is.
    """
    from pectin.app.publishing import publish_site
    from pectin.app.requests import make_request
    from pectin.cli.problems import list_records
    from pectin.cli.records import describe_deploy, render_count, render_size
    from pectin.cli.terminal import Terminal

    terminal = Terminal(quiet=quiet)
    with terminal.progress("Publishing") as report:
        settings = make_settings(source, store, site, offline=offline, refresh=refresh)
        request = make_request(settings, drafts=drafts, report=report)
        attempt = publish_site(settings, request, message=message, author=author)
    published = attempt.published
    if json:
        record: dict[str, Any] = {
            "ok": published is not None,
            "unchanged": published is not None and published.unchanged,
            "deploy": describe_deploy(published.deploy, live=True) if published else None,
            "new_blobs": attempt.new_blobs,
            "new_bytes": attempt.new_bytes,
            "problems": list_records(attempt.problems),
        }
        terminal.answer_json(record)
    else:
        terminal.tell_problems(attempt.problems)
    if published is None:
        if not json:
            terminal.remark("Nothing was published.")
        raise typer.Exit(ExitCode.AUTHOR)
    if json:
        return
    deploy = published.deploy
    if published.unchanged:
        terminal.tell(f"{deploy.site} is unchanged: {deploy.id} is live.")
        if attempt.new_blobs:
            lost = render_count(attempt.new_blobs, "blob")
            terminal.tell(f"Restored {lost} that the store had lost.")
        return
    changes = deploy.changes
    terminal.tell(
        f"{deploy.site} is live: {deploy.id}, {render_count(deploy.files, 'file')}"
        f" (+{changes.added:,} ~{changes.changed:,} -{changes.removed:,}),"
        f" {render_size(attempt.new_bytes)} written."
    )
