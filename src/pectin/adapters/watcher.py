"""Tells when a site's source changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from watchfiles import Change, watch

from pectin.adapters.folder_source import is_source

_QUIET_MS = 30
_AT_MOST_MS = 300
_POLL_MS = 100


def watch_folder(root: Path, stop: Event) -> Iterator[frozenset[str]]:
    """The paths that changed, relative to `root`, a batch each time; until `stop` is set.

    The first batch is empty: nothing that changes after it is missed. A batch ends after 30 ms
    of quiet, so that an editor that writes a file in several steps causes one rebuild.
    """
    root = root.resolve()

    def is_ours(_change: Change, path: str) -> bool:
        return is_source(Path(path).relative_to(root).as_posix())

    ready = False
    for changes in watch(
        root,
        watch_filter=is_ours,
        debounce=_AT_MOST_MS,
        step=_QUIET_MS,
        rust_timeout=_POLL_MS,
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=False,
        ignore_permission_denied=True,
    ):
        if not ready:
            ready = True
            yield frozenset()
        if changes:
            yield frozenset(Path(path).relative_to(root).as_posix() for _, path in changes)
