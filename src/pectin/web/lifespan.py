"""The ASGI lifespan protocol, of which only the end has something to do."""

from __future__ import annotations

from collections.abc import Callable

from pectin.web.messages import Receive, Send


async def run_lifespan(receive: Receive, send: Send, close: Callable[[], None]) -> None:
    """Acknowledge start and end; `close` is called before the end is acknowledged."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            close()
            await send({"type": "lifespan.shutdown.complete"})
            return
