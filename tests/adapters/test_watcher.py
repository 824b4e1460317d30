"""Which changes of a folder are told, and that it ends when it is asked to."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from pectin.adapters.watcher import watch_folder


def test_changes_of_the_source_are_told_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "node_modules").mkdir()
    stop = Event()
    batches = watch_folder(tmp_path, stop)
    assert next(batches) == frozenset()
    (tmp_path / "node_modules" / "x.js").touch()
    (tmp_path / "README.md").touch()
    (tmp_path / "content" / ".a.md.swp").touch()
    (tmp_path / "content" / "a.md").touch()
    assert next(batches) == {"content/a.md"}
    (tmp_path / "static").mkdir()
    assert next(batches) == {"static"}
    (tmp_path / "content" / "a.md").rename(tmp_path / "content" / "b.md")
    changed: set[str] = set()
    while changed != {"content/a.md", "content/b.md"}:
        changed |= next(batches)
    stop.set()
    assert list(batches) == []
