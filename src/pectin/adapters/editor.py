"""The editor of whoever runs the command."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from pectin.values.errors import Family, PectinError


class EditorMissing(PectinError):
    """There is no editor to open a file with."""

    code = "editor-missing"
    title = "There is no editor"
    family = Family.OPERATOR


def find_editor(environment: Mapping[str, str]) -> Sequence[str]:
    """The command of the editor: that of `VISUAL`, else of `EDITOR` (POSIX.1, `more`).

    Raises EditorMissing.
    """
    for name in ("VISUAL", "EDITOR"):
        text = environment.get(name, "")
        try:
            command = shlex.split(text)
        except ValueError as error:
            raise EditorMissing(
                f"{name} is {text!r}, which is no command: {error}", hint=f"set {name} anew"
            ) from None
        if command:
            return command
    raise EditorMissing("no editor is known", hint="set VISUAL or EDITOR, as in EDITOR=nano")


def open_editor(command: Sequence[str], path: Path) -> None:
    """Edit the file at `path`, until the editor ends. Raises EditorMissing where it cannot run."""
    try:
        subprocess.run([*command, str(path)], check=False)  # noqa: S603  # who runs it named it
    except OSError as error:
        raise EditorMissing(
            f"{command[0]} cannot be started: {error.strerror}",
            hint=f"set VISUAL or EDITOR to an editor; the page is at {path}",
        ) from error
