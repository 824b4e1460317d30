"""The script that tells wrk what to ask for."""

from __future__ import annotations

from http import HTTPStatus

from bench.edge.load import Load, render_script
from bench.edge.scenarios import Request

ETAG = Request("/a'b/", (("If-None-Match", '"x\\y"'),), HTTPStatus.NOT_MODIFIED)


def test_quotes_and_backslashes_are_escaped_for_lua() -> None:
    script = render_script((ETAG,), None)
    assert (
        r"""requests[1] = wrk.format('GET', '/a\'b/', {['If-None-Match'] = '"x\\y"'})""" in script
    )


def test_a_moderate_rate_is_a_delay_before_each_request() -> None:
    assert "function delay()" not in render_script((ETAG,), None)
    assert "function delay() return math.random(0, 64) end" in render_script((ETAG,), 2_000)


def test_rates_are_per_second_of_the_wall_and_of_the_processor() -> None:
    load = Load(
        requests=600,
        seconds=3.0,
        socket_errors=0,
        median_ms=1.0,
        p99_ms=2.0,
        server_cpu_seconds=1.5,
        server_resident_bytes=0,
    )
    assert load.requests_per_second == 200
    assert load.requests_per_cpu_second == 400
