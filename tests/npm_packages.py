"""Programs of npm that tests compare Pectin with, asked line by line."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent / "npm"
FOLDER = Path(sys.prefix) / "npm"


class Asked:
    """A program that answers questions, each a line of JSON."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, question: str, **arguments: Any) -> Any:
        """The answer to `question`. Raises RuntimeError where the program has none."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"ask": question, **arguments}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["answer"]


@contextmanager
def start(script: str) -> Iterator[Asked]:
    """The program `script` of tests/npm while it runs. Skips the test where npm's packages are missing."""
    node = shutil.which("node")
    if node is None or not (FOLDER / "node_modules").is_dir():
        pytest.skip("Node.js and the packages of tests/npm are missing: run `make test`")
    with subprocess.Popen(
        [node, str(HERE / script), str(FOLDER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            yield Asked(process)
        finally:
            process.kill()
