"""Code with CSS classes, and their light and dark stylesheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from pyromark import Markdown, Theme

_ROLES = {
    "65737e": "c",
    "bf616a": "nv",
    "d08770": "m",
    "ebcb8b": "nc",
    "a3be8c": "s",
    "96b5b4": "nb",
    "8fa1b3": "nf",
    "b48ead": "k",
    "ab7967": "cp",
}
_SPANS = tuple(
    (f'<span style="color:#{colour};">', f'<span class="{name}">')
    for colour, name in _ROLES.items()
)
_PLAIN = re.compile(r'<span style="[^"]*">([^<]*)</span>')
LIGHT: Mapping[str, str] = {
    "background": "#f6f5f2",
    "text": "#24292f",
    "c": "#636b74",
    "k": "#8b1f7a",
    "s": "#1d6b32",
    "m": "#9a4408",
    "nf": "#1c5bb8",
    "nc": "#7a5200",
    "nv": "#a32424",
    "nb": "#0b6670",
    "cp": "#7d4a36",
    "gi": "#1d6b32",
    "gd": "#a32424",
}
"""Colours on a light ground, by class name."""

DARK: Mapping[str, str] = {
    "background": "#1e2127",
    "text": "#d8dce3",
    "c": "#98a1ae",
    "k": "#d7a1e8",
    "s": "#a5d08f",
    "m": "#eba677",
    "nf": "#8ebcf5",
    "nc": "#ecc97f",
    "nv": "#f2959b",
    "nb": "#84cfd1",
    "cp": "#d3a58f",
    "gi": "#a5d08f",
    "gd": "#f2959b",
}
"""Colours on a dark ground, by class name."""

# Lines are marked by an edge: a ground of their own would take contrast from the colours on it.
_LINES = """\
.highlight .line {
  display: block;
  margin: 0 -1em;
  padding: 0 1em;
  color: inherit;
}
.highlight .line.hl { box-shadow: inset .3em 0 var(--code-k); }
.highlight .line.gi { box-shadow: inset .3em 0 var(--code-gi); }
.highlight .line.gd { box-shadow: inset .3em 0 var(--code-gd); }
.highlight .line[data-line]::before {
  content: attr(data-line);
  display: inline-block;
  min-width: 3ch;
  margin-right: 1.5ch;
  text-align: right;
  color: var(--code-c);
  user-select: none;
}
figure.code { margin: 1em 0; }
figure.code figcaption { font: .85em ui-monospace, monospace; }
figure.code pre { margin-top: .25em; }
"""
_CLASSES = tuple(name for name in LIGHT if name not in {"background", "text"})
_TILDES = re.compile(r"~{3,}")
_LANGUAGE = re.compile(r"[\w+#.*-]+")


class Highlighter:
    """Renders blocks of code; remembers the last ones, because lists of pages repeat them."""

    def __init__(self, remembered: int = 512) -> None:
        self._painter = Markdown(highlight=Theme.BASE16_OCEAN_DARK)
        self._remember = lru_cache(maxsize=remembered)(self._paint)

    def render_code(self, language: str | None, code: str) -> str | None:
        """`code` as HTML with the class names of Pygments and Chroma.

        None when `language` is not known or has nothing to tell apart: then the block stays as
        CommonMark has it.
        """
        if not language:
            return None
        painted = self.paint(language, code)
        if painted is None:
            return None
        name = name_language(language)
        return (
            f'<pre class="highlight"><code class="language-{name}" data-lang="{name}">'
            f"{painted}</code></pre>\n"
        )

    def paint(self, language: str, code: str) -> str | None:
        """What stands in the block; None as `render_code`."""
        name = _LANGUAGE.match(language)
        return self._remember(name[0], code) if name else None

    def _paint(self, language: str, code: str) -> str | None:
        painted = self._painter.html(_fence(language, code))
        start = painted.find("<span")
        html = painted[start : painted.rfind("</pre>")]
        for span, replacement in _SPANS:
            html = html.replace(span, replacement)
        html = _PLAIN.sub(r"\1", html)
        if "<span" not in html:
            return None
        if language == "diff":
            html = html.replace('class="s"', 'class="gi"').replace('class="nv"', 'class="gd"')
        return html


def name_language(written: str) -> str:
    """The language's name in what stands behind a fence, `rust` of `Rust,ignore`; "" where none is."""
    name = _LANGUAGE.match(written)
    return name[0].lower() if name else ""


def _fence(language: str, code: str) -> str:
    """`code` as a fenced block that no line of it can close."""
    longest = max((len(run) for run in _TILDES.findall(code)), default=0)
    mark = "~" * max(longest + 1, 3)
    return f"{mark}{language}\n{code}{mark}\n"


def render_highlight_css() -> str:
    """The stylesheet of highlighted code: dark where the reader prefers it.

    `data-theme="light"` or `"dark"` on the root element overrules the reader's system.
    """
    light, dark = _render_palette(LIGHT), _render_palette(DARK)
    return (
        f":root {{\n{light}}}\n"
        f"@media (prefers-color-scheme: dark) {{\n:root {{\n{dark}}}\n}}\n"
        f"[data-theme=light] {{\n{light}}}\n"
        f"[data-theme=dark] {{\n{dark}}}\n"
        ".highlight {\n  background: var(--code-background);\n  color: var(--code-text);\n"
        "  overflow-x: auto;\n  padding: 1em;\n}\n"
        + "".join(f".highlight .{name} {{ color: var(--code-{name}); }}\n" for name in _CLASSES)
        + _LINES
    )


def _render_palette(palette: Mapping[str, str]) -> str:
    return "".join(f"  --code-{name}: {colour};\n" for name, colour in palette.items())
