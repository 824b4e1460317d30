"""What one rendered page says of itself, and what is wrong with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from pectin.build.content.text import plain_text, unescape
from pectin.build.inspection.content_model import OPAQUE
from pectin.build.inspection.nesting import Nesting
from pectin.build.inspection.tokens import TOKEN, list_attributes, read_attributes
from pectin.values.place import Place

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LINKS = frozenset({"a", "area"})
_NEEDING_TEXT = frozenset({"img", "area", "input"})
_LOADED = {
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "script": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "object": ("data",),
    "input": ("src",),
    "form": ("action",),
    "link": ("href",),
}
"""The attributes by which an element makes the browser load something, or send it somewhere."""

_LOADING_RELATIONS = frozenset(
    {
        "apple-touch-icon",
        "icon",
        "manifest",
        "mask-icon",
        "modulepreload",
        "prefetch",
        "preload",
        "stylesheet",
    }
)
_READ = _LINKS | _NEEDING_TEXT | _LOADED.keys() | {"meta"}
_OUTSIDE = re.compile(r"https?:", re.IGNORECASE)
_INSECURE = re.compile(r"http:", re.IGNORECASE)
_INSECURE_IN_CSS = re.compile(
    r"""(?:url\(\s*+["']?|@import\s*+["'])(http:[^"')\s]*+)""", re.IGNORECASE
)
_CANDIDATE = re.compile(r"[\s,]*+(\S*[^\s,])(?:\s[^,]*+)?+")
_NOT_INDEXED = re.compile(r"\b(?:noindex|none)\b", re.IGNORECASE)
_DOCUMENT = re.compile(r"\s*+(?:<!--.*?-->\s*+)*+<(?:!doctype|html)\b", re.IGNORECASE | re.DOTALL)


class Flaw(Struct, frozen=True, array_like=True):
    """One thing wrong with the page at the tag that begins at `start`.

    `code` is that of a problem. `url` is what the tag refers to, where that is what is wrong.
    `place` is where it is written, as far as that is known.
    """

    code: str
    message: str
    hint: str
    start: int
    url: str = ""
    place: Place | None = None


class Inspection(Struct, frozen=True, array_like=True):
    """What is to be compared with other pages, and what is wrong with this one.

    `title` and `description` are None where it has none. `links` are the URLs that its links have,
    `outside` those of links and all that it loads that lead to other hosts, as they are written.
    `is_whole` says that it is a whole document, `is_listed` that search engines may list it.
    """

    title: str | None
    description: str | None
    is_whole: bool
    is_listed: bool
    has_h1: bool
    links: frozenset[str]
    outside: frozenset[str]
    flaws: tuple[Flaw, ...]


def inspect_html(html: str, *, is_secure: bool) -> Inspection:
    """What `html`, a page, says of itself. `is_secure` says that its site is at an https: URL."""
    return _Reading(html, is_secure=is_secure).read()


class _Reading:
    """The reading of one page."""

    def __init__(self, html: str, *, is_secure: bool) -> None:
        self._html = html
        self._is_secure = is_secure
        self._nesting = Nesting()
        self._title: str | None = None
        self._description: str | None = None
        self._is_listed = True
        self._level = 0
        self._has_h1 = False
        self._links: set[str] = set()
        self._outside: set[str] = set()
        self._ids: list[tuple[str, int]] = []
        self._flaws: list[Flaw] = []

    def read(self) -> Inspection:
        self._read_tags()
        self._tell_ids()
        flaws = [
            *self._flaws,
            *(Flaw(it.code, it.message, it.hint, it.start) for it in self._nesting.end()),
        ]
        return Inspection(
            self._title,
            self._description,
            _DOCUMENT.match(self._html) is not None,
            self._is_listed,
            self._has_h1,
            frozenset(self._links),
            frozenset(self._outside),
            tuple(sorted(flaws, key=lambda flaw: flaw.start)),
        )

    def _read_tags(self) -> None:
        opaque, depth = "", 0
        for found in TOKEN.finditer(self._html):
            raw, raw_attributes, text, slash, name, attributes = found.groups()
            if name is None:
                if raw is not None:
                    self._read_raw(raw.lower(), raw_attributes, text, found.start(), opaque)
                continue
            name = name.lower()
            if opaque:
                if "id=" in attributes and opaque != "template":
                    self._note_id(attributes, found.start())
                if name == opaque and not attributes.endswith("/"):
                    depth += -1 if slash else 1
                    if depth == 0:
                        opaque = ""
                        self._nesting.close(name, found.start())
                continue
            if slash:
                self._nesting.close(name, found.start())
                continue
            self._read_start(name, attributes, found.start())
            if name in OPAQUE and not attributes.endswith("/"):
                opaque, depth = name, 1

    def _read_start(self, name: str, attributes: str, start: int) -> None:
        if not (name in OPAQUE and attributes.endswith("/")):
            self._nesting.open(name, start)
        if name in _HEADINGS:
            self._read_heading(_HEADINGS[name], start)
        if "=" not in attributes:
            if name in _NEEDING_TEXT:
                self._read_element(name, {}, start)
            return
        if "id=" in attributes or "ID=" in attributes:
            self._note_id(attributes, start)
        if name in _READ:
            self._read_element(name, read_attributes(attributes), start)
        if self._is_secure and "style=" in attributes and "http:" in attributes:
            self._read_css(read_attributes(attributes).get("style", ""), start)

    def _read_raw(self, name: str, attributes: str, text: str, start: int, opaque: str) -> None:
        if opaque:
            return
        if name == "title":
            if self._title is None:
                self._title = " ".join(unescape(text).split()) or None
            return
        if name in _LOADED:
            self._read_element(name, read_attributes(attributes), start)
        elif name == "style" and self._is_secure and "http:" in text:
            self._read_css(text, start)
        if name in ("textarea", "iframe"):
            self._nesting.open(name, start)
            self._nesting.close(name, start)
        if "id=" in attributes:
            self._note_id(attributes, start)

    def _read_heading(self, level: int, start: int) -> None:
        if level == 1:
            if self._has_h1:
                self._tell("several-h1", "a page has one h1: this is another", _H1_HINT, start)
            self._has_h1 = True
        elif self._level and level > self._level + 1:
            message = f"an h{level} follows an h{self._level}: a level is left out"
            hint = f"make it an h{self._level + 1}; how large it looks is for CSS to say"
            self._tell("heading-order", message, hint, start)
        self._level = level

    def _read_element(self, name: str, attributes: dict[str, str], start: int) -> None:
        if name == "meta":
            self._read_meta(attributes)
            return
        if name in _LINKS and (url := attributes.get("href", "").strip()):
            self._links.add(url)
            if _OUTSIDE.match(url):
                self._outside.add(url)
        if name in _NEEDING_TEXT:
            self._check_text(name, attributes, start)
        if name in _LOADED and (name != "link" or _loads(attributes)):
            for url in _list_loaded(name, attributes):
                self._read_loaded(url, start, is_form=name == "form")

    def _read_loaded(self, url: str, start: int, *, is_form: bool) -> None:
        if not _OUTSIDE.match(url):
            return
        if not is_form:
            self._outside.add(url)
        if self._is_secure and _INSECURE.match(url):
            self._tell_insecure(url, start)

    def _read_meta(self, attributes: dict[str, str]) -> None:
        name, content = attributes.get("name", "").lower(), attributes.get("content", "")
        if name == "description" and self._description is None:
            self._description = " ".join(content.split()) or None
        elif name == "robots" and _NOT_INDEXED.search(content):
            self._is_listed = False

    def _read_css(self, css: str, start: int) -> None:
        for found in _INSECURE_IN_CSS.finditer(css):
            self._tell_insecure(found[1], start)

    def _check_text(self, name: str, attributes: dict[str, str], start: int) -> None:
        if name == "area" and "href" not in attributes:
            return
        if name == "input" and attributes.get("type", "").lower() != "image":
            return
        is_hidden = attributes.get("role") in ("presentation", "none")
        if "alt" not in attributes and not (name == "img" and is_hidden):
            url = attributes.get("src", attributes.get("href", "")).strip()
            message = f"`<{name}>` has no `alt`"
            hint = 'say what it shows, as in `alt="Ripe plums"`; `alt=""` where it only decorates'
            self._flaws.append(Flaw("missing-alt", message, hint, start, url))

    def _note_id(self, attributes: str, start: int) -> None:
        for name, value in list_attributes(attributes):
            if name == "id" and value:
                self._ids.append((value, start))
                return

    def _tell_ids(self) -> None:
        if len({name for name, _ in self._ids}) == len(self._ids):
            return
        times = Counter(name for name, _ in self._ids)
        last = {name: start for name, start in self._ids if times[name] > 1}
        for name, start in last.items():
            message = f"the id `{name}` is given {times[name]} times"
            self._tell("duplicate-id", message, _ID_HINT, start)

    def _tell_insecure(self, url: str, start: int) -> None:
        message = f"`{url}` is not loaded safely: the site is at an https: URL"
        self._flaws.append(Flaw("mixed-content", message, _INSECURE_HINT, start, url))

    def _tell(self, code: str, message: str, hint: str, start: int) -> None:
        self._flaws.append(Flaw(code, message, hint, start))


_H1_HINT = "make it an h2, or take the other away: the h1 is what the page is called"
_ID_HINT = "an id names one place of a page: rename the others"
_INSECURE_HINT = "browsers refuse it or warn: write `https:`, or publish the file with the site"


def read_heading(html: str, start: int) -> tuple[int, str]:
    """The level and the text of the heading whose tag begins at `start`; level 0 where none does."""
    found = TOKEN.match(html, start)
    level = _HEADINGS.get((found[5] or "").lower(), 0) if found else 0
    if not found or not level:
        return 0, ""
    end = html.find(f"</{found[5]}", found.end())
    return level, plain_text(html[found.end() : end if end >= 0 else found.end()])


def _loads(attributes: dict[str, str]) -> bool:
    return not _LOADING_RELATIONS.isdisjoint(attributes.get("rel", "").lower().split())


def _list_loaded(name: str, attributes: dict[str, str]) -> Iterator[str]:
    for key in _LOADED[name]:
        value = attributes.get(key, "").strip()
        if key == "srcset":
            yield from _CANDIDATE.findall(value)
        elif value:
            yield value
