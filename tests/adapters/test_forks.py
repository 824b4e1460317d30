from __future__ import annotations

import gc
import os

import pytest

from pectin.adapters.forks import watch_forks


class Noted:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def before_fork(self) -> None:
        self.told.append("before")

    def after_fork(self) -> None:
        self.told.append("after")


def fork_and_ask(noted: Noted) -> list[str]:
    """What `noted` was told in the child of a fork."""
    reader, writer = os.pipe()
    if (child := os.fork()) == 0:
        os.write(writer, " ".join(noted.told).encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        return told.read().decode().split()


def test_a_fork_is_told_before_it_and_in_the_child() -> None:
    noted = Noted()
    watch_forks(noted)
    assert fork_and_ask(noted) == ["before", "after"]
    assert noted.told == ["before"]


def test_a_process_has_one_hook_however_much_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    watch_forks(Noted())
    registered: list[object] = []
    monkeypatch.setattr(os, "register_at_fork", lambda **hooks: registered.append(hooks))
    for _ in range(100):
        watch_forks(Noted())
    assert registered == []


def test_what_is_gone_is_told_nothing() -> None:
    noted = Noted()
    told = noted.told
    watch_forks(noted)
    del noted
    gc.collect()
    fork_and_ask(Noted())
    assert told == []
