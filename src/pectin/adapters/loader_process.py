"""Loaders run in processes of their own, side by side.

Rule 1: of the environment a loader has what programs need to run and to reach the network, and
the secrets that it declared.
Rule 2: nothing waits on a pipe: what a loader prints goes to a file, and is shown when it fails.
Rule 3: a loader that takes too long ends with all that it started.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import BinaryIO

from pectin.data.order import Failure, Order, parse_failure

_NEEDED = frozenset(
    {
        "HOME", "LANG", "LC_ALL", "LC_CTYPE", "LOGNAME", "PATH", "SYSTEMROOT", "TEMP", "TMPDIR", "TZ", "USER",
        "SSL_CERT_DIR", "SSL_CERT_FILE", "ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY",
        "all_proxy", "https_proxy", "http_proxy", "no_proxy",
    }
)  # fmt: skip
"""Variables that no secret is kept in, and that programs expect."""

_FIXED = {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
_PRINTED_LINES = 5


@dataclass(frozen=True, slots=True)
class Run:
    """A loader to run: `previous` are its last good data, `timeout` is in seconds."""

    path: str
    file: Path
    secrets: tuple[str, ...]
    timeout: int
    previous: Path | None


def run_loaders(
    runs: Sequence[Run], root: Path, responses: Path, environment: Mapping[str, str]
) -> list[bytes | Failure]:
    """What each of `runs` gave: the data as JSON, or why there are none.

    `root` is the site's folder, `responses` one for HTTP responses, which need not exist.
    """
    with TemporaryDirectory(prefix="pectin-") as folder:
        started: list[_Process] = []
        try:
            for number, run in enumerate(runs):
                place = Path(folder) / str(number)
                place.mkdir()
                started.append(_Process(run, root, place, responses, environment))
            return [process.wait() for process in started]
        finally:
            for process in started:
                process.end()


class _Process:
    """One loader under way, with `place` for its files."""

    def __init__(
        self, run: Run, root: Path, place: Path, responses: Path, environment: Mapping[str, str]
    ) -> None:
        self._run = run
        self._place = place
        order = Order(
            root=str(root),
            path=run.path,
            file=str(run.file),
            result=str(place / "result"),
            failure=str(place / "failure"),
            secrets=run.secrets,
            previous=str(run.previous or ""),
            responses=str(responses),
        )
        (place / "order").write_text(json.dumps(order.as_record()), encoding="utf-8")
        self._secrets = {name: environment[name] for name in run.secrets if environment.get(name)}
        needed = {name: environment[name] for name in _NEEDED if name in environment}
        with (place / "order").open("rb") as stdin, (place / "printed").open("wb") as printed:
            self._process = _start(
                needed | self._secrets | _FIXED,
                root,
                stdin,
                printed,
            )
        self._deadline = monotonic() + run.timeout

    def wait(self) -> bytes | Failure:
        try:
            code = self._process.wait(max(0.0, self._deadline - monotonic()))
        except subprocess.TimeoutExpired:
            message = f"the loader took longer than {self._run.timeout} seconds, and was stopped"
            return Failure("loader-timeout", message, self._run.path, notes=self._read_printed())
        with suppress(OSError):
            if code == 0:
                return (self._place / "result").read_bytes()
            failure = parse_failure(json.loads((self._place / "failure").read_bytes()))
            return Failure(
                failure.code,
                failure.message,
                failure.file,
                failure.line,
                failure.text,
                (*failure.notes, *self._read_printed()),
            )
        message = f"the loader's process ended with {code}, and said nothing"
        return Failure("loader-failed", message, self._run.path, notes=self._read_printed())

    def end(self) -> None:
        """Make sure that nothing of it goes on."""
        with suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _read_printed(self) -> tuple[str, ...]:
        printed = (self._place / "printed").read_text(encoding="utf-8", errors="replace")
        for name, value in self._secrets.items():
            printed = printed.replace(value, f"<{name}>")
        return tuple(f"it printed: {line}" for line in printed.splitlines()[-_PRINTED_LINES:])


def _start(
    environment: Mapping[str, str], folder: Path, stdin: BinaryIO, printed: BinaryIO
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "pectin.data.runner"],
        env=dict(environment),
        cwd=folder,
        stdin=stdin,
        stdout=printed,
        stderr=printed,
        start_new_session=True,
    )
