"""New sites as a browser shows them: nothing is refused by their policy, and nothing sticks out."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Page, expect
from tools.documentation import ROOT, assemble

from pectin.app.scaffold import STARTERS, start_site

LookThrough = Callable[[str, list[str]], list[str]]


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
    look_through: LookThrough,
) -> None:
    root = tmp_path / "plum"
    start_site(root, starter=starter)
    subprocess.run([*command, "publish", "-q"], cwd=root, check=True)
    url = start("serve", "--port", "0", "--source", str(root)).wait_for("http://").rstrip("/")
    out = root / ".out"
    subprocess.run([*command, "build", "-q", "--out", str(out)], cwd=root, check=True)
    paths = re.findall(r"<loc>https://example\.org(/.*?)</loc>", (out / "sitemap.xml").read_text())
    assert paths
    assert look_through(url, paths) == []


def test_the_documentation_fits_is_not_refused_anything_and_finds_what_is_asked(
    tmp_path: Path,
    start: Callable[..., Process],
    command: tuple[str, ...],
    look_through: LookThrough,
    page: Page,
) -> None:
    assemble(tmp_path)
    subprocess.run([*command, "publish", "-q", "--source", str(tmp_path)], check=True)
    url = start("serve", "--port", "0", "--source", str(tmp_path)).wait_for("http://").rstrip("/")
    guides = [f"/{path.stem}/" for path in (ROOT / "docs").glob("*.md")]
    assert look_through(url, ["/", "/decisions/", "/project/architecture/", *guides]) == []
    page.goto(f"{url}/")
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first.fill("paginator")
    found = page.locator("pagefind-searchbox").get_by_text("Templates").first
    expect(found).to_be_visible()
