"""No URL that scripts from Markdown, and no HTML from writers who are not trusted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import unquote

from pyromark import Markdown
from pyromark.event import Event

from pectin.build.content.text import MORE, unescape

_SCRIPT = re.compile(r"(?:javascript|vbscript|livescript):")
_SCHEME = re.compile(r'="(?<=(?:href| src)=")(?!https?:)[^":/?#]*+:')
_UNSAFE = re.compile(r"(?:javascript|vbscript|livescript|data|file|blob|filesystem):")
_IMAGE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif|svg\+xml)[;,]")
_IGNORED_IN_SCHEMES = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
_URL = re.compile(r'<(a|img) (?:href|src)="([^"]*)"')
_URL_OPENING = re.compile(r"<(a|img) (href|src)=")
_HEADING_ATTRIBUTES = re.compile(r"<h([1-6])\s([^>]*)>")
_SAFE_ATTRIBUTE = re.compile(r'\b(?:id|class)="[^"]*"')
_ROUNDS = 8
_APART = " data-pectin-raw"


def escape_raw_html(text: str, markdown: Markdown) -> str:
    """`text` as Markdown that shows its HTML instead of being it.

    Escaping a tag can make what followed it into another, so it is read again until there is
    none; a text that goes on for long loses every `<`. The mark of a summary stays.
    """
    for _ in range(_ROUNDS):
        ranges = _list_raw(text, markdown)
        if not ranges:
            return text
        text = _change(text, ranges, lambda html: html.replace("<", "&lt;"))
    return text.replace("<", "&lt;")


def change_raw_html(text: str, markdown: Markdown, change: Callable[[str], str]) -> str:
    """`text` with each stretch of HTML in it as `change` makes it."""
    return _change(text, _list_raw(text, markdown), change)


def list_raw_html(text: str, markdown: Markdown) -> list[str]:
    """Each stretch of HTML in `text`, in order."""
    raw = text.encode()
    return [raw[start:end].decode() for start, end in _list_raw(text, markdown)]


def may_script(html: str) -> bool:
    """Whether a link or an image in `html` has a URL of a scheme that is not HTTP's."""
    return _SCHEME.search(html) is not None


def drop_scripts(
    text: str, render: Callable[[str], str], markdown: Markdown
) -> tuple[str, tuple[str, ...]]:
    """`text` as HTML without the URLs that Markdown made and a browser runs, and those URLs.

    The author's own HTML is left alone: it is set apart while the rest is looked through.
    """
    dropped: list[str] = []

    def judge(match: re.Match[str]) -> str:
        url = unescape(match[2])
        if not _SCRIPT.match(_read_as_browser(url)):
            return match[0]
        dropped.append(url)
        return f"<{match[1]}"

    set_apart = _change(text, _list_raw(text, markdown), _set_apart)
    return _URL.sub(judge, render(set_apart)).replace(_APART, ""), tuple(dropped)


def drop_unsafe_urls(html: str) -> tuple[str, tuple[str, ...]]:
    """Rendered Markdown without the URLs that run as script, and those URLs.

    An image may be a `data:` URL of an image, since scripts do not run in one.
    """
    dropped: list[str] = []

    def judge(match: re.Match[str]) -> str:
        url = unescape(match[2])
        if not is_unsafe(url, is_image=match[1] == "img"):
            return match[0]
        dropped.append(url)
        return f"<{match[1]}"

    html = _URL.sub(judge, html)
    return _HEADING_ATTRIBUTES.sub(_keep_safe_attributes, html), tuple(dropped)


def is_unsafe(url: str, *, is_image: bool) -> bool:
    """Whether a browser could run `url` as a script (its parser skips blanks and controls)."""
    plain = _read_as_browser(url)
    if not _UNSAFE.match(plain):
        return False
    return not (is_image and _IMAGE.match(plain))


def _read_as_browser(url: str) -> str:
    return _IGNORED_IN_SCHEMES.sub("", unquote(unescape(url))).lower()


def _set_apart(html: str) -> str:
    return _URL_OPENING.sub(rf"<\1{_APART} \2=", html)


def _list_raw(text: str, markdown: Markdown) -> list[tuple[int, int]]:
    """The (start, end) offsets, in bytes, of the HTML in `text`."""
    return [
        (span["start"], span["end"])
        for event, span in markdown.events_with_range(text)
        if _is_raw(event)
    ]


def _is_raw(event: Event) -> bool:
    match event:
        case {"Html": str(html)} | {"InlineHtml": str(html)}:
            return "<" in html and not MORE.fullmatch(html.strip())
    return False


def _change(text: str, ranges: Iterable[tuple[int, int]], change: Callable[[str], str]) -> str:
    raw = text.encode()
    pieces: list[str] = []
    done = 0
    for start, end in ranges:
        pieces += (raw[done:start].decode(), change(raw[start:end].decode()))
        done = end
    return "".join((*pieces, raw[done:].decode()))


def _keep_safe_attributes(match: re.Match[str]) -> str:
    kept = _SAFE_ATTRIBUTE.findall(match[2])
    return f"<h{match[1]}{''.join(f' {attribute}' for attribute in kept)}>"
