"""`pectin serve` with a real browser and real processes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import sleep
from typing import Protocol
from urllib.parse import urldefrag, urlsplit

import httpx
import pytest
from playwright.sync_api import Page, Request, Response

PRESERVE = Path(__file__).resolve().parents[2] / "examples" / "preserve"
COMMAND = (sys.executable, "-c", "from pectin.cli.main import main; main()")


class Process(Protocol):
    """As conftest.py starts them."""

    def wait_for(self, text: str) -> str:
        """The next line that has `text` in it."""

    def interrupt(self) -> int:
        """The exit code."""

    def kill(self) -> None:
        """End it without a chance to clean up."""


Start = Callable[..., Process]


def run(*arguments: str | Path) -> str:
    done = subprocess.run([*COMMAND, *arguments], check=True, capture_output=True, text=True)
    return done.stdout


def read(url: str, host: str, path: str) -> httpx.Response:
    port = urlsplit(url).port
    return httpx.get(f"http://127.0.0.1:{port}{path}", headers={"host": f"{host}:{port}"})


def test_every_address_of_a_site_is_told_at_the_start(start: Start, started_site: Path) -> None:
    run("publish", "--source", started_site)
    store = str(started_site / ".pectin")
    server = start("serve", "--store", store, "--port", "0", "--domain", "Example.dev.")
    port = urlsplit(server.wait_for("http://plum.localhost:")).port
    url = server.wait_for(f"http://plum.example.dev:{port}/")
    assert read(url, "plum.example.dev", "/about/").status_code == 200


def test_a_publish_and_a_rollback_are_seen_by_every_worker_at_once(
    start: Start, started_site: Path
) -> None:
    store = started_site / ".pectin"
    run("publish", "--source", started_site)
    server = start("serve", "--store", str(store), "--port", "0", "--workers", "2")
    url = server.wait_for("http://plum.localhost:")
    about = started_site / "content" / "about.md"
    first = read(url, "plum.localhost", "/about/").text
    about.write_text("---\ntitle: About\n---\nMirabelles.\n")
    second_id = run("publish", "--source", started_site).split(": ")[1].split(",")[0]
    for _ in range(20):
        assert "Mirabelles" in read(url, "plum.localhost", "/about/").text
    run("rollback", "--source", started_site)
    for _ in range(20):
        assert read(url, "plum.localhost", "/about/").text == first
    assert "Mirabelles" in read(url, f"{second_id}--plum.localhost", "/about/").text
    assert read(url, "pear.localhost", "/about/").status_code in {404, 421}
    assert server.interrupt() == 0


def keep_asking(url: str) -> None:
    for _ in range(100):
        read(url, "plum.localhost", "/")
        sleep(0.1)


def test_the_workers_end_with_a_server_that_was_killed(start: Start, started_site: Path) -> None:
    run("publish", "--source", started_site)
    server = start("serve", "--store", str(started_site / ".pectin"), "--port", "0")
    url = server.wait_for("http://plum.localhost:")
    server.kill()
    with pytest.raises(httpx.TransportError):
        keep_asking(url)


def test_a_server_may_be_there_before_the_first_site(start: Start, started_site: Path) -> None:
    store = started_site / ".pectin"
    server = start("serve", "--store", str(store), "--port", "0")
    line = server.wait_for("http://")
    url = next(word for word in line.split() if word.startswith("http://"))
    run("publish", "--source", started_site)
    assert read(url, "plum.localhost", "/").status_code == 200


def test_a_browser_reads_the_whole_magazine_without_an_error(
    start: Start, tmp_path: Path, page: Page
) -> None:
    run("publish", "--source", PRESERVE, "--store", tmp_path / "store")
    server = start("serve", "--store", str(tmp_path / "store"), "--port", "0")
    home = server.wait_for("http://preserve.localhost:").strip()
    failed: list[str] = []
    foreign: list[str] = []

    def check(response: Response) -> None:
        if response.status >= 400:
            failed.append(f"{response.status} {response.url}")
        if urlsplit(response.url).netloc != urlsplit(home).netloc:
            foreign.append(response.url)

    def note(request: Request) -> None:
        # Aborted is what the next page does to pictures that nobody saw yet.
        if request.failure != "net::ERR_ABORTED":
            failed.append(f"{request.failure} {request.url}")

    page.on("response", check)
    page.on("requestfailed", note)
    waiting, seen = [home], {home}
    while waiting:
        page.goto(waiting.pop())
        links: list[str] = page.locator("a[href]").evaluate_all("all => all.map(a => a.href)")
        for link in {urldefrag(link).url for link in links}:
            if link.startswith(home) and link not in seen and not link.endswith(".xml"):
                seen.add(link)
                waiting.append(link)
    assert (failed, foreign) == ([], [])
    assert len(seen) > 40
