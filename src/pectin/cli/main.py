"""The command `pectin`: its subcommands, and how an error ends it."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress
from typing import Annotated, NoReturn

import typer
import typer.core

from pectin import __version__
from pectin.cli.build import build
from pectin.cli.check import check
from pectin.cli.deploys import deploys
from pectin.cli.dev import dev
from pectin.cli.diff import diff
from pectin.cli.display import show
from pectin.cli.exit_codes import EXIT_CODES, ExitCode, render_meanings
from pectin.cli.gc import gc
from pectin.cli.new import make_new
from pectin.cli.options import Asked
from pectin.cli.publish import publish
from pectin.cli.rollback import rollback
from pectin.cli.serve import serve
from pectin.cli.verify import verify
from pectin.values.errors import Family, PectinError

COMMANDS = (dev, check, build, publish, deploys, diff, rollback, serve, verify, gc)
_HELP = "Pectin sets the Jamstack: build a site, publish it atomically, serve it from the edge."


class _Commands(typer.core.TyperGroup):
    """The commands in the order in which people come to need them."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # see NewGroup
        """The names, as the help has them."""
        return sorted(super().list_commands(ctx), key=lambda name: name != "new")


def make_application() -> typer.Typer:
    """The command line, ready to be called."""
    application = typer.Typer(
        help=_HELP,
        cls=_Commands,
        epilog=f"\b\nExit codes:\n{render_meanings()}\n",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,  # its help takes 100 ms to import
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    application.callback()(_root)
    application.add_typer(make_new())
    for command in COMMANDS:
        application.command()(command)
    return application


class SystemRefused(PectinError):
    """The operating system refused what the command needs, and nothing nearer explains it."""

    code = "system"
    title = "The system refused"
    family = Family.OPERATOR

    def __init__(self, error: OSError) -> None:
        about = f"{error.filename}: " if error.filename else ""
        super().__init__(
            f"{about}{error.strerror or error}",
            hint="check the disk and the permissions, those of where the output goes too",
        )


def main() -> NoReturn:
    """Run the command line of this process, and end it with the exit code."""
    try:
        code = _run()
    except SystemExit as end:
        # Both Typer and rich end with 1 when the reader of their output has left.
        cut_off = isinstance(end.__context__, BrokenPipeError)
        code = ExitCode.CUT_OFF if cut_off else end.code
    with suppress(OSError):  # whatever could not be written was told when it was
        sys.stdout.flush()
        sys.stderr.flush()
    # At once: to take the objects of a large site apart first takes Python half a second.
    os._exit(code if isinstance(code, int) else int(code is not None))


def _run() -> int | str | None:
    asked = Asked()
    try:
        make_application()(obj=asked)
    except PectinError as error:
        return _tell(error, asked)
    except OSError as error:
        return _tell(SystemRefused(error), asked)
    except Exception as error:  # noqa: BLE001  # the last line of defence: people get no traceback
        return _tell_bug(error)
    return ExitCode.OK


def _print_version(asked: bool) -> None:  # noqa: FBT001  # as Typer calls it
    if asked:
        typer.echo(f"pectin {__version__}")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option(
        "--version", help="Print Pectin's version.", is_eager=True, callback=_print_version
    ),
]


def _root(*, version: Version = False) -> None:
    """Take the options that stand before a command."""


def _tell(error: PectinError, asked: Asked) -> int:
    from pectin.cli.terminal import Terminal  # rich takes 60 ms, and help needs none of it

    terminal = Terminal()
    try:
        if asked.json:
            terminal.answer_error(error)
        else:
            terminal.tell_error(error)
    except OSError:  # standard output may be what failed
        terminal.tell_error(error)
    if os.environ.get("PECTIN_DEBUG"):
        traceback.print_exception(error)
    return EXIT_CODES[error.family]


def _tell_bug(error: Exception) -> int:
    if os.environ.get("PECTIN_DEBUG"):
        traceback.print_exception(error)
    else:
        sys.stderr.write(
            f"error[bug]: Pectin failed: {show(f'{type(error).__name__}: {error}')}\n"
            "  = hint: this is a fault of Pectin. Run it again with PECTIN_DEBUG=1, and report\n"
            "          what it prints with what you did.\n"
        )
    return ExitCode.BUG
