"""The examples of docs/outputs.md are sites that build, and publish what the text says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from pectin.adapters.memory_source import MemorySource
from pectin.app.building import load_theme
from pectin.build.builder import build
from pectin.build.configuration.outputs import BUILT_IN

DOC = (Path(__file__).resolve().parents[2] / "docs/outputs.md").read_text(encoding="utf-8")
FILE = re.compile(r"`((?:content|templates)/[\w/.]+|pectin\.toml)`:\n\n```\w+\n(.*?)```", re.DOTALL)
PUBLISHED = re.compile(r"This publishes ((?:`[^`]+`[,\s]*)+)\.")
CONFIG = 'name = "jam"\ntitle = "Jam"\nurl = "https://example.org"\n'
SECTIONS = [part for part in DOC.split("\n## ") if FILE.search(part)]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda part: str(part).partition("\n")[0])
def test_an_example_publishes_what_it_says(section: str) -> None:
    files = dict(FILE.findall(section))
    config = CONFIG + files.pop("pectin.toml", "")
    said = [path for text in PUBLISHED.findall(section) for path in re.findall(r"`([^`]+)`", text)]
    made: set[str] = set()
    built = build(
        MemorySource({"pectin.toml": config, **files}),
        today=date(2026, 8, 1),
        emit=lambda file: made.add(file.path),
        theme=load_theme(),
    )
    assert built.problems == ()
    assert set(said) <= made


def test_every_format_is_in_the_table_with_its_file() -> None:
    rows = re.findall(
        r"^\| ((?:`[\w-]+`(?:, )?)+) \| ((?:`[\w.-]+`(?:, )?)+) \|", DOC, re.MULTILINE
    )
    told = {
        (name, file)
        for names, files in rows
        for name, file in zip(
            re.findall(r"`([^`]+)`", names), re.findall(r"`([^`]+)`", files), strict=True
        )
    }
    assert told == {(one.name, one.file_name) for one in BUILT_IN.values()}
