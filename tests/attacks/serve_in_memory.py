"""Serves one small site from memory under Granian; prints the port. Used by the tests beside it."""

from __future__ import annotations

import sys

from pectin.adapters.memory_store import MemoryStore
from pectin.app import serving
from pectin.deploy.model import Provenance
from pectin.deploy.publishing import publish
from pectin.deploy.staging import Staging
from pectin.values.output import OutputFile
from pectin.values.rules import Rules
from pectin.values.site import SiteName
from pectin.web.application import Application

NOW = 784111777


def make_application() -> Application:
    store = MemoryStore()
    staging = Staging(store, SiteName("demo"), NOW)
    staging.add(OutputFile("/index.html", b"<!doctype html><title>Plum</title>", "text/html"))
    staging.add(OutputFile("/large.bin", bytes(1 << 20), "application/octet-stream"))
    publish(store, staging.seal(Rules()), message="", author="", provenance=Provenance(), now=NOW)
    return Application(store, lambda: NOW)


def say(address: serving.Address) -> None:
    sys.stdout.write(f"{address.port}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    port, header_seconds = map(int, sys.argv[1:])
    serving.serve(
        make_application,
        serving.Address("127.0.0.1", port),
        header_seconds=header_seconds,
        on_ready=say,
    )
