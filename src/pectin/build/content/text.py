"""The words of a rendered page: its text, how many they are, and what comes first."""

from __future__ import annotations

import re
from html import unescape as resolve

_TAG = re.compile(r"<[^>]*>")
# Here as in a browser, what does not end hides all the rest. So no pattern reads a page twice.
_HIDDEN = re.compile(
    r"<(?:!--.*?(?:-->|\Z)|(script|style)\b.*?(?:</\1\s*>|\Z))", re.DOTALL | re.IGNORECASE
)
_IDEOGRAPH = re.compile(
    r"[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_NO_CHARACTER = re.compile(r"&#0*+[0-9]{9,}+;?")
_OPENING = re.compile(r"<(/?)([a-zA-Z][\w-]*+)([^>]*+)>?")
VOID = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    }
)
_IDS = re.compile(r'(<[a-zA-Z][^<>]*?)\sid="[^"]*"')
_FOOTNOTE_REFERENCES = re.compile(r'<sup class="footnote-reference".*?(?:</sup>|\Z)', re.DOTALL)
_ANCHORS = re.compile(r' <a class="heading-anchor".*?(?:</a>|\Z)', re.DOTALL)

MORE = re.compile(r"<!--\s*more\s*-->\n?")
"""The author's mark at the end of a summary."""


def plain_text(html: str) -> str:
    """The text of `html`, without tags, comments, scripts and styles, and with entities resolved."""
    seen = _HIDDEN.sub(" ", html)
    end = seen.rfind(">") + 1
    text = "".join(_TAG.split(seen[:end])) + seen[end:]
    return unescape(text)


def unescape(text: str) -> str:
    """`text` with its character references resolved (HTML 13.5), whatever their numbers are."""
    if "&" not in text:
        return text
    # Python refuses to read a number of more than 4,300 digits.
    return resolve(_NO_CHARACTER.sub("\ufffd", text))


def count_words(text: str) -> int:
    """How many words `text` has. A character of Chinese or Japanese is a word of its own."""
    if text.isascii():
        return len(text.split())
    spaced, ideographs = _IDEOGRAPH.subn(" ", text)
    return len(spaced.split()) + ideographs


def summarize(html: str, cut: int | None) -> str:
    """The part of `html` above the offset `cut`, else its first paragraph, else nothing.

    Identifiers and footnote references are left out, because a summary stands on other pages.
    """
    summary = _first_paragraph(html) if cut is None else _close(html[:cut])
    if 'class="footnote-reference"' in summary:
        summary = _FOOTNOTE_REFERENCES.sub("", summary)
    if ' id="' not in summary:
        return summary
    return _IDS.sub(r"\1", _ANCHORS.sub("", summary))


def _first_paragraph(html: str) -> str:
    start = html.find("<p>")
    end = html.find("</p>", start)
    return html[start : end + 4] if start >= 0 and end >= 0 else ""


def _close(html: str) -> str:
    """`html` with an end tag for each element that the cut left open."""
    still_open: list[str] = []
    for slash, name, rest in _OPENING.findall(html):
        if rest.endswith("/") or name in VOID:
            continue
        if not slash:
            still_open.append(name)
        elif still_open and still_open[-1] == name:
            still_open.pop()
    return html.rstrip() + "".join(f"</{name}>" for name in reversed(still_open))
