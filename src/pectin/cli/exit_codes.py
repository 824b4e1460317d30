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
    CUT_OFF = 141


MEANINGS = {
    ExitCode.OK: "done",
    ExitCode.AUTHOR: "the site has errors, pectin.toml too, or what was verified differs",
    ExitCode.USAGE: "the command line is wrong",
    ExitCode.OPERATOR: "the surroundings are at fault: a folder, a setting, the store, the disk, the port",
    ExitCode.CONFLICT: "another publish was first, the deploy is live already, or there is none like it",
    ExitCode.BUG: "Pectin has a bug",
    ExitCode.INTERRUPTED: "interrupted by Ctrl-C, which is how `dev` and `serve` end well, with 0",
    ExitCode.CUT_OFF: "the reader of the output left before its end, as `head` does",
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
