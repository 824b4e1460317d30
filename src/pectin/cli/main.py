"""The command `pectin`: its subcommands, and how an error ends it."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Annotated, NoReturn

import typer

from pectin import __version__
from pectin.cli.build import build
from pectin.cli.check import check
from pectin.cli.deploys import deploys
from pectin.cli.dev import dev
from pectin.cli.diff import diff
from pectin.cli.exit_codes import EXIT_CODES, ExitCode, render_meanings
from pectin.cli.gc import gc
from pectin.cli.new import new
from pectin.cli.publish import publish
from pectin.cli.rollback import rollback
from pectin.cli.serve import serve
from pectin.cli.verify import verify
from pectin.values.errors import PectinError

COMMANDS = (new, dev, check, build, publish, deploys, diff, rollback, serve, verify, gc)
_HELP = "Pectin sets the Jamstack: build a site, publish it atomically, serve it from the edge."


def make_application() -> typer.Typer:
    """The command line, ready to be called."""
    application = typer.Typer(
        help=_HELP,
        epilog=f"\b\nExit codes:\n{render_meanings()}\n",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,  # its help takes 100 ms to import
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    application.callback()(_root)
    for command in COMMANDS:
        application.command()(command)
    return application


def main() -> NoReturn:
    """Run the command line of this process, and end it with the exit code."""
    try:
        make_application()()
    except SystemExit as end:
        _leave(end.code)
    except PectinError as error:
        _leave(_tell(error))
    except Exception as error:  # noqa: BLE001  # the last line of defence: people get no traceback
        _leave(_tell_bug(error))
    _leave(ExitCode.OK)


def _leave(code: int | str | None) -> NoReturn:
    """End at once. To take the objects of a large site apart first takes Python half a second."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        code = ExitCode.AUTHOR  # as Typer ends when the reader has left
    os._exit(code if isinstance(code, int) else int(code is not None))


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


def _tell(error: PectinError) -> int:
    from pectin.cli.terminal import Terminal  # rich takes 60 ms, and help needs none of it

    if "--json" in sys.argv:
        Terminal().answer_error(error)
    else:
        Terminal().tell_error(error)
    if os.environ.get("PECTIN_DEBUG"):
        traceback.print_exception(error)
    return EXIT_CODES[error.family]


def _tell_bug(error: Exception) -> int:
    if os.environ.get("PECTIN_DEBUG"):
        traceback.print_exception(error)
    else:
        sys.stderr.write(
            f"error[bug]: Pectin failed: {type(error).__name__}: {error}\n"
            "  = hint: this is a fault of Pectin. Run it again with PECTIN_DEBUG=1, and report\n"
            "          what it prints with what you did.\n"
        )
    return ExitCode.BUG
