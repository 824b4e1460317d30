"""Loaders in processes of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pectin.adapters.loader_process import Run, run_loaders
from pectin.data.order import Failure


class Site:
    """A folder with loaders."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.environment: dict[str, str] = {"PATH": "/usr/bin:/bin"}
        (root / "data").mkdir()

    def write(self, name: str, text: str) -> None:
        (self.root / "data" / name).write_text(text)

    def run(self, *runs: Run) -> list[bytes | Failure]:
        return run_loaders(runs, self.root, self.root / "responses", self.environment)

    def load(
        self,
        text: str,
        *,
        secrets: tuple[str, ...] = (),
        timeout: int = 60,
        previous: Path | None = None,
    ) -> Any:
        self.write("a.py", text)
        file = self.root / "data" / "a.py"
        (found,) = self.run(Run("data/a.py", file, secrets, timeout, previous))
        return found if isinstance(found, Failure) else json.loads(found)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_a_loader_gives_data(site: Site) -> None:
    assert site.load("def load(context):\n    return {'n': [1, None]}\n") == {"n": [1, None]}


def test_loaders_import_what_lies_beside_them(site: Site) -> None:
    site.write("_client.py", "JAMS = ['plum']\n")
    assert site.load("from _client import JAMS\ndef load(context): return JAMS\n") == ["plum"]
    assert not (site.root / "data" / "__pycache__").exists()


def test_what_is_printed_is_no_data(site: Site) -> None:
    assert (
        site.load(
            "import os\ndef load(c):\n    print('hi')\n    os.system('echo hi')\n    return 1\n"
        )
        == 1
    )


def test_an_error_is_told_with_its_line_and_the_way_there(site: Site) -> None:
    site.write(
        "_client.py", "def fetch():\n    print('asking')\n    raise ValueError('no plums')\n"
    )
    found = site.load("from _client import fetch\n\ndef load(context):\n    return fetch()\n")
    assert found == Failure(
        "loader-failed",
        "ValueError: no plums",
        "data/_client.py",
        3,
        "raise ValueError('no plums')",
        ("called from data/a.py:4", "it printed: asking"),
    )


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("from pectin.data import LoaderError\ndef load(c): raise LoaderError('closed')\n", "loader-failed", "closed"),
        ("def load(c): return {1}\n", "loader-value", "the whole is a set, which has no order: sort it into a list"),
        ("import sys\ndef load(c): sys.exit(3)\n", "loader-failed", "SystemExit: 3"),
        ("import os\ndef load(c): os._exit(3)\n", "loader-failed", "the loader's process ended with 3, and said nothing"),
        ("import nowhere\ndef load(c): pass\n", "loader-failed", "ModuleNotFoundError: No module named 'nowhere'"),
        ("def load(c): return c.secret('KEY')\n", "loader-failed", 'the secret KEY is not declared: write @loader(secrets=["KEY"])'),
    ],
)  # fmt: skip
def test_every_failure_has_its_code(site: Site, text: str, code: str, message: str) -> None:
    found = site.load(text)
    assert (found.code, found.message, found.file) == (code, message, "data/a.py")


def test_a_loader_that_takes_too_long_ends_with_all_that_it_started(site: Site) -> None:
    text = "import subprocess, sys\ndef load(c):\n    print('began', flush=True)\n    subprocess.run(['sleep', '600'])\n"
    found = site.load(text, timeout=1)
    assert found.code == "loader-timeout"
    assert "longer than 1 seconds" in found.message


def test_only_declared_secrets_come_in(site: Site) -> None:
    site.environment |= {"KEY": "plum-and-fig", "OTHER": "x"}
    text = "import os\ndef load(c):\n    return [len(c.secret('KEY')), 'OTHER' in os.environ]\n"
    assert site.load(text, secrets=("KEY",)) == [12, False]


def test_no_secret_goes_out(site: Site) -> None:
    site.environment["KEY"] = "plum-and-fig"
    shown = site.load("def load(c): return ['at ' + c.secret('KEY')]\n", secrets=("KEY",))
    assert (shown.code, "plum-and-fig" in str(shown)) == ("loader-secret", False)
    raised = site.load("def load(c): raise ValueError(c.secret('KEY'))\n", secrets=("KEY",))
    assert raised.message == "ValueError: <KEY>"
    printed = site.load("def load(c):\n    print(c.secret('KEY'))\n    1/0\n", secrets=("KEY",))
    assert "plum-and-fig" not in str(printed)


def test_the_last_data_are_at_hand(site: Site, tmp_path: Path) -> None:
    (tmp_path / "before").write_text("[1]")
    text = "def load(c): return c.previous + [2]\n"
    assert site.load(text, previous=tmp_path / "before") == [1, 2]


def test_loaders_run_side_by_side_and_answer_in_order(site: Site) -> None:
    waiting = "import time, pathlib\ndef load(c):\n    p = pathlib.Path(c.root, 'there')\n    while not p.exists(): time.sleep(0.01)\n    return 'a'\n"
    telling = (
        "import pathlib\ndef load(c):\n    pathlib.Path(c.root, 'there').touch()\n    return 'b'\n"
    )
    site.write("a.py", waiting)
    site.write("b.py", telling)
    runs = [Run(f"data/{n}.py", site.root / "data" / f"{n}.py", (), 60, None) for n in "ab"]
    assert site.run(*runs) == [b'"a"', b'"b"']


def test_order_of_sets_is_the_same_in_every_run(site: Site) -> None:
    text = "def load(c): return list({'plum', 'fig', 'pear', 'quince', 'sloe', 'haw'})\n"
    assert len({tuple(site.load(text)) for _ in range(3)}) == 1
