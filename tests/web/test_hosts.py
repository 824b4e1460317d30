from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.values.site import SiteName
from pectin.web.hosts import DeployHost, Domain, Host, Loopback, SiteHost, parse_base, parse_host

BASES = ("localhost", "example.dev")
DEMO = SiteName("demo")


@pytest.mark.parametrize(
    ("field", "host"),
    [
        (b"demo.localhost", SiteHost(DEMO)),
        (b"demo.localhost:8787", SiteHost(DEMO)),
        (b"demo.localhost:", SiteHost(DEMO)),
        (b"DEMO.LocalHost.:80", SiteHost(DEMO)),
        (b"demo.example.dev", SiteHost(DEMO)),
        (b"0123456789ab--demo.localhost", DeployHost(DEMO, "0123456789ab")),
        (b"localhost", Loopback()),
        (b"LOCALHOST.:1", Loopback()),
        (b"127.0.0.1:8787", Loopback()),
        (b"[::1]:8787", Loopback()),
        (b"jam.example.com", Domain("jam.example.com")),
        (b"Jam.Example.COM.:443", Domain("jam.example.com")),
        (b"xn--pflaume-n2a.example", Domain("xn--pflaume-n2a.example")),
        (b"example.dev", Domain("example.dev")),
        (b"127.0.0.2", Domain("127.0.0.2")),
        (b"demo.localhost.evil.com", Domain("demo.localhost.evil.com")),
        (b"demolocalhost", Domain("demolocalhost")),
    ],
)
def test_a_host_names_a_site_a_deploy_or_a_domain(field: bytes, host: Host) -> None:
    assert parse_host(field, BASES) == host


@pytest.mark.parametrize(
    "field",
    [
        b"",
        b".",
        b":80",
        b"a..localhost",
        b".localhost",
        b"-a.localhost",
        b"a_b.localhost",
        b"a.b.localhost",
        b"0123--demo.localhost",
        b"0123456789AB--.localhost",
        b"--demo.localhost",
        b"demo.localhost:8x",
        b"demo.localhost:123456",
        b"demo.localhost@evil.com",
        b"demo.localhost/evil",
        b"demo.localhost evil",
        b"demo.localhost\r\nx",
        b"demo.localhost\n",
        b"p\xc3\xa4ctin.example",
        b"[::2]",
        b"a" * 64 + b".localhost",
        b"a." * 200 + b"b",
    ],
)
def test_what_is_no_host_name_names_nothing(field: bytes) -> None:
    assert parse_host(field, BASES) is None


@pytest.mark.parametrize("start", [b"a" * 253, b"a." * 126 + b"a", b"a-" * 126 + b"a"])
def test_no_last_character_makes_a_long_name_long_to_refuse(start: bytes) -> None:
    """Attack row 14: that this ends is the test; a pattern that tries every split never does."""
    legal = b"-.:0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    for last in {*range(256)}.difference(legal):
        assert parse_host(start + bytes([last]), BASES) is None


def test_a_name_has_253_characters_at_most() -> None:
    name = b"abcd." * 50 + b"abc"
    assert parse_host(name + b".:80", BASES) == Domain(name.decode())
    assert parse_host(name + b"d", BASES) is None


@given(st.binary(max_size=60))
def test_any_field_is_parsed_to_a_name_in_lower_case(field: bytes) -> None:
    host = parse_host(field, BASES)
    if isinstance(host, Domain):
        assert host.name == host.name.lower().rstrip(".")


@pytest.mark.parametrize("text", ["Example.Dev", ".example.dev", "example.dev."])
def test_a_base_is_a_name_without_dots_around_it(text: str) -> None:
    assert parse_base(text) == "example.dev"


@pytest.mark.parametrize(
    "text",
    ["x y", "", ".", "a..b", "example.dev:80", "-a.dev", "bücher.example", "a" * 64, "a." * 120],
)
def test_what_no_host_can_be_below_is_no_base(text: str) -> None:
    assert parse_base(text) is None
