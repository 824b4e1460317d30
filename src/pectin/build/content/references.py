"""What the tags of a page refer to, and the names that a link can lead to within it.

Only tags are looked at: what is escaped, as code in Markdown is, has none, and neither have comments
and the bodies of scripts, stylesheets and text fields (HTML 13.1.2.1, raw text elements).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from pectin.build.content.text import unescape
from pectin.build.urls import join_url, leads_elsewhere

_VALUE = r"""(?:"([^"]*+)"|'([^']*+)'|([^\s>"']?[^\s>]*+))"""
# A tag that never ends matches too, so that what it swallows is read once.
_ATTRIBUTES = r"""([^>"']*+(?:(?:"[^"]*+"|'[^']*+')[^>"']*+)*+)(?:[>"']|\Z)"""
_COMMENT = r"!--(?:[^-]++|-(?!->))*+"
_RAW = "script|style|textarea|title|iframe"
_REST_OF_RAW = r"(?(1)(?:[^<]++|<(?!/(?i:\1)))*+)"
_REFERRING = re.compile(
    # The look ahead is what makes most tags of a page cost nothing.
    r"<(?=[!aAlLiIvVoOeEtTfFuU]|[sS][cCoOtT])"
    rf"(?:{_COMMENT}|(?i:({_RAW})|a|link|img|area|source|video|audio|object|embed|track|form|input"
    rf"|image|use)(?=[\s/>]){_ATTRIBUTES}{_REST_OF_RAW})"
)
_TAG = re.compile(
    rf"<(?:{_COMMENT}|(?:(?i:({_RAW}))(?=[\s/>])|([a-zA-Z][^\s/>]*+)){_ATTRIBUTES}{_REST_OF_RAW})"
)
_ATTRIBUTE = re.compile(rf"""(?<![^\s"'/=>])([^\s"'/=>]++)\s*+=\s*+{_VALUE}""")
_CANDIDATE = re.compile(r"[\s,]*+(?:(\S*[^\s,])(?:\s[^,]*+)?+|\Z)")
_URLS = frozenset({"href", "xlink:href", "src", "poster", "action", "data"})
_REFERRING_NAMES = frozenset({"href", "src"})
_OTHER_NAMES = frozenset(
    {
        "align",
        "alt",
        "aria-current",
        "aria-hidden",
        "aria-label",
        "charset",
        "class",
        "content",
        "crossorigin",
        "datetime",
        "decoding",
        "dir",
        "fetchpriority",
        "height",
        "hreflang",
        "id",
        "integrity",
        "itemprop",
        "lang",
        "loading",
        "media",
        "name",
        "property",
        "rel",
        "role",
        "scope",
        "sizes",
        "title",
        "type",
        "width",
    }
)
"""The names of attributes that are common and refer to nothing."""

# It begins with the one character that all have, and knows names by their ends: most pages have none.
_FROM_PAGE = re.compile(
    r"""=(?:(?<=[eE][tT]=)|(?<=\s=)|(?<=[fcrnaFCRNA]=)\s*+["']?+(?!/|https?:))"""
)


def list_references(html: str) -> set[str]:
    """The URLs that the tags of `html` refer to, as they are written but for blanks around them.

    An `action` may be empty, and then refers to nothing.
    """
    urls: set[str] = set()
    for _, attributes in _REFERRING.findall(html):
        if "=" not in attributes:
            continue
        for written, double, single, bare in _ATTRIBUTE.findall(attributes):
            name = written.lower()
            value = (double or single or bare).strip()
            if name in _URLS and (value or name != "action"):
                urls.add(value)
            elif name == "srcset":
                urls.update(filter(None, _CANDIDATE.findall(value)))
    return urls


def glance_references(html: str) -> set[str] | None:
    """At least what `list_references` has, in a third of its time; None where that takes more.

    It looks at what stands in quotes behind a name that it knows, be it in a tag or not.
    """
    before, *quoted = html.split('="')
    if "=" in before:
        return None
    urls: set[str] = set()
    for piece in quoted:
        name = before[before.rfind(" ") + 1 :]
        value, _, before = piece.partition('"')
        if "=" in before:
            return None
        if name in _REFERRING_NAMES:
            urls.add(value)
        elif name not in _OTHER_NAMES:
            return None
    return urls


def locate_references(html: str) -> Iterator[tuple[str, int]]:
    """What `list_references` has, in order and each time it is there, with its offset."""
    for tag in _REFERRING.finditer(html):
        for attribute in _ATTRIBUTE.finditer(tag[2] or ""):
            name, value = attribute[1].lower(), _value_of(attribute)
            start = tag.start(2) + attribute.start(attribute.lastindex or 0)
            if name in _URLS:
                yield value.strip(), start + len(value) - len(value.lstrip())
            elif name == "srcset":
                found = _CANDIDATE.finditer(value)
                yield from ((url[1], start + url.start(1)) for url in found if url[1])


def list_anchors(html: str) -> Iterator[str]:
    """The names in `html` that a fragment can lead to, as they are written.

    They are the ids of all elements, and the `name` of `a` (HTML 7.4.6.4).
    """
    for raw, tag, attributes in _TAG.findall(html):
        if "=" not in attributes:
            continue
        for written, double, single, bare in _ATTRIBUTE.findall(attributes):
            name = written.lower()
            if name == "id" or (name == "name" and (raw or tag) in {"a", "A"}):
                yield double or single or bare


def depends_on_base(html: str) -> bool:
    """Whether `html` may refer to something by a URL that another page would read differently."""
    return "=" in html and _FROM_PAGE.search(html) is not None


def resolve_references(html: str, base: str, *, keeps_fragments: bool = False) -> str:
    """`html` with every URL in its tags resolved against `base`, as a browser at `base` would.

    Where it `keeps_fragments`, a URL that is nothing else stays as it is.
    """

    def resolve_tag(tag: re.Match[str]) -> str:
        start, end = (offset - tag.start() for offset in tag.span(2))
        if start < 0 or "=" not in tag[2]:
            return tag[0]
        return tag[0][:start] + _ATTRIBUTE.sub(resolve_attribute, tag[2]) + tag[0][end:]

    def resolve_attribute(found: re.Match[str]) -> str:
        name = found[1].lower()
        if name == "srcset":
            value = _CANDIDATE.sub(resolve_candidate, _value_of(found))
        elif keeps_fragments and _value_of(found).startswith("#"):
            return found[0]
        elif name in _URLS:
            value = _resolve(_value_of(found), base)
        else:
            return found[0]
        start, end = (offset - found.start() for offset in found.span(found.lastindex or 0))
        return found[0][:start] + value + found[0][end:]

    def resolve_candidate(found: re.Match[str]) -> str:
        if not found[1]:
            return found[0]
        start, end = (offset - found.start() for offset in found.span(1))
        return found[0][:start] + _resolve(found[1], base) + found[0][end:]

    return _REFERRING.sub(resolve_tag, html)


def _value_of(attribute: re.Match[str]) -> str:
    return attribute[attribute.lastindex or 0]


def _resolve(written: str, base: str) -> str:
    url = unescape(written).strip()
    return written if leads_elsewhere(url) else escape(join_url(base, url))
