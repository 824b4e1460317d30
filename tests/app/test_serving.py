from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator

import httpx
import pytest

from pectin.app.serving import Address, AddressUnavailable, serve, serve_here
from pectin.web.messages import Receive, Scope, Send


async def greet(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        while (await receive())["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"plum"})


@pytest.fixture(params=[False, True], ids=["alone", "sharing"])
def taken(request: pytest.FixtureRequest) -> Iterator[Address]:
    """An address where another program listens, which may even be ready to share it."""
    with socket.socket() as other:
        if request.param:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield Address("127.0.0.1", other.getsockname()[1])


def test_a_port_that_another_program_has_is_an_error_that_says_so(taken: Address) -> None:
    with pytest.raises(AddressUnavailable, match=f"port {taken.port}") as caught:
        serve(lambda: greet, taken)
    assert "--port" in caught.value.hint


def test_an_address_of_another_machine_is_an_error_that_says_so() -> None:
    with pytest.raises(AddressUnavailable) as caught:
        serve(lambda: greet, Address("192.0.2.1", 0))
    assert "--host" in caught.value.hint


def test_an_application_is_served_in_this_process_until_it_is_cancelled() -> None:
    async def visit() -> tuple[bytes, int]:
        ready: asyncio.Future[Address] = asyncio.get_running_loop().create_future()
        serving = asyncio.ensure_future(
            serve_here(greet, Address(port=0), on_ready=ready.set_result)
        )
        bound = await ready
        async with httpx.AsyncClient() as client:
            reply = await client.get(f"http://127.0.0.1:{bound.port}/")
        serving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await serving
        return reply.content, bound.port

    body, port = asyncio.run(visit())
    assert body == b"plum"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
