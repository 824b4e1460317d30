"""Which hosts are this very machine: the guard of the development server.

A page of another site can make the browser ask any address, and by rebinding its own name to
127.0.0.1 it could read the answers. It cannot choose a Host that is loopback by name.
"""

from __future__ import annotations

from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """Whether a Host field's value, with or without a port, can mean only this machine.

    True for `localhost` and names below it (RFC 6761 6.3), and for loopback addresses.
    """
    name = _split_host(host)
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _split_host(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower().rstrip(".")
