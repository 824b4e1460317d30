"""How much of this machine the clients of a server may take."""

from __future__ import annotations

import os
import resource
import socket
from contextlib import suppress

_MOST_CONNECTIONS = 10_000
_FILES_PER_CONNECTION = 2  # the connection itself, and the large file that it is sent
_OWN_FILES = 128


def raise_file_limit() -> None:
    """Let this process, and those that it starts, have as many open files as the system grants.

    The soft limit is for programs that use select(2), which this one does not.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(OSError, ValueError):  # macOS grants less than it says
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def count_connections() -> int:
    """How many connections a worker may have open, so that its open files are enough for them."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files == resource.RLIM_INFINITY:
        return _MOST_CONNECTIONS
    return max(1, min(_MOST_CONNECTIONS, (files - _OWN_FILES) // _FILES_PER_CONNECTION))


def drop_unread(listener: int, seconds: float) -> None:
    """Have the system end each connection of the socket `listener` whose client takes no byte of
    what is there for it for `seconds` (TCP_USER_TIMEOUT, which connections inherit).

    The server cannot: it asks for nothing while it waits to be rid of something.
    """
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        with socket.socket(fileno=os.dup(listener)) as same:
            same.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(seconds * 1000))
