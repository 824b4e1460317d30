"""What the command's exit code means: one table over whose fault it is."""

from __future__ import annotations

from enum import IntEnum

from pectin.values.errors import Family


class ExitCode(IntEnum):
    """A process's exit status."""

    OK = 0
    AUTHOR = 1
    USAGE = 2
    OPERATOR = 3
    CONFLICT = 4
    BUG = 70
    INTERRUPTED = 130


MEANINGS = {
    ExitCode.OK: "done",
    ExitCode.AUTHOR: "the site has errors, or what was verified differs",
    ExitCode.USAGE: "the command line is wrong",
    ExitCode.OPERATOR: "the configuration, the store or the disk is at fault",
    ExitCode.CONFLICT: "another publish was first, or there is no such deploy",
    ExitCode.BUG: "Pectin has a bug",
    ExitCode.INTERRUPTED: "interrupted by Ctrl-C",
}

EXIT_CODES = {
    Family.AUTHOR: ExitCode.AUTHOR,
    Family.CLIENT: ExitCode.CONFLICT,
    Family.OPERATOR: ExitCode.OPERATOR,
    Family.BUG: ExitCode.BUG,
}


def render_meanings() -> str:
    """The table as lines of text, for `--help`."""
    return "\n".join(f"{code:>5}  {meaning}" for code, meaning in MEANINGS.items())
