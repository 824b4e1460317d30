"""The examples of docs/data.md are sites that build, and publish what the text says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from pectin.adapters.memory_source import MemorySource
from pectin.app.building import load_theme
from pectin.build.builder import build

DOC = (Path(__file__).resolve().parents[2] / "docs/data.md").read_text(encoding="utf-8")
FILE = re.compile(r"`((?:data|content|templates)/[\w/.]+)`:\n\n```\w+\n(.*?)```", re.DOTALL)
PUBLISHED = re.compile(r"This publishes ([^.]+)\.")
CONFIG = 'name = "jam"\ntitle = "Jam"\nurl = "https://example.org"\n'
SECTIONS = [part for part in DOC.split("\n## ") if PUBLISHED.search(part)]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda part: str(part).partition("\n")[0])
def test_an_example_publishes_what_it_says(section: str) -> None:
    files = dict(FILE.findall(section))
    said = [path for text in PUBLISHED.findall(section) for path in re.findall(r"`([^`]+)`", text)]
    made: set[str] = set()
    built = build(
        MemorySource({"pectin.toml": CONFIG, **files}),
        today=date(2026, 8, 1),
        emit=lambda file: made.add(file.path),
        theme=load_theme(),
    )
    assert built.problems == ()
    assert {f"{path}index.html" for path in said} <= made
