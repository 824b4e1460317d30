"""Search in a browser, without a server that searches, under a strict Content-Security-Policy."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Page, expect

COMMAND = (sys.executable, "-c", "from pectin.cli.main import main; main()")
CONFIG = """
name = "jam"
title = "Jam"
url = "https://example.org"
[search]
enabled = true
[[headers]]
for = "/*"
[headers.values]
Content-Security-Policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
"""


class Process(Protocol):
    """As conftest.py starts them."""

    def wait_for(self, text: str) -> str:
        """The next line that has `text` in it."""


def test_a_visitor_finds_a_page_by_a_word_in_it(
    tmp_path: Path, start: Callable[..., Process], page: Page
) -> None:
    site = tmp_path / "jam"
    (site / "content").mkdir(parents=True)
    (site / "static").mkdir()
    (site / "static/favicon.ico").write_bytes(b"")
    (site / "pectin.toml").write_text(CONFIG)
    (site / "content/quince.md").write_text("---\ntitle: Quinces\n---\nA fragrant fruit.\n")
    (site / "content/plum.md").write_text("---\ntitle: Plums\n---\nA purple fruit.\n")
    subprocess.run([*COMMAND, "publish", "--source", site], check=True, capture_output=True)
    server = start("serve", "--store", str(site / ".pectin"), "--port", "0")
    page.goto(server.wait_for("http://jam.localhost:").split()[-1])
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first.fill("fragrant")
    result = page.get_by_role("link", name="Quinces").or_(
        page.get_by_role("option", name="Quinces")
    )
    expect(result.first).to_be_visible()
    result.first.click()
    expect(page.get_by_role("heading", name="Quinces")).to_be_visible()
