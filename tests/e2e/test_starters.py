"""New sites as a browser shows them: nothing is refused by their policy, and nothing sticks out."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser

from pectin.app.scaffold import STARTERS, start_site

WIDTHS = (1280, 320)
STICKING_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Process(Protocol):
    """As conftest.py starts them."""

    def wait_for(self, text: str) -> str:
        """The next line that has `text` in it."""


@pytest.mark.parametrize("starter", STARTERS)
def test_every_page_of_a_new_site_fits_and_is_not_refused_anything(
    starter: str,
    tmp_path: Path,
    start: Callable[..., Process],
    command: tuple[str, ...],
    browser: Browser,
) -> None:
    root = tmp_path / "plum"
    start_site(root, starter=starter)
    subprocess.run([*command, "publish", "-q"], cwd=root, check=True)
    url = start("serve", "--port", "0", "--source", str(root)).wait_for("http://").rstrip("/")
    out = root / ".out"
    subprocess.run([*command, "build", "-q", "--out", str(out)], cwd=root, check=True)
    paths = re.findall(r"<loc>https://example\.org(/.*?)</loc>", (out / "sitemap.xml").read_text())
    assert paths
    said: list[str] = []
    for width in WIDTHS:
        context = browser.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        for path in paths:
            page.goto(url + path, wait_until="load")
            assert page.evaluate(STICKING_OUT) == 0, (path, width)
        context.close()
    assert said == []
