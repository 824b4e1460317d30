"""Request paths: from the octets of a request target to the name of a file, and back.

A path is decoded once, and whatever two programs could read differently is refused rather
than repaired: encoded slashes, backslashes, dot segments, controls, text that is not UTF-8.
"""

from __future__ import annotations

import re
from unicodedata import normalize
from urllib.parse import quote, unquote_to_bytes

from pectin.values.errors import Family, PectinError

MAX_LENGTH = 4096
"""Octets of a raw path; the longest that browsers and proxies agree on is half of it."""

_BAD_ENCODING = re.compile("%(?![0-9A-Fa-f]{2})")
_ENCODED_SEPARATOR = re.compile("%(?:2[Ff]|5[Cc])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_ASSET = re.compile(r"\.(?!x?html?$)[A-Za-z][A-Za-z0-9]{0,11}$")
_SLASHES = re.compile("/{2,}")
_UNENCODED = "/!$&'()*+,;=:@~"
_QUERY = f"{_UNENCODED}?%[]"


class BadPath(PectinError):
    """The path of a request cannot be the name of a file."""

    code = "bad-path"
    title = "Not a path"
    family = Family.CLIENT


def decode_path(raw: str) -> str:
    """The text that `raw` stands for, decoded once: `%252e` is the text `%2e`.

    `raw` is percent-encoded, each character one octet (RFC 3986 3.3).

    Raises BadPath for what is not a path, not UTF-8, or has a control character, a backslash,
    an encoded slash or a dot segment.
    """
    if not raw.startswith("/") or "\\" in raw:
        raise BadPath("the path does not start with a slash, or has a backslash")
    if _BAD_ENCODING.search(raw) or _ENCODED_SEPARATOR.search(raw):
        raise BadPath("the path has an encoded separator or a malformed percent-encoding")
    try:
        path = unquote_to_bytes(raw.encode("latin-1")).decode("utf-8")
    except UnicodeError:
        raise BadPath("the path is not UTF-8") from None
    if _CONTROL.search(path):
        raise BadPath("the path has a control character")
    if any(segment in {".", ".."} for segment in path.split("/")):
        raise BadPath("the path has a dot segment")
    return path


def normalize_path(decoded: str) -> str:
    """`decoded` as files are named: NFC, and one slash between segments. A last slash stays."""
    return _SLASHES.sub("/", normalize("NFC", decoded))


def is_asset(path: str) -> bool:
    """Whether `path` is named as what a page is made with, and not as a page: a script is never to
    be answered with HTML, which a browser would run or keep in its place.
    """
    return _ASSET.search(path) is not None


def render_path(path: str) -> str:
    """The path of a URL, percent-encoded, that leads to the decoded `path`."""
    return quote(path, safe=_UNENCODED, errors="replace")


def render_query(query: str) -> str:
    """`query` with "?" before it, or nothing; what no URL may contain is percent-encoded."""
    return f"?{quote(query, safe=_QUERY, errors='replace')}" if query else ""


def is_canonical(raw: str) -> bool:
    """Whether `raw` is spelled as `render_path` spells it. Raises BadPath as `decode_path`."""
    return render_path(normalize_path(decode_path(raw))) == raw
