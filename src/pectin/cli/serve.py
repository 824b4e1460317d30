"""`pectin serve`."""

from __future__ import annotations

import os
import re
from functools import partial
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Any

import typer

from pectin.cli.options import HERE, Host, Port, Source, Store, make_settings

Network = IPv4Network | IPv6Network

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


def _parse_network(text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no address or network: {error}") from None


def _parse_field_name(text: str) -> str:
    if not re.fullmatch("[A-Za-z0-9-]+", text):
        raise typer.BadParameter(f"{text!r} is no name of a header")
    return text.lower()


Scheme = Annotated[
    str,
    typer.Option(
        "--scheme",
        metavar="http|https",
        help="What clients speak, where a proxy in front ends TLS; else what they speak to this server.",
    ),
]
Proxies = Annotated[
    list[Any] | None,
    typer.Option(
        "--proxy",
        metavar="NETWORK",
        parser=_parse_network,
        help="Where a proxy in front is, as in 10.0.0.0/8; may be repeated.",
    ),
]
CountryField = Annotated[
    str | None,
    typer.Option(
        "--country-header",
        metavar="NAME",
        parser=_parse_field_name,
        help="The header in which that proxy tells the client's country.",
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
    scheme: Scheme = "",
    proxy: Proxies = None,
    country_header: CountryField = None,
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
    from pectin.web.facts import Surroundings

    if scheme not in {"", "http", "https"}:
        raise typer.BadParameter(
            f"there is http and https, and no {scheme!r}", param_hint="--scheme"
        )
    if country_header and not proxy:
        raise typer.BadParameter(
            "a header is believed from a proxy alone: say with --proxy where it is",
            param_hint="--country-header",
        )
    settings = make_settings(source, store)
    domains = tuple(domain or ())
    debug = bool(os.environ.get("PECTIN_DEBUG"))
    options = Options(
        base_domains=domains,
        server_timing=timing,
        debug=debug,
        surroundings=Surroundings(scheme, country_header or "", tuple(proxy or ())),
    )
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
