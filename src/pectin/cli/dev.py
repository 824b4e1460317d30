"""`pectin dev`."""

from __future__ import annotations

from pectin.cli.options import HERE, Host, Offline, Port, Site, Source, make_settings


def dev(
    *,
    source: Source = HERE,
    site: Site = None,
    host: Host = "127.0.0.1",
    port: Port = 8787,
    offline: Offline = False,
) -> None:
    """Show the site while you write it.

    Every save rebuilds it and reloads the browser; new stylesheets are put in without that. Drafts and
    future pages are shown, and marked. The list of all pages tells why each was rendered. The server is the one of production, with a store in
    memory; only this machine can reach it. Ctrl-C ends it.
    """
    from pectin.app.dev import Listeners, Rebuilt, develop
    from pectin.app.serving import Address
    from pectin.cli.problems import render_problem
    from pectin.cli.records import describe_rebuild
    from pectin.cli.terminal import Terminal

    terminal = Terminal()
    told = ""

    def welcome(url: str) -> None:
        nonlocal told
        told = url
        terminal.tell(f"{url}\nAll pages: {url}.pectin/pages\nCtrl-C ends it.")

    def tell(rebuilt: Rebuilt) -> None:
        nonlocal told
        terminal.tell_problems(rebuilt.problems)
        terminal.tell(describe_rebuild(rebuilt))
        if rebuilt.url not in ("", told):
            told = rebuilt.url
            terminal.tell(f"The site is at {told} from now on.")

    listeners = Listeners(
        on_ready=welcome,
        on_rebuilt=tell,
        render=lambda problem: render_problem(problem).plain,
    )
    develop(make_settings(source, None, site, offline=offline), Address(host, port), listeners)
