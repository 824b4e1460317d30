"""Which Hosts can mean only this machine."""

from __future__ import annotations

import pytest

from pectin.web.loopback import is_loopback


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST:8787",
        "plum.localhost:8787",
        "plum.localhost.",
        "plum.localhost.:8787",
        "127.0.0.1",
        "127.8.9.1:80",
        "[::1]",
        "[::1]:8787",
    ],
)
def test_a_loopback_host_is_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.com",
        "evil.com:8787",
        "localhost.evil.com",
        "notlocalhost",
        "127.0.0.1.evil.com",
        "127.1",
        "0177.0.0.1",
        "0.0.0.0",
        "0",
        "10.0.0.1",
        "[::]",
        "[::ffff:10.0.0.1]",
        "evil.com#.localhost:1@evil",
        "[::1",
        "localhost@evil.com",
    ],
)
def test_a_host_that_could_be_another_machine_is_not_let_in(host: str) -> None:
    """Attack row 31."""
    assert not is_loopback(host)
