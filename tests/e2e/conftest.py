"""A real browser, and real servers on free ports."""

from __future__ import annotations

import queue
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

COMMAND = (sys.executable, "-c", "from pectin.cli.main import main; main()")
PATIENCE_SECONDS = 60
WIDTHS = (1280, 320)
STICKING_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CHROMIUM_OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Process:
    """A `pectin` that runs, and the lines that it prints."""

    def __init__(self, *arguments: str) -> None:
        self._popen = subprocess.Popen(
            [*COMMAND, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        self.said: list[str] = []
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_for(self, text: str) -> str:
        """The next line that has `text` in it."""
        while True:
            line = self._lines.get(timeout=PATIENCE_SECONDS)
            assert line is not None, f"it ended without saying {text!r}:\n{''.join(self.said)}"
            self.said.append(line)
            if text in line:
                return line.rstrip("\n")

    def interrupt(self) -> int:
        """Press Ctrl-C, and return the exit code."""
        self._popen.send_signal(signal.SIGINT)
        return self._popen.wait(PATIENCE_SECONDS)

    def kill(self) -> None:
        """End it without a chance to clean up."""
        self._popen.kill()
        self._popen.wait()

    def close(self) -> None:
        """End it, if it has not ended."""
        # Not SIGKILL, which would orphan the workers of a server.
        self._popen.terminate()
        self._popen.wait(PATIENCE_SECONDS)
        self._reader.join()
        assert self._popen.stdout
        self._popen.stdout.close()

    def _read(self) -> None:
        assert self._popen.stdout
        for line in self._popen.stdout:
            self._lines.put(line)
        self._lines.put(None)


@pytest.fixture(scope="session")
def command() -> tuple[str, ...]:
    """What to run to run `pectin`."""
    return COMMAND


@pytest.fixture
def start() -> Iterator[Callable[..., Process]]:
    """`start("dev", "--port", "0")`: a running `pectin`, ended with the test."""
    started: list[Process] = []

    def start(*arguments: str) -> Process:
        started.append(Process(*arguments))
        return started[-1]

    yield start
    for process in started:
        process.close()


def find_chromium(playwright: Playwright) -> str | None:
    """The system's Chromium, else playwright's, if either is there."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    own = Path(playwright.chromium.executable_path)
    return found or (str(own) if own.exists() else None)


@pytest.fixture(scope="module")  # its event loop would be in the way of other rooms' tests
def browser() -> Iterator[Browser]:
    """Chromium. Without one the tests that need it are skipped."""
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)
    with sync_playwright() as playwright:
        found = find_chromium(playwright)
        if found is None:
            pytest.skip("there is no Chromium: tools/install-browser tells how to get one")
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page, which must end without an error in its console or a failed request."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(PATIENCE_SECONDS * 1000)
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def look_through(browser: Browser) -> Callable[[str, list[str]], list[str]]:
    """`look_through(url, paths)`: what sticks out of these pages, and what the console says of them.

    On a wide window and on the narrowest (WCAG 2.2, 1.4.10).
    """

    def look(url: str, paths: list[str]) -> list[str]:
        said: list[str] = []
        for width in WIDTHS:
            context = browser.new_context(viewport={"width": width, "height": 800})
            page = context.new_page()
            page.on("console", lambda message: said.append(message.text))
            page.on("pageerror", lambda error: said.append(str(error)))
            for path in paths:
                page.goto(url + path, wait_until="load")
                if page.evaluate(STICKING_OUT):
                    said.append(f"{path} is wider than {width}")
            context.close()
        return said

    return look


@pytest.fixture
def started_site(tmp_path: Path, start: Callable[..., Process]) -> Path:
    """The folder of a site that `pectin new` made."""
    folder = tmp_path / "plum"
    start("new", str(folder)).wait_for("pectin dev")
    return folder
