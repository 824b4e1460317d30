"""The tour in README.md, typed word by word."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
BLOCKING = ("pectin dev", "pectin serve")


def list_terminals() -> list[list[str]]:
    """The commands that the tour has for each terminal, without their remarks."""
    tour = README.partition("## A tour in sixty seconds")[2].partition("\n## ")[0]
    blocks = re.findall(r"^```\n(.*?)^```$", tour, re.MULTILINE | re.DOTALL)
    return [re.findall(r"^\$ (.*?)(?: +# .*)?$", block, re.MULTILINE) for block in blocks]


def test_every_command_of_the_tour_ends_well(tmp_path: Path, command: tuple[str, ...]) -> None:
    checkout = tmp_path / "checkout"
    programs = checkout / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "activate").write_text(f'PATH="{programs}:$PATH"\n')
    pectin = programs / "pectin"
    pectin.write_text(f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n')
    pectin.chmod(0o755)
    terminals = list_terminals()
    assert [len(commands) for commands in terminals] == [5, 7]
    said = ""
    for commands in terminals:
        typed = [line for line in commands if line not in BLOCKING]
        script = "\n".join(f"{line} || exit 1" for line in typed)
        done = subprocess.run(
            ["bash", "-xc", script],
            cwd=checkout,
            env=dict(os.environ),
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stdout + done.stderr
        said += done.stdout
    assert "\nReproduced: " in said
    moves = [line.split()[2] for line in said.splitlines()[-3:]]
    assert moves == ["rollback", "publish", "publish"]


def test_the_tour_shows_the_servers_in_the_first_terminal() -> None:
    first, second = list_terminals()
    assert [line for line in first if line in BLOCKING] == list(BLOCKING)
    assert not set(second) & set(BLOCKING)
