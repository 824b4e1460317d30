"""`pectin dev`."""

from __future__ import annotations

from pectin.cli.options import HERE, Host, Port, Site, Source, make_settings


def dev(
    *,
    source: Source = HERE,
    site: Site = None,
    host: Host = "127.0.0.1",
    port: Port = 8787,
) -> None:
    """Show the site while you write it.

    Every save rebuilds it and reloads the browser. Drafts and future pages are shown. The server is the one of production, with a store in
    memory; only this machine can reach it. Ctrl-C ends it.
    """
    from pectin.app.dev import Listeners, Rebuilt, develop
    from pectin.app.serving import Address
    from pectin.cli.problems import render_problem
    from pectin.cli.records import render_count
    from pectin.cli.terminal import Terminal

    terminal = Terminal()

    def tell(rebuilt: Rebuilt) -> None:
        terminal.tell_problems(rebuilt.problems)
        changed = ", ".join(sorted(rebuilt.changed)[:3]) or "Built"
        outcome = (
            render_count(rebuilt.pages, "page") if rebuilt.succeeded else "the last good site stays"
        )
        terminal.tell(f"{changed}: {outcome}, {rebuilt.milliseconds:,.0f} ms")

    listeners = Listeners(
        on_ready=lambda url: terminal.tell(f"{url}\nCtrl-C ends it."),
        on_rebuilt=tell,
        render=lambda problem: render_problem(problem).plain,
    )
    develop(make_settings(source, None, site), Address(host, port), listeners)
