"""The application under Granian: many workers for `serve`, this process for `dev`.

A worker makes its own application after it has started, so that no file of the store, no lock and
no thread is shared through a fork. Nothing is printed here: `on_ready` tells who wants to.
"""

from __future__ import annotations

import asyncio
import errno
import multiprocessing
import os
import signal
import socket
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any

from granian.constants import HTTPModes, Interfaces, TaskImpl
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import MPServer
from granian.server.embed import Server as EmbeddedServer

from pectin.adapters.clock import SystemClock
from pectin.adapters.lmdb_store.store import LmdbStore
from pectin.app.limits import count_connections, drop_unread, raise_file_limit
from pectin.values.errors import Family, PectinError
from pectin.web.application import Application, Options
from pectin.web.messages import Receive, Scope, Send

ASGI = Callable[[Scope, Receive, Send], Awaitable[None]]

_STARTING_SECONDS = 15
_STOPPING_SECONDS = 10
_HEADER_SECONDS = 10
_SEND_SECONDS = 60
_HEADERS_BYTES = 64 * 1024
_BACKLOG = 1024

# Granian's own tasks are faster, but keep all that a thread ever gave them.
_TASKS = TaskImpl.asyncio

_HINTS = {
    errno.EADDRINUSE: "another program listens there: end it, or choose another --port",
    errno.EACCES: "ports below 1024 need the right to use them: choose a higher --port",
    errno.EADDRNOTAVAIL: "this machine does not have that address: choose another --host",
}

_HANDLER = {"class": "logging.StreamHandler", "stream": "ext://sys.stderr"}
_LOGGING = {"handlers": {"console": _HANDLER, "access": _HANDLER}}


class AddressUnavailable(PectinError):
    """The address to listen on cannot be had."""

    code = "address-unavailable"
    title = "The server cannot listen"
    family = Family.OPERATOR


class ServerDied(PectinError):
    """Workers could not be started, or ended again and again."""

    code = "server-died"
    title = "The server ended by itself"
    family = Family.OPERATOR


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen. Port 0 is any that is free."""

    host: str = "127.0.0.1"
    port: int = 8787


OnReady = Callable[[Address], None]


def serve(
    make_application: Callable[[], ASGI],
    address: Address,
    *,
    workers: int = 1,
    header_seconds: int = _HEADER_SECONDS,
    send_seconds: float = _SEND_SECONDS,
    on_ready: OnReady = lambda _: None,
) -> None:
    """Serve until SIGINT or SIGTERM, then finish what is under way. For the main thread.

    `make_application` is called once in each worker; it can be pickled. `on_ready` gets the
    address with the real port as soon as it answers. A client that has not sent the head of a
    request in `header_seconds` is cut off, and so is one that takes nothing of a response for
    `send_seconds`. Raises AddressUnavailable and ServerDied.
    """
    raise_file_limit()
    with closing(_reserve(address)) as reserved:
        bound = Address(address.host, reserved.getsockname()[1])
        server = _Server(
            on_ready=partial(on_ready, bound),
            workers=workers,
            workers_kill_timeout=_STOPPING_SECONDS,
            respawn_failed_workers=True,
            task_impl=_TASKS,
            **_settings(bound, header_seconds),
        )
        try:
            server.serve(
                spawn_target=partial(_run_worker, send_seconds),
                target_loader=make_application,
                wrap_loader=False,
            )
        except SystemExit as error:
            raise ServerDied(
                "the workers of the server ended", hint="what they logged above says why"
            ) from error


async def serve_here(
    application: ASGI,
    address: Address,
    *,
    on_ready: OnReady,
    starting_seconds: float = _STARTING_SECONDS,
) -> None:
    """Serve `application` in this event loop until the task is cancelled.

    Raises AddressUnavailable, and ServerDied when nothing answers after `starting_seconds`.
    """
    with closing(_reserve(address)) as reserved:
        bound = Address(address.host, reserved.getsockname()[1])
        server = EmbeddedServer(application, **_settings(bound, _HEADER_SECONDS))
        serving = asyncio.ensure_future(server.serve())
        try:
            await _wait_for_answer(bound, starting_seconds)
            on_ready(bound)
            await asyncio.shield(serving)
        finally:
            server.stop()  # type: ignore[no-untyped-call]  # Granian's own have no types
            await serving


def make_application(store: Path, options: Options) -> Application:
    """The application over the store in the folder `store`, which it closes at its end."""
    _end_with_parent()
    opened = LmdbStore(store)
    return Application(opened, SystemClock().now, options, close=opened.close)


def _run_worker(
    send_seconds: float, worker: int, name: str, loader: Any, sockets: Any, *settings: Any
) -> None:
    """Granian's worker, on a socket that lets go of clients who take nothing.

    Granian has no public way to the socket of a worker, so its versions are bounded.
    """
    (specification, listener), shared = sockets
    listener = listener or specification.build()
    drop_unread(listener.get_fd(), send_seconds)
    MPServer._spawn_asgi_lifespan_worker(  # noqa: SLF001  # what Granian would have started
        worker, name, loader, ((None, listener), shared), *settings
    )


def _end_with_parent() -> None:
    """A worker whose server was killed would hold the port and answer for ever: let it end too."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=wait, name="end-with-parent", daemon=True).start()


class _Server(MPServer):
    """Granian's server, which says when it answers."""

    def __init__(self, *, on_ready: Callable[[], None], **settings: Any) -> None:
        super().__init__("pectin", **settings)
        self._on_ready = on_ready

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        super().startup(spawn_target, target_loader)  # type: ignore[no-untyped-call]  # as above
        if self._wait_for_workers():
            self._on_ready()

    def _wait_for_workers(self) -> bool:
        deadline = monotonic() + _STARTING_SECONDS
        while monotonic() < deadline and not self.main_loop_interrupt.is_set():
            try:
                socket.create_connection((self.bind_addr, self.bind_port), timeout=1).close()
            except OSError:
                sleep(0.02)
            else:
                return True
        return False


async def _wait_for_answer(address: Address, seconds: float) -> None:
    for _ in range(int(seconds * 50)):
        try:
            _, writer = await asyncio.open_connection(address.host, address.port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return
    raise ServerDied(
        f"nothing answers on {address.host}, port {address.port}, after {seconds:g} seconds",
        hint="the machine may be busy: try again",
    )


def _settings(address: Address, header_seconds: int) -> dict[str, Any]:
    return {
        "address": address.host,
        "port": address.port,
        "interface": Interfaces.ASGI,
        # Not auto: for as long as it waits for the version, which a client need not send, no
        # timeout runs; and browsers speak HTTP/2 over TLS alone.
        "http": HTTPModes.http1,
        "websockets": False,
        "backlog": _BACKLOG,
        "backpressure": count_connections(),
        "http1_settings": HTTP1Settings(
            header_read_timeout=header_seconds * 1000, max_buffer_size=_HEADERS_BYTES
        ),
        "log_level": LogLevels.error,
        "log_dictconfig": _LOGGING,
    }


def _reserve(address: Address) -> socket.socket:
    """A socket that holds the port, but does not listen on it: the workers do.

    Workers share a port by SO_REUSEPORT, which would let a second server of the same user join
    them unseen; so the port is first asked for alone.
    """
    try:
        with _bind(address, socket.SO_REUSEADDR) as alone:
            bound = Address(address.host, alone.getsockname()[1])
        return _bind(bound, socket.SO_REUSEPORT)
    except OSError as error:
        raise AddressUnavailable(
            f"cannot listen on {address.host}, port {address.port}: {error.strerror}",
            hint=_HINTS.get(error.errno or 0, "choose another with --host and --port"),
        ) from error


def _bind(address: Address, option: int) -> socket.socket:
    family, kind, protocol, _, where = socket.getaddrinfo(
        address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    bound = socket.socket(family, kind, protocol)
    try:
        bound.setsockopt(socket.SOL_SOCKET, option, 1)
        bound.bind(where)
    except OSError:
        bound.close()
        raise
    return bound
