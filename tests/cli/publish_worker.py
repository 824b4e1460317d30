"""A process that publishes a folder until it is killed; started by test_publish_crashes.py.

Reads lines `DELAY_MICROSECONDS` from its standard input. For each it forks a child that runs the command
`pectin publish`, kills it after the delay, or lets it end where the delay is negative, and answers with
a line: how long the child lived in microseconds, and how it ended, as `os.waitstatus_to_exitcode` has it.

    python publish_worker.py SOURCE
"""

from __future__ import annotations

import os
import signal
import sys
import time

import minijinja  # noqa: F401 - imported here once, and not by each child
import pyromark  # noqa: F401 - as above

import pectin.app.publishing
import pectin.app.staging  # noqa: F401 - as above
from pectin.cli.main import main


def run(source: str) -> None:
    """Publish the folder `source`, and end this process."""
    silence = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(silence, descriptor)
    sys.argv = ["pectin", "publish", "--source", source, "--author", "w"]
    main()


def answer(source: str, delay: int) -> str:
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        run(source)
    if delay >= 0:
        time.sleep(delay / 1e6)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    lived = int((time.monotonic() - started) * 1e6)
    return f"{lived} {os.waitstatus_to_exitcode(status)}"


if __name__ == "__main__":
    for line in sys.stdin:
        print(answer(sys.argv[1], int(line)), flush=True)  # noqa: T201 - the answer
