"""Requests to servers of other people: one each, with a time limit, to public addresses alone."""

from __future__ import annotations

import re
import socket
import ssl
from contextlib import suppress
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address
from threading import Timer
from urllib.parse import quote, urlsplit

from pectin.build.inspection.external import Answer

_PORTS = {"http": 80, "https": 443}
_SAFE = "/?&=%:;@+$,!~*'()[]#-._"
_LONGEST_WAIT = 3
"""How many times its limit a request may take in all, however slowly it goes on."""


class HttpLinkClient:
    """A LinkClient over sockets. `agent` is told to the servers, `timeout` is in seconds.

    A host with an address that is not public is asked only if `allows_private`: whoever writes a
    page must not reach what is behind the firewall of whoever checks it.
    """

    def __init__(self, agent: str, *, timeout: float, allows_private: bool) -> None:
        self._headers = {"User-Agent": agent, "Accept": "*/*", "Connection": "close"}
        self._timeout = timeout
        self._allows_private = allows_private
        self._context = ssl.create_default_context()

    def ask(self, method: str, url: str) -> Answer:
        """What the server of `url` answers. The body of the answer is not read."""
        try:
            return self._ask(method, url)
        except TimeoutError:
            return Answer(fault=f"does not answer within {self._timeout:g} seconds")
        except socket.gaierror:
            return Answer(fault="is at a host that nobody knows")
        except ssl.SSLCertVerificationError as error:
            return Answer(fault=f"has a certificate that does not hold: {error.verify_message}")
        except (OSError, HTTPException) as error:
            return Answer(fault=f"cannot be reached: {str(error) or type(error).__name__}")
        except ValueError as error:  # UnicodeError too, of a host's name
            return Answer(fault=f"is no URL: {error}")

    def _ask(self, method: str, url: str) -> Answer:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port or _PORTS[parts.scheme]
        if not host:
            return Answer(fault="has no host")
        address = self._find_address(host, port)
        if address is None:
            return Answer(fault="is at a private address, which is not asked", is_refused=True)
        connection = self._connect(parts.scheme, host, port, address)
        target = quote(parts.path or "/", safe=_SAFE)
        if parts.query:
            target += f"?{quote(parts.query, safe=_SAFE)}"
        watch = Timer(self._timeout * _LONGEST_WAIT, _cut_off, (connection,))
        watch.start()
        try:
            connection.request(method, target, headers=self._headers)
            return _read(connection.getresponse())
        finally:
            watch.cancel()
            connection.close()

    def _find_address(self, host: str, port: int) -> str | None:
        """An address of `host` that may be asked. Raises gaierror."""
        found = [
            str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        ]
        return next((it for it in found if self._allows_private or _is_public(it)), None)

    def _connect(self, scheme: str, host: str, port: int, address: str) -> HTTPConnection:
        # To the address that was looked at: a name may stand for another one the next time.
        if scheme == "https":
            return _PinnedSecureConnection(
                address, host, port, timeout=self._timeout, context=self._context
            )
        return _PinnedConnection(address, host, port, timeout=self._timeout)


class _PinnedConnection(HTTPConnection):
    def __init__(self, address: str, host: str, port: int, *, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self._address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)


class _PinnedSecureConnection(HTTPSConnection):
    def __init__(
        self, address: str, host: str, port: int, *, timeout: float, context: ssl.SSLContext
    ) -> None:
        super().__init__(host, port, timeout=timeout, context=context)
        self._address = address
        self._tls = context

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)


def _read(response: HTTPResponse) -> Answer:
    headers = response.headers
    wait = _parse_wait(headers.get("Retry-After", ""), headers.get("Date", ""))
    return Answer(response.status, headers.get("Location", ""), wait)


def _parse_wait(value: str, now: str) -> float:
    """The seconds of a Retry-After field (RFC 9110 10.2.3), whose date is by the server's own clock."""
    if re.fullmatch("[0-9]{1,9}", value):
        return float(value)
    with suppress(ValueError, TypeError):
        return (parsedate_to_datetime(value) - parsedate_to_datetime(now)).total_seconds()
    return 0


def _is_public(address: str) -> bool:
    """Whether `address` is one of the whole internet's (RFC 6890), also where it is written as IPv6."""
    found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or found.sixtofour or found
    return found.is_global and not found.is_multicast


def _cut_off(connection: HTTPConnection) -> None:
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)
