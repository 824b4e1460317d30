"""Which hosts are this very machine: the guard of the development server.

A page of another site can make the browser ask any address, and by rebinding its own name to
127.0.0.1 it could read the answers. It cannot choose a Host that is loopback by name.
"""

from __future__ import annotations

import re
from ipaddress import ip_address

_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+))(?::[0-9]*)?", re.IGNORECASE)


def is_loopback(host: str) -> bool:
    """Whether a Host field's value, with or without a port, can mean only this machine.

    True for `localhost` and names below it (RFC 6761 6.3), and for loopback addresses.
    """
    match = _HOST.fullmatch(host)
    if match is None:
        return False
    name = (match[1] or match[2]).lower().removesuffix(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
