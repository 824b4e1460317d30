"""A compiler that runs beside this process, and is spoken to."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from typing import IO


class CompilerProcess:
    """One process, started when it is first needed, which lives until `close`.

    It is not shared with forks of this process: each starts another, which ends when its input
    does. `make_command` is asked for the program and its arguments when it is started, in `folder`,
    without variables: what is set in an account says nothing about how it works.
    """

    def __init__(self, make_command: Callable[[], Sequence[str]], folder: Path) -> None:
        self._make_command = make_command
        self._folder = folder
        self._process: Popen[bytes] | None = None
        self._owner = 0

    def open(self) -> tuple[IO[bytes], IO[bytes]]:
        """What it reads, and what it writes."""
        if self._process is None or self._owner != os.getpid():
            self._process = Popen(  # noqa: S603  # the program of an installed package
                self._make_command(),
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                cwd=self._folder,
                env={},
            )
            self._owner = os.getpid()
        assert self._process.stdin
        assert self._process.stdout
        return self._process.stdin, self._process.stdout

    def close(self) -> None:
        """End it, if it runs."""
        process, self._process = self._process, None
        if process and self._owner == os.getpid():
            process.kill()
            process.communicate()
