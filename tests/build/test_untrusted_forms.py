"""Writers who are not trusted, in the forms of a page that are not HTML.

Markdown is read by somebody else's reader, which lets raw HTML through as CommonMark does: what it makes
of a page must be as harmless as the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser

import pyromark
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.build.conftest import CONFIG, TODAY
from tests.build.test_theme import THEME

from pectin.adapters.memory_source import MemorySource
from pectin.build.builder import build
from pectin.values.output import read_body

SITE = (
    CONFIG
    + '[markdown]\nraw_html = "sanitize"\n[outputs]\npage = ["html", "markdown", "text", "json"]\n'
    'home = ["html", "markdown", "llms", "llms-full", "jsonfeed"]\n'
)
MARKDOWN = ("/a/index.html.md", "/index.html.md", "/llms.txt", "/llms-full.txt")
SCRIPT = "<script>alert(1)</script>"
HOSTILE = [
    SCRIPT,
    "<img alt=x src=data:, onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "<javascript:alert(1)>",
    "[x][y]\n\n[y]: javascript:alert(1)",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="https://e.example/)[k](javascript:alert(1)">x</a>',
    "[x](<https://e.example/)[k](javascript:alert(1)>)",
    '<a href="https://e.example" title=\'"><script>alert(1)</script>\'>x</a>',
    '<a href="https://e.example" title=\'") [k](javascript:alert(1) "\'>x</a>',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\<script>alert(1)\\</script>",
    "&#91;x](javascript:alert(1))",
    "&#60;javascript:alert(1)&#62;",
    "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    "`<script>alert(1)</script>` ``` ` <script>alert(1)</script> ` ```",
    "```html\n</code></pre><script>alert(1)</script>\n```",
    '```` x"><script>alert(1)</script>\na\n````',
    "<pre>```\n<b>x</b>\n&lt;script>alert(1)&lt;/script>\n```</pre>",
    "<code>`</code>&lt;script>alert(1)&lt;/script><code>`</code>",
    "| a |\n|---|\n| `\\|` <script>alert(1)</script> &lt;script>alert(1)&lt;/script> |",
    "- &lt;script>alert(1)\n\n  &lt;/script>\n> &lt;!--\n\n-->",
    "<p>&lt;script>alert(1)<p>&lt;/script>",
    "a<br>&lt;script>alert(1)&lt;/script><br>&#91;x]: javascript:alert(1)",
    "<div\n<script>alert(1)</script>",
]
TITLES = ["Plum", SCRIPT, "[x](javascript:alert(1))", "a](javascript:alert(1)) [b", "<!-- &lt;b>"]


class _Dangers(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "iframe", "object"}:
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.found.append(f"{name}={value}")


def list_dangers(html: str) -> list[str]:
    reader = _Dangers()
    reader.feed(html)
    reader.close()
    return reader.found


def build_forms(body: str, title: str = "Plum") -> dict[str, str]:
    text = json.dumps(title)
    head = f"---\ntitle: {text}\ndescription: {text}\ndate: 2026-01-01\n---\n"
    config = SITE + '[feeds]\nformats = ["jsonfeed"]\n'
    made: dict[str, str] = {}
    build(
        MemorySource({"pectin.toml": config, "content/a.md": f"{head}{body}\n"}),
        today=TODAY,
        emit=lambda file: made.update({file.path: read_body(file.body).decode()}),
        theme=THEME,
    )
    return made


def list_html(value: object) -> Iterator[str]:
    """What is HTML in a form of JSON, wherever it is."""
    if isinstance(value, list):
        for one in value:
            yield from list_html(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key in {"content", "summary", "content_html"}:
                yield str(one)
            else:
                yield from list_html(one)


def check(made: dict[str, str]) -> None:
    for path in MARKDOWN:
        html = pyromark.html(made[path])
        assert list_dangers(html) == [], made[path]
    for path in ("/a/index.json", "/feed.json"):
        bodies = list(list_html(json.loads(made[path])))
        assert bodies
        assert not any(map(list_dangers, bodies)), path
    assert "<" not in made["/a/index.json"]


@pytest.mark.parametrize("body", HOSTILE)
def test_what_is_taken_out_of_a_page_is_in_none_of_its_forms(body: str) -> None:
    check(build_forms(body))


@pytest.mark.parametrize("title", TITLES)
def test_titles_and_descriptions_are_text_in_every_form(title: str) -> None:
    made = build_forms("Text.", title)
    check(made)
    page = pyromark.html(made["/a/index.html.md"])
    shown = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f"<h1>{shown}</h1>" in page
    assert title in made["/a/index.txt"]


@given(
    st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=4),
    st.sampled_from(["\n\n", " ", "\n> ", "\n- "]),
)
@hypothesis_settings(max_examples=60)
def test_they_are_harmless_together_too(parts: list[str], between: str) -> None:
    check(build_forms(between.join(parts)))


def test_the_text_of_a_page_has_what_the_page_shows() -> None:
    made = build_forms(f"Plums {SCRIPT} and &lt;b&gt; <b onclick=x>pears</b>")
    assert "Plums and <b> pears" in " ".join(made["/a/index.txt"].split())
    assert "alert" not in made["/a/index.txt"]
