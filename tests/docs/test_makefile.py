"""What `make setup` does with what it finds."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

MAKEFILE = Path(__file__).resolve().parents[2] / "Makefile"


def write_program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    return path


@pytest.mark.parametrize(
    ("pip_ends_with", "made"),
    [(1, "-m venv --clear .venv\n"), (0, "")],
    ids=["half-made", "whole"],
)
def test_an_environment_without_pip_is_made_again(
    pip_ends_with: int, made: str, tmp_path: Path
) -> None:
    """`python -m venv` that was interrupted leaves an interpreter and no pip."""
    (tmp_path / "Makefile").write_text(MAKEFILE.read_text())
    for name in ("pyproject.toml", "requirements.lock"):
        (tmp_path / name).touch()
    write_program(tmp_path / ".venv" / "bin" / "python", f"exit {pip_ends_with}")
    calls = tmp_path / "calls"
    calls.touch()
    python = write_program(tmp_path / "python", f'echo "$@" >> {calls}')
    subprocess.run(
        ["make", "-s", "setup", f"PYTHON={python}", "PIP=true"], cwd=tmp_path, check=True
    )
    assert calls.read_text() == made
