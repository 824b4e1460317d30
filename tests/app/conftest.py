"""A small site on the disk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pectin.app.settings import Settings

CONFIG = """\
name = "plum"
title = "Plum"
url = "https://plum.example"

[[redirects]]
from = "/old/"
to = "/about/?a=1&b=<2>"

[[redirects]]
from = "/years/*"
to = "/"
"""


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The folder of a site of two pages, with two redirects."""
    root = tmp_path / "site"
    write(
        root,
        {
            "pectin.toml": CONFIG,
            "content/_index.md": "## Plums\n",
            "content/about.md": "---\ntitle: About\n---\nOn plums.\n",
        },
    )
    return root


@pytest.fixture
def settings(site: Path) -> Settings:
    """The settings of a command about that site."""
    return Settings(
        source=site,
        store=site / ".pectin",
        site=None,
        now=1_790_000_000,
        today=date(2026, 9, 21),
        user="anna",
    )
