"""Links that nobody marked: bare URLs and mail addresses (GitHub Flavored Markdown, 6.9)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct
from pyromark import Markdown
from pyromark.event import Event

from pectin.build.content.spans import count_characters

_DOMAIN = r"(?:[\w-]+\.)+[\w-]+"
_WWW = re.compile(rf"www\.{_DOMAIN}")
_URL = re.compile(rf"(?:https?|ftp)://{_DOMAIN}")
_MAIL_DOMAIN = re.compile(rf"@{_DOMAIN}+(?![+@])")
_LOCAL = re.compile(r"[\w.+-]*+\Z")
_LONGEST_LOCAL = 64
_SCHEMES = ("http", "https", "ftp")
_BEFORE = frozenset(" \t\n\r*_~(|")
_END = re.compile(r"[\s<]")
_END_IN_CELL = re.compile(r"[\s<|]|\\\|")
_MAIL = "mailto:"
_TRAILING = "?!.,:*_~"
_PAIRS = {")": "(", "]": "["}
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


class Autolink(Struct, frozen=True):
    """A bare URL or address: where it stands in its text, and where it leads."""

    start: int
    end: int
    url: str


class _Stretch(Struct, frozen=True):
    """Plain text: where it begins and ends, and whether it is in a cell of a table."""

    start: int
    end: int
    is_cell: bool


def link_bare_urls(text: str, markdown: Markdown) -> str:
    """`text` as Markdown in which each bare URL and mail address is a link of its own.

    The source is changed and not the HTML, because a URL ends where its source does: typographic
    punctuation and emphasis would have changed it by then.
    """
    pieces: list[str] = []
    done = 0
    for link in find_autolinks(text, markdown):
        written = _escape(text[link.start : link.end])
        pieces += (text[done : link.start], f"[{written}](<{_escape(link.url)}>)")
        done = link.end
    return "".join((*pieces, text[done:])) if pieces else text


def find_autolinks(text: str, markdown: Markdown) -> Sequence[Autolink]:
    """The bare URLs and mail addresses in `text`, in order; those in links and code are none."""
    candidates = sorted(_list_candidates(text))
    if not candidates:
        return ()
    stretches = _list_stretches(text, markdown)
    starts = [stretch.start for stretch in stretches]
    links: list[Autolink] = []
    for start, domain_end, scheme in candidates:
        index = bisect_right(starts, start) - 1
        if index < 0 or start >= stretches[index].end or (links and start < links[-1].end):
            continue
        if text[start - 1 : start] == "|" and start != stretches[index].start:
            continue
        is_mail = scheme == _MAIL
        end = domain_end if is_mail else _find_end(text, start, domain_end, stretches[index])
        links.append(Autolink(start, end, scheme + text[start:end]))
    return links


def _list_candidates(text: str) -> Iterator[tuple[int, int, str]]:
    """What could be a link by itself: its start, the end of its domain, and its scheme if it has none.

    Looking for what each kind must have costs a page without any next to nothing.
    """
    for at in _find_all(text, "://"):
        for scheme in _SCHEMES:
            start = at - len(scheme)
            if text.startswith(scheme, max(start, 0)) and _may_begin(text, start):
                found = _URL.match(text, start)
                if found and _is_valid_domain(found[0]):
                    yield start, found.end(), ""
    for start in _find_all(text, "www."):
        if _may_begin(text, start):
            found = _WWW.match(text, start)
            if found and _is_valid_domain(found[0]):
                yield start, found.end(), "http://"
    for at in _find_all(text, "@"):
        local = _LOCAL.search(text, max(at - _LONGEST_LOCAL - 1, 0), at)
        found = _MAIL_DOMAIN.match(text, at)
        if local and 0 < len(local[0]) <= _LONGEST_LOCAL and found and found[0][-1] not in "-_":
            yield local.start(), found.end(), _MAIL


def _find_all(text: str, needle: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


def _may_begin(text: str, start: int) -> bool:
    """Whether a URL may begin at `start`; that of a link in Markdown is none."""
    if start <= 0:
        return start == 0
    return text[start - 1] in _BEFORE and text[start - 2 : start] != "]("


def _is_valid_domain(url: str) -> bool:
    """Whether the last two segments of the domain that `url` ends with have no underscore."""
    return "_" not in "".join(url.rsplit("/", 1)[-1].split(".")[-2:])


def _find_end(text: str, start: int, domain_end: int, stretch: _Stretch) -> int:
    ending = (_END_IN_CELL if stretch.is_cell else _END).search(text, domain_end)
    return start + len(_trim(text[start : ending.start() if ending else len(text)]))


def _trim(url: str) -> str:
    """`url` without the punctuation behind it (extended autolink path validation).

    Square brackets are treated as round ones, so that a URL can stand in both.
    """
    unmatched = {end: url.count(end) - url.count(begin) for end, begin in _PAIRS.items()}
    end = len(url)
    while end:
        last = url[end - 1]
        entity = url.rfind("&", 0, end) if last == ";" else -1
        if entity >= 0 and url[entity + 1 : end - 1].isalnum():
            end = entity
        elif last in _TRAILING:
            end -= 1
        elif unmatched.get(last, 0) > 0:
            unmatched[last] -= 1
            end -= 1
        else:
            break
    return url[:end]


def _list_stretches(text: str, markdown: Markdown) -> list[_Stretch]:
    """The plain text in `text`, outside links, images and code."""
    found: list[tuple[int, int, bool]] = []
    nested = 0
    is_cell = False
    for event, span in markdown.events_with_range(text):
        match event:
            case {"Text": _}:
                if not nested:
                    found.append((span["start"], span["end"], is_cell))
            case {"Start": "TableCell"} | {"End": "TableCell"}:
                is_cell = "Start" in event
            case _:
                nested += _change_of_depth(event)
    counted = count_characters(text, (offset for start, end, _ in found for offset in (start, end)))
    return [_Stretch(counted[start], counted[end], is_cell) for start, end, is_cell in found]


def _change_of_depth(event: Event) -> int:
    match event:
        case {"Start": {"Link": _} | {"Image": _} | {"CodeBlock": _}}:
            return 1
        case {"End": "Link" | "Image" | "CodeBlock"}:
            return -1
    return 0


def _escape(text: str) -> str:
    return _PUNCTUATION.sub(r"\\\1", text)
