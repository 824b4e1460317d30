"""The tags of a page, told apart as browsers do it.

https://html.spec.whatwg.org/multipage/parsing.html#tokenization
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from pectin.build.content.text import unescape

_ATTRIBUTES = r"""[^>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+')?+[^>=]*+)*+"""
_NAME_ENDS = r"(?=[\s/>])"
_RAW = "script|style|textarea|title|xmp|iframe|noembed|noframes"

TOKEN = re.compile(
    rf"<(?:((?i:{_RAW})){_NAME_ENDS}({_ATTRIBUTES})>(.*?)(?:</(?i:\1){_NAME_ENDS}[^>]*+(?:>|\Z)|\Z)"
    rf"|(/?)([a-zA-Z][^\s/>]*+)({_ATTRIBUTES})(?:>|\Z)"
    r"|!--(?:-?>|.*?(?:--!?>|\Z))|[!?/][^>]*+(?:>|\Z))",
    re.DOTALL,
)
"""One tag, comment or declaration; an element that has text and no tags in it is matched whole.

The groups are the name, attributes and text of such an element, or the slash, name and attributes
of a tag. A comment has none.
"""

_ATTRIBUTE = re.compile(
    r"""([^\s"'>/=][^\s>/=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]++)))?+"""
)


class Tag(Struct, frozen=True):
    """A tag as it is written at the offset `start`; an element whole where it can have no tags in it."""

    start: int
    written: str


def list_tags(html: str) -> list[Tag]:
    """The tags of `html` in order, without comments."""
    return [
        Tag(found.start(), _write(found))
        for found in TOKEN.finditer(html)
        if found[1] is not None or found[5] is not None
    ]


def list_attributes(written: str) -> Iterator[tuple[str, str]]:
    """The name, in lower case, and the value of each attribute in a tag, resolved."""
    for name, double, single, bare in _ATTRIBUTE.findall(written):
        yield name.lower(), unescape(double or single or bare)


def read_attributes(written: str) -> dict[str, str]:
    """The attributes in a tag by name; of two that are named alike the first counts."""
    found: dict[str, str] = {}
    for name, value in list_attributes(written):
        found.setdefault(name, value)
    return found


def _write(found: re.Match[str]) -> str:
    if found[1] is None:
        return found[0]
    return found[0][: found.start(3) - found.start()]
