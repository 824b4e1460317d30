"""Serves the store in a folder under Granian; prints the port. Used by the tests beside it."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from pectin.app import serving
from pectin.web.application import Options


def say(address: serving.Address) -> None:
    sys.stdout.write(f"{address.port}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serving.serve(
        partial(serving.make_application, Path(sys.argv[1]), Options()),
        serving.Address(port=0),
        send_seconds=float(sys.argv[2]),
        on_ready=say,
    )
