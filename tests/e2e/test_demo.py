"""What `make demo` shows, seen in a real browser on wide and narrow windows, light and dark."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, Protocol

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

ROOT = Path(__file__).resolve().parents[2]
PRESERVE = ROOT / "examples" / "preserve"
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}
NARROWEST: ViewportSize = {"width": 320, "height": 700}
PATHS = (
    "",
    "recipes/jam/damson-jam/",
    "craft/science/pectin/",
    "seasons/",
    "archive/",
    "about/",
    "nowhere",
)

MEASURE = """async () => {
    let shift = 0;
    const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shift += entry.value;
    });
    observer.observe({ type: "layout-shift", buffered: true });
    window.scrollTo(0, document.body.scrollHeight);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const root = document.documentElement;
    return { overflow: root.scrollWidth - root.clientWidth, shift };
}"""

FETCH = """async (url) => {
    const got = await fetch(url, { cache: "no-store" });
    return [got.status, got.headers.get("content-type")];
}"""


class Process(Protocol):
    """As conftest.py starts them."""

    def wait_for(self, text: str) -> str:
        """The next line that has `text` in it."""

    def interrupt(self) -> int:
        """The exit code."""


@pytest.fixture
def magazine(tmp_path: Path) -> Path:
    """A copy of the example that may be edited."""
    folder = tmp_path / "preserve"
    shutil.copytree(PRESERVE, folder, ignore=shutil.ignore_patterns(".pectin"))
    return folder


@pytest.fixture
def address(
    magazine: Path, start: Callable[..., Process], publish: Callable[[], None]
) -> Iterator[str]:
    """The address of the published magazine, which two workers serve."""
    publish()
    server = start("serve", "--source", str(magazine), "--port", "0", "--workers", "2")
    yield server.wait_for("http://").strip()
    server.interrupt()


@pytest.fixture
def publish(magazine: Path, command: tuple[str, ...]) -> Callable[[], None]:
    """Publishes the magazine as it is now."""

    def publish() -> None:
        subprocess.run([*command, "publish", "-q", "--source", str(magazine)], check=True)

    return publish


@pytest.mark.parametrize("viewport", [WIDE, NARROW, NARROWEST], ids=["wide", "narrow", "narrowest"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_their_window_and_do_not_shift(
    address: str, browser: Browser, viewport: ViewportSize, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    page = context.new_page()
    for path in PATHS:
        page.goto(address + path)
        measured = page.evaluate(MEASURE)
        assert measured["overflow"] <= 0, path
        assert measured["shift"] < 0.01, path
    context.close()


def test_an_open_page_finds_its_old_stylesheet_after_a_new_deploy(
    address: str, magazine: Path, publish: Callable[[], None], page: Page
) -> None:
    page.goto(address)
    sheet = page.eval_on_selector("link[rel=stylesheet]", "link => link.href")
    css = magazine / "assets" / "css" / "main.css"
    css.write_text(css.read_text(encoding="utf-8") + "\nbody { outline: 0 }\n", encoding="utf-8")
    publish()
    assert page.evaluate(FETCH, sheet) == [200, "text/css; charset=utf-8"]
    page.reload()
    assert page.eval_on_selector("link[rel=stylesheet]", "link => link.href") != sheet


def test_an_edited_page_is_shown_after_its_publish(
    address: str, magazine: Path, publish: Callable[[], None], page: Page
) -> None:
    page.goto(address + "about/")
    about = magazine / "content" / "about.md"
    text = about.read_text(encoding="utf-8")
    about.write_text(re.sub(r"^title:.*$", "title: Renamed", text, flags=re.MULTILINE), "utf-8")
    publish()
    page.reload()
    expect(page).to_have_title(re.compile("Renamed"))


def list_arguments(text: str, magazine: Path) -> list[list[str]]:
    """What is given to `pectin` in each line of `text`, about a copy of the magazine."""
    lines = [line.partition("#")[0] for line in text.splitlines()]
    found = [line.partition("pectin ")[2].split() for line in lines if "pectin " in line]
    known = {"examples/preserve": str(magazine), "$(PORT)": "0"}
    return [[known.get(word, word) for word in words] for words in found]


def test_make_demo_serves_a_site_that_the_readme_edits_and_publishes_again(
    magazine: Path, command: tuple[str, ...], start: Callable[..., Process]
) -> None:
    makefile, readme = ((ROOT / name).read_text("utf-8") for name in ("Makefile", "README.md"))
    recipe = list_arguments(makefile.partition("\ndemo:")[2].partition("\n\n")[0], magazine)
    edits = list_arguments(readme.partition("While the demo")[2].split("```")[1], magazine)
    assert [words[0] for words in recipe] == ["publish", "serve"]
    assert [words[0] for words in edits] == ["publish", "deploys", "rollback"]
    subprocess.run([*command, *recipe[0]], check=True, capture_output=True)
    server = start(*recipe[1])
    server.wait_for("http://preserve.localhost:")
    with (magazine / "content" / "about.md").open("a", encoding="utf-8") as about:
        about.write("\nSince 1850.\n")
    said = [
        subprocess.run([*command, *words], check=True, capture_output=True, text=True).stdout
        for words in edits
    ]
    assert " ~" in said[0]
    assert len(said[1].splitlines()) == 3
    assert server.interrupt() == 0
