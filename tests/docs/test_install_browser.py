"""A developer without a browser, and without the rights to install one, can run all other tests."""

from __future__ import annotations

import subprocess
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "tools" / "install-browser"


def run(tools: Path, **programs: str) -> subprocess.CompletedProcess[str]:
    """What the script does where there are only `programs`, each a line of a shell."""
    tools.mkdir()
    for name, line in programs.items():
        program = tools / name
        program.write_text(f"#!/bin/sh\n{line}\n")
        program.chmod(0o755)
    return subprocess.run(
        ["/bin/sh", str(SCRIPT), str(tools / "python")],
        env={"PATH": str(tools)},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def test_a_browser_that_is_there_is_enough(tmp_path: Path) -> None:
    done = run(tmp_path / "bin", chromium="exit 1", python="exit 1")
    assert (done.returncode, done.stderr) == (0, "")


def test_playwright_is_asked_where_nothing_can_be_installed(tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    line = f'echo "$@" > {asked}'
    done = run(tmp_path / "bin", python=line, id="echo 1000", **{"apt-get": "exit 1"})
    assert (done.returncode, done.stderr) == (0, "")
    assert asked.read_text() == "-m playwright install chromium\n"


def test_playwright_is_asked_where_the_package_cannot_be_installed(tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    line = f'echo "$@" > {asked}'
    done = run(tmp_path / "bin", python=line, id="echo 0", **{"apt-get": "exit 100"})
    assert done.returncode == 0
    assert asked.exists()


def test_without_any_browser_it_says_what_is_missing_and_what_becomes_of_the_tests(
    tmp_path: Path,
) -> None:
    done = run(tmp_path / "bin", python="exit 1")
    assert done.returncode == 0
    assert "will be skipped" in done.stderr
    assert "playwright install --with-deps chromium" in done.stderr
