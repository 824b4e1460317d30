"""Row 29, in a real browser: it runs what is as it was written, and nothing of what was cleaned."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser
from tests.attacks.test_html_of_strangers import VECTORS, render

from pectin.build.configuration.model import MarkdownOptions
from pectin.build.content.markdown import MarkdownRenderer

TRUSTED = MarkdownRenderer(MarkdownOptions())
COUNT = "<script>window.ran = 0; window.alert = () => { window.ran += 1 }</script>"


def list_running(browser: Browser, make: Callable[[str], str]) -> list[str]:
    """The tricks that a browser falls for when a page has what `make` makes of them."""
    page = browser.new_page()
    running = []
    for body in VECTORS:
        page.set_content(f"<!doctype html>{COUNT}{make(body)}")
        if page.evaluate("window.ran"):
            running.append(body)
    page.close()
    return running


def test_a_browser_runs_what_is_as_it_was_written_and_nothing_that_was_cleaned(
    browser: Browser,
) -> None:
    assert len(list_running(browser, lambda body: render(body, renderer=TRUSTED))) > 5
    assert list_running(browser, render) == []
