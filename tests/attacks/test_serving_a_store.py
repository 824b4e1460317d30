"""Attack rows 14, 38 and 40 against a server over a real store."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from pectin.adapters.lmdb_store.store import LmdbStore
from pectin.deploy.model import Provenance
from pectin.deploy.ports import Store
from pectin.deploy.publishing import publish
from pectin.deploy.staging import Staging
from pectin.values.output import OutputFile
from pectin.values.rules import Rules
from pectin.values.site import SiteName

SCRIPT = Path(__file__).with_name("serve_store.py")
PATIENCE_SECONDS = 30
FIELDS = {"host": "demo.localhost", "accept-encoding": "identity"}
LARGE = bytes(range(256)) * (4 << 12)
PROC = Path("/proc")


class Server:
    """A running `pectin serve` with one worker."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.port = port

    def get(self, path: str) -> httpx.Response:
        return httpx.get(
            f"http://127.0.0.1:{self.port}{path}", headers=FIELDS, timeout=PATIENCE_SECONDS
        )

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)

    def count_resident_bytes(self) -> int:
        """Of the processes that the server started, together."""
        process = self.process.pid
        children = (PROC / f"{process}/task/{process}/children").read_text().split()
        statuses = [(PROC / child / "status").read_text() for child in children]
        lines = [line for status in statuses for line in status.splitlines()]
        return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("VmRSS:"))


@contextmanager
def serve(store: Path) -> Iterator[Server]:
    """A server over `store`, which must still end in order."""
    command = [sys.executable, str(SCRIPT), str(store)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            yield Server(process, int(process.stdout.readline()))
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_SECONDS) == 0


def publish_files(store: Store, *files: OutputFile, now: int = 1) -> None:
    staging = Staging(store, SiteName("demo"), now)
    for file in files:
        staging.add(file)
    publish(store, staging.seal(Rules()), message="", author="", provenance=Provenance(), now=now)


Prepare = Callable[..., Path]


@pytest.fixture
def prepare(tmp_path: Path) -> Prepare:
    """`prepare(*files)`: the folder of a closed store in which `files` are live."""

    def prepare(*files: OutputFile) -> Path:
        store = LmdbStore(tmp_path / "store")
        publish_files(store, *files)
        store.close()
        return tmp_path / "store"

    return prepare


PAGE = OutputFile("/index.html", b"<!doctype html><title>Plum</title>", "text/html")
FILM = OutputFile("/film.bin", LARGE, "application/octet-stream")


@pytest.mark.skipif(not PROC.is_dir(), reason="asks Linux for the memory of a process")
def test_downloads_of_large_files_leave_nothing_in_memory(prepare: Prepare) -> None:
    """Attack row 14."""
    with serve(prepare(FILM)) as server:
        for _ in range(3):
            assert server.get("/film.bin").content == LARGE
        before = server.count_resident_bytes()
        for _ in range(50):
            assert len(server.get("/film.bin").content) == len(LARGE)
        assert server.count_resident_bytes() - before < 50 * len(LARGE) // 4


@pytest.mark.skipif(not PROC.is_dir(), reason="asks Linux for the memory of a process")
def test_clients_that_do_not_read_large_files_take_no_memory_and_hold_nobody_up(
    prepare: Prepare,
) -> None:
    """Attack row 14."""
    request = b"GET /film.bin HTTP/1.1\r\nHost: demo.localhost\r\n\r\n"
    with serve(prepare(PAGE, FILM)) as server, ExitStack() as opened:
        assert server.get("/film.bin").content == LARGE
        before = server.count_resident_bytes()
        for _ in range(30):
            client = opened.enter_context(server.connect())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.sendall(request)
            assert client.recv(1)
        assert server.get("/").content == PAGE.body
        assert server.count_resident_bytes() - before < 30 * len(LARGE) // 4
