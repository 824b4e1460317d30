"""`pectin serve`."""

from __future__ import annotations

import os
from functools import partial
from typing import Annotated

import typer

from pectin.cli.options import HERE, Host, Port, Source, Store, make_settings

_MOST_PER_PROCESSOR = 8


def _check_workers(count: int) -> int:
    processors = os.cpu_count() or 1
    most = processors * _MOST_PER_PROCESSOR
    if not 1 <= count <= most:
        raise typer.BadParameter(
            f"{count} is not between 1 and {most}: one for each of this machine's processors "
            f"({processors}) is enough, and each holds memory of its own"
        )
    return count


Workers = Annotated[
    int,
    typer.Option(
        "--workers", metavar="COUNT", callback=_check_workers, help="How many processes answer."
    ),
]


def _parse_domain(text: str) -> str:
    from pectin.web.hosts import parse_base

    domain = parse_base(text)
    if domain is None:
        raise typer.BadParameter(
            f"{text!r} is no name of a host: write it as DNS has it, as in example.dev"
        )
    return domain


Domains = Annotated[
    list[str] | None,
    typer.Option(
        "--domain",
        metavar="HOST",
        parser=_parse_domain,
        help="Serve each site at NAME.HOST too; may be repeated.",
    ),
]
Timing = Annotated[bool, typer.Option("--timing", help="Tell clients how long each answer took.")]


def serve(
    *,
    source: Source = HERE,
    store: Store = None,
    host: Host = "127.0.0.1",
    port: Port = 8787,
    workers: Workers = 1,
    domain: Domains = None,
    timing: Timing = False,
) -> None:
    """Serve every site of the store.

    Each is at its domains and at NAME.localhost. A publish or a rollback is seen by all workers at once. Ctrl-C ends it.
    """
    from pectin.app.serving import Address, make_application
    from pectin.app.serving import serve as serve_application
    from pectin.app.stores import list_sites
    from pectin.cli.terminal import Terminal
    from pectin.web.application import Options

    settings = make_settings(source, store)
    domains = tuple(domain or ())
    debug = bool(os.environ.get("PECTIN_DEBUG"))
    options = Options(base_domains=domains, server_timing=timing, debug=debug)
    sites = list_sites(settings.store)
    terminal = Terminal()

    def announce(address: Address) -> None:
        for site in sites:
            for base in ("localhost", *domains):
                terminal.tell(f"http://{site}.{base}:{address.port}/")
        if not sites:
            terminal.tell(f"http://localhost:{address.port}/ has no site yet: publish one.")
        terminal.remark(f"Serving {settings.store}. Ctrl-C ends it.")

    serve_application(
        partial(make_application, settings.store, options),
        Address(host, port),
        workers=workers,
        on_ready=announce,
    )
