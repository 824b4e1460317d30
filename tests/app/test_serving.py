from __future__ import annotations

import asyncio
import inspect
import socket
import tomllib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from granian import net
from granian._granian import SocketHolder
from granian.server import MPServer

from pectin.app.serving import Address, AddressUnavailable, ServerDied, serve, serve_here
from pectin.web.messages import Receive, Scope, Send

PYPROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


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


def test_granian_starts_its_workers_as_the_versions_that_are_allowed_do() -> None:
    """What `_run_worker` takes apart: a change of Granian must fail here and not in a worker."""
    start = MPServer._spawn_asgi_lifespan_worker  # as serving.py has to
    assert list(inspect.signature(start).parameters)[:4] == ["worker_id", "callback", "sock", "ipc"]
    wrapped = inspect.signature(start, follow_wrapped=False).parameters
    assert list(wrapped)[:5] == ["worker_id", "process_name", "callback_loader", "sock", "ipc"]
    assert hasattr(net.SocketSpec, "build")  # type: ignore[attr-defined]  # as serving.py gets it
    assert hasattr(SocketHolder, "get_fd")
    wanted = tomllib.loads(PYPROJECT.read_text())["project"]["dependencies"]
    assert [it for it in wanted if it.startswith("granian") and "<" in it]


def test_a_server_that_does_not_answer_in_time_is_told_and_not_announced() -> None:
    announced: list[Address] = []
    serving = serve_here(
        greet, Address("127.0.0.1", 0), on_ready=announced.append, starting_seconds=0
    )
    with pytest.raises(ServerDied):
        asyncio.run(serving)
    assert announced == []


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
