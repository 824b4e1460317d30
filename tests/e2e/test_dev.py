"""`pectin dev` with a real browser: pages follow the source, and errors are shown over them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import httpx
from playwright.sync_api import Page, expect


class Process(Protocol):
    """As conftest.py starts them."""

    def wait_for(self, text: str) -> str:
        """The next line that has `text` in it."""

    def interrupt(self) -> int:
        """The exit code."""


Start = Callable[..., Process]


def develop(start: Start, site: Path) -> tuple[Process, str]:
    """`pectin dev` after its first build, and its URL."""
    process = start("dev", "--source", str(site), "--port", "0")
    url = process.wait_for("http://")
    process.wait_for(" ms")
    return process, url


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_page_follows_every_kind_of_source(start: Start, started_site: Path, page: Page) -> None:
    process, url = develop(start, started_site)
    assert url.startswith("http://plum.localhost:")
    page.goto(url)
    expect(page.locator("h2").first).to_have_text("First light")

    replace(started_site / "content/blog/first-light/index.md", "First light", "Second light")
    expect(page.locator("h2").first).to_have_text("Second light")
    process.wait_for("content/blog/first-light/index.md: ")

    replace(started_site / "templates/index.html", "All posts", "Every post")
    expect(page.get_by_text("Every post")).to_be_visible()

    replace(
        started_site / "assets/css/main.css", ":root {", ".lead { color: rgb(1, 2, 3) } :root {"
    )
    expect(page.locator(".lead")).to_have_css("color", "rgb(1, 2, 3)")

    (started_site / "data").mkdir()
    (started_site / "data" / "fruit.toml").write_text('name = "Mirabelle"\n')
    process.wait_for("data")
    replace(started_site / "templates/index.html", "Every post", "{{ site.data.fruit.name }}")
    expect(page.get_by_text("Mirabelle")).to_be_visible()
    (started_site / "data" / "fruit.toml").write_text('name = "Damson"\n')
    expect(page.get_by_text("Damson")).to_be_visible()

    replace(started_site / "pectin.toml", 'title = "Plum"', 'title = "Sloe"')
    expect(page).to_have_title("Sloe")

    with page.expect_event("load"):
        replace(started_site / "static/favicon.svg", "#7a3e6b", "#3e6b7a")


def test_a_stylesheet_is_swapped_without_a_reload(
    start: Start, started_site: Path, page: Page
) -> None:
    _, url = develop(start, started_site)
    page.goto(url)
    page.evaluate("window.isSame = true")
    sheets = page.locator("link[rel=stylesheet]")
    number, css = sheets.count(), started_site / "assets/css/main.css"
    for colour in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
        css.write_text(f"{css.read_text()}\n.lead {{ color: {colour} }}\n")
        expect(page.locator(".lead")).to_have_css("color", colour)
        expect(sheets).to_have_count(number)
    assert page.evaluate("window.isSame")
    replace(started_site / "templates/index.html", "All posts", "Every post")
    expect(page.get_by_text("Every post")).to_be_visible()
    assert not page.evaluate("window.isSame")


def test_a_page_that_is_not_published_is_marked_and_listed(
    start: Start, started_site: Path, page: Page
) -> None:
    (started_site / "content" / "later.md").write_text("---\ndraft: true\n---\nLater.\n")
    _, url = develop(start, started_site)
    page.goto(f"{url}about/")
    expect(page.locator("pectin-mark")).to_have_count(0)
    page.goto(f"{url}later/")
    page.get_by_role("link", name="Not published: a draft").click()
    expect(page.get_by_role("heading", name="Pages")).to_be_visible()
    page.get_by_role("searchbox").fill("later")
    expect(page.locator("tbody tr:visible")).to_have_count(1)
    expect(page.locator("tbody tr:visible")).to_contain_text("content/later.md")


def test_an_error_is_shown_over_the_last_good_page_until_it_is_mended(
    start: Start, started_site: Path, page: Page
) -> None:
    process, url = develop(start, started_site)
    page.goto(f"{url}about/")
    replace(started_site / "templates/page.html", "{% block main %}", "{% block main %}{% jam %}")
    overlay = page.locator("pectin-problems")
    expect(overlay.get_by_role("alert")).to_contain_text("templates/page.html:2:")
    expect(overlay).to_contain_text("{% block main %}{% jam %}")
    expect(page.locator("main h1")).to_have_text("About")
    process.wait_for("the last good site stays")

    page.reload()
    expect(overlay.get_by_role("alert")).to_contain_text("jam")

    replace(started_site / "templates/page.html", "{% jam %}", "")
    expect(overlay).to_have_count(0)
    expect(page.locator("main h1")).to_have_text("About")


def test_a_problem_cannot_script_the_page_that_shows_it(
    start: Start, started_site: Path, page: Page
) -> None:
    """Attack row 31."""
    _, url = develop(start, started_site)
    page.goto(url)
    evil = "<img src=x onerror=\"document.title='owned'\">"
    (started_site / "content" / "evil.md").write_text(f"[x](<nope.md>) {evil}\n")
    overlay = page.locator("pectin-problems")
    expect(overlay).to_contain_text(evil)
    expect(overlay.locator("img")).to_have_count(0)
    expect(page).to_have_title("Plum")


def test_a_site_that_cannot_be_built_yet_says_why_and_appears_when_it_can(
    start: Start, started_site: Path, page: Page
) -> None:
    config = started_site / "pectin.toml"
    good = config.read_text()
    config.write_text("name = <script>alert(1)</script>\n")
    process, url = develop(start, started_site)
    refused = httpx.get(local(url))
    assert refused.status_code == 503
    assert "&lt;script&gt;" in refused.text
    assert "<script>alert" not in refused.text
    config.write_text(good)
    process.wait_for("pages")
    page.goto(url)
    expect(page).to_have_title("Plum")


def test_a_new_name_has_a_new_address_which_is_told(start: Start, started_site: Path) -> None:
    process, url = develop(start, started_site)
    replace(started_site / "pectin.toml", 'name = "plum"', 'name = "sloe"')
    assert process.wait_for("from now on").startswith(
        f"The site is at {url.strip().replace('plum', 'sloe')}"
    )


def test_drafts_and_future_pages_are_shown(start: Start, started_site: Path) -> None:
    (started_site / "content" / "later.md").write_text("---\ndraft: true\ndate: 2999-01-01\n---\nx")
    _, url = develop(start, started_site)
    assert httpx.get(f"{local(url)}later/", headers={"host": "plum.localhost"}).status_code == 200


def test_a_rebound_name_is_refused(start: Start, started_site: Path) -> None:
    """Attack row 31."""
    _, url = develop(start, started_site)
    for path in ("", ".pectin/events", "about/"):
        response = httpx.get(local(url) + path, headers={"host": "rebound.example"})
        assert response.status_code == 403
        assert "rebound" not in response.text


def test_ctrl_c_ends_it_cleanly_also_with_a_page_open(
    start: Start, started_site: Path, page: Page
) -> None:
    process, url = develop(start, started_site)
    page.goto(url)
    page.goto("about:blank")
    with httpx.stream("GET", f"{local(url)}.pectin/events") as events:
        assert next(events.iter_lines()).startswith("data: ")
        assert process.interrupt() == 0


def local(url: str) -> str:
    """`url` by the address, for a client that does not know that names below localhost are local."""
    return f"http://127.0.0.1:{url.rpartition(':')[2]}"
