"""Attack rows 14, 38 and 40 against a server over a real store."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from threading import Event, Thread
from time import sleep

import httpx
import pytest

from pectin.adapters.lmdb_store.store import LmdbStore
from pectin.app.limits import count_connections, raise_file_limit
from pectin.deploy.model import Provenance
from pectin.deploy.ports import Store
from pectin.deploy.publishing import publish
from pectin.deploy.retention import Retention, gc
from pectin.deploy.staging import Staging
from pectin.values.output import OutputFile
from pectin.values.rules import Rules
from pectin.values.site import SiteName

SCRIPT = Path(__file__).with_name("serve_store.py")
PATIENCE_SECONDS = 30
PAUSE_SECONDS = 0.05
CROWD = 1_100
FIELDS = {"host": "demo.localhost", "accept-encoding": "identity"}
LARGE = bytes(range(256)) * (4 << 12)
PROC = Path("/proc")


class Server:
    """A running `pectin serve` with one worker."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.port = port
        self.client = httpx.Client(
            base_url=f"http://127.0.0.1:{port}", headers=FIELDS, timeout=PATIENCE_SECONDS
        )

    def get(self, path: str) -> httpx.Response:
        return self.client.get(path)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)

    def count_resident_bytes(self) -> int:
        """Of the processes that the server started, together."""
        statuses = [(child / "status").read_text() for child in self._list_children()]
        lines = [line for status in statuses for line in status.splitlines()]
        return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("VmRSS:"))

    def count_open(self, kind: str) -> int:
        """How many open files of the processes that the server started have a name that begins
        with `kind`.
        """
        files = (file for child in self._list_children() for file in (child / "fd").iterdir())
        return sum(_read_link(file).startswith(kind) for file in files)

    def _list_children(self) -> list[Path]:
        process = self.process.pid
        children = (PROC / f"{process}/task/{process}/children").read_text()
        return [PROC / child for child in children.split()]


def _read_link(path: Path) -> str:
    with suppress(OSError):  # closed meanwhile
        return str(path.readlink())
    return ""


@contextmanager
def serve(store: Path, send_seconds: float = 60) -> Iterator[Server]:
    """A server over `store`, which must still end in order."""
    command = [sys.executable, str(SCRIPT), str(store), str(send_seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        server = Server(process, int(process.stdout.readline()))
        try:
            yield server
        finally:
            server.client.close()
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


@pytest.mark.skipif(not PROC.is_dir(), reason="asks Linux for the files of a process")
def test_a_crowd_that_does_not_read_is_let_go_and_holds_nobody_up(prepare: Prepare) -> None:
    """Attack row 14."""
    raise_file_limit()
    if count_connections() < CROWD:
        pytest.skip("this process may not open files enough")
    request = b"GET /film.bin HTTP/1.1\r\nHost: demo.localhost\r\n\r\n"
    store = prepare(PAGE, FILM)
    with serve(store, send_seconds=1) as server, ExitStack() as opened:
        before = server.count_open("socket:")
        for _ in range(CROWD):
            client = opened.enter_context(server.connect())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.sendall(request)
        assert server.get("/").content == PAGE.body
        wait_until(lambda: server.count_open("socket:") <= before + 1)
        wait_until(lambda: server.count_open(f"{store}/large/") == 0)
        assert server.get("/film.bin").content == LARGE


def wait_until(condition: Callable[[], bool]) -> None:
    for _ in range(int(PATIENCE_SECONDS / PAUSE_SECONDS)):
        if condition():
            return
        sleep(PAUSE_SECONDS)
    pytest.fail("it never came to that")


def flip_byte(path: Path, marker: bytes) -> None:
    """Change a byte in the first `marker` in the file at `path`, so that neither its size nor its
    time tells.
    """
    before = path.stat()
    at = path.read_bytes().index(marker) + len(marker) // 2
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1]))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def receive_until_cut_off(server: Server, first: int) -> bytes:
    """What comes of the film from its byte `first` on, of which not all may come."""
    given: list[bytes] = []
    asked = {"range": f"bytes={first}-"}
    with (
        server.client.stream("GET", "/film.bin", headers=asked) as reply,
        pytest.raises(httpx.RemoteProtocolError),
    ):
        given.extend(reply.iter_raw())
    return b"".join(given)


def test_what_has_rotted_is_never_served(prepare: Prepare) -> None:
    """Attack row 40, for what is in the database and for a file beside it."""
    page = OutputFile("/rotten.html", b"<!doctype html><title>Quince</title>", "text/html")
    store = prepare(PAGE, page, FILM)
    flip_byte(store / "lmdb" / "data.mdb", b"Quince")
    [film] = (path for path in (store / "large").rglob("*") if path.is_file())
    with serve(store) as server:
        rotten = server.get("/rotten")
        assert (rotten.status_code, b"Quince" in rotten.content) == (500, False)
        assert server.get("/film.bin").content == LARGE
        flip_byte(film, LARGE)
        middle = len(LARGE) // 2
        for first in (middle - 5, middle):
            asked = {"range": f"bytes={first}-{first + 10}"}
            assert server.client.get("/film.bin", headers=asked).status_code == 500
        for first in (0, middle - 100_000):
            given = receive_until_cut_off(server, first)
            assert given == LARGE[first : first + len(given)]
            assert first + len(given) <= middle
        assert server.get("/").content == PAGE.body


def test_a_collection_beside_a_server_costs_no_request(prepare: Prepare) -> None:
    """Attack row 38. Each answer is that of a version which was live while it was asked for."""
    folder = prepare(PAGE, FILM)
    wrong: list[str] = []
    ended = Event()

    def ask(server: Server, path: str, end: bytes) -> None:
        while not ended.is_set():
            reply = server.get(path)
            if reply.status_code != HTTPStatus.OK or not reply.content.endswith(end):
                wrong.append(f"{path}: {reply.status_code}")

    store = LmdbStore(folder)
    with serve(folder) as server:
        asking = [
            Thread(target=ask, args=(server, "/", b"Plum</title>")),
            Thread(target=ask, args=(server, "/film.bin", LARGE[-(1 << 20) :])),
        ]
        for thread in asking:
            thread.start()
        try:
            for version in range(2, 40):
                page = OutputFile("/index.html", b"<title>%d Plum</title>" % version, "text/html")
                film = OutputFile(FILM.path, b"%d" % version + LARGE[: 1 << 20], FILM.media_type)
                publish_files(store, page, film, now=version)
                gc(store, now=2**40, retention=Retention(keep=1), stale_after=0)
        finally:
            ended.set()
            for thread in asking:
                thread.join()
            store.close()
    assert wrong == []
