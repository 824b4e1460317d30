"""What the tags of a page refer to, and the names that a link can lead to within it.

Only tags are looked at: what is escaped, as code in Markdown is, has none, and neither have comments
and the bodies of scripts, stylesheets and text fields (HTML 13.1.2.1, raw text elements).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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
