"""Deploys as rows for people and as records for programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from pectin.cli.display import show
from pectin.deploy.manifest import Diff
from pectin.deploy.model import DEPLOY_ID_LENGTH, Deploy, Move
from pectin.values.digest import Digest

if TYPE_CHECKING:
    from pectin.app.dev import Rebuilt  # the server, which no other command needs

_UNITS = ("kB", "MB", "GB", "TB")
_STEP = 1000
_RFC_3339 = "%Y-%m-%dT%H:%M:%SZ"
_MINUTES = "%Y-%m-%d %H:%M"


def describe_deploy(deploy: Deploy, *, live: bool) -> dict[str, Any]:
    """The deploy as JSON takes it; times are RFC 3339 in UTC, sizes in bytes."""
    provenance = deploy.provenance
    return {
        "id": deploy.id,
        "snapshot": deploy.snapshot.hex(),
        "site": deploy.site,
        "live": live,
        "created_at": _date(deploy.created_at).strftime(_RFC_3339),
        "message": deploy.message,
        "author": deploy.author,
        "added": deploy.changes.added,
        "changed": deploy.changes.changed,
        "removed": deploy.changes.removed,
        "files": deploy.files,
        "size": deploy.size,
        "source": provenance.source.hex() if provenance.source else None,
        "pectin": provenance.version,
        "commit": provenance.commit,
        "today": provenance.today.isoformat() if provenance.today else None,
    }


def list_cells(deploy: Deploy, *, live: bool) -> tuple[str, ...]:
    """The cells of the deploy's row, those of `TITLES`."""
    changes = deploy.changes
    return (
        "*" if live else "",
        deploy.id,
        _date(deploy.created_at).strftime(_MINUTES),
        f"+{changes.added:,} ~{changes.changed:,} -{changes.removed:,}",
        f"{deploy.files:,}",
        render_size(deploy.size),
        deploy.author,
        deploy.message,
    )


TITLES = ("", "deploy", "published (UTC)", "paths", "files", "size", "author", "message")


def describe_move(move: Move) -> dict[str, Any]:
    """The move as JSON takes it; `before` and `after` are ids of snapshots, `before` may be null."""
    return {
        "moved_at": _date(move.moved_at).strftime(_RFC_3339),
        "kind": move.kind.value,
        "before": move.before.hex() if move.before else None,
        "after": move.after.hex(),
        "author": move.author,
        "message": move.message,
    }


def list_move_cells(move: Move) -> tuple[str, ...]:
    """The cells of the move's row, those of `MOVE_TITLES`."""
    return (
        _date(move.moved_at).strftime(_MINUTES),
        move.kind.value,
        _shorten(move.before),
        _shorten(move.after),
        move.author,
        move.message,
    )


MOVE_TITLES = ("when (UTC)", "what", "from", "to", "author", "message")


def describe_rebuild(rebuilt: Rebuilt) -> str:
    """A line about a build of `pectin dev`: what caused it, what came of it, how long it took."""
    cause = show(", ".join(sorted(rebuilt.changed)[:3])) or "First build"
    if rebuilt.succeeded:
        outcome = render_count(rebuilt.pages, "page")
    else:
        outcome = "the last good site stays" if rebuilt.url else "there is nothing to show yet"
    return f"{cause}: {outcome}, {rebuilt.milliseconds:,.0f} ms"


def render_table(rows: Sequence[Sequence[str]]) -> list[str]:
    """`rows` as lines with aligned columns, fit for a terminal and for a pipe."""
    if not rows:
        return []
    rows = [[show(cell) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def list_changes(found: Diff) -> list[str]:
    """A line for each path that differs: `+` added, `~` changed, `-` removed."""
    signs = (("+", found.added), ("~", found.changed), ("-", found.removed))
    return [f"{sign} {show(path)}" for sign, paths in signs for path in paths]


def render_count(count: int, noun: str) -> str:
    """`1 deploy`, `2,000 deploys`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def render_size(size: int) -> str:
    """`size` bytes with a unit, as in `8.6 kB`."""
    if size < _STEP:
        return f"{size} B"
    power = min((len(str(size)) - 1) // 3, len(_UNITS))
    return f"{size / _STEP**power:,.1f} {_UNITS[power - 1]}"


def _date(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)


def _shorten(snapshot: Digest | None) -> str:
    return snapshot.hex()[:DEPLOY_ID_LENGTH] if snapshot else "-"
