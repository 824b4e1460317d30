"""URL paths as authors write them, as HTML has them, and as files have them."""

from __future__ import annotations

import re
from unicodedata import normalize
from urllib.parse import quote, unquote, urljoin

_SAFE = "/-._~!$&'()*+,;=:@"
_PLAIN = re.compile(r"[A-Za-z0-9/._-]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\\\u2028\u2029]")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_AFTER_ORIGIN = ("", "/", "?", "#")
_END_OF_PATH = re.compile(r"[?#]")
_DOTS = frozenset({".", ".."})


def find_fault(path: str) -> str | None:
    """Why `path` cannot be the path of a URL on this site, or None where it can.

    A path that a browser or a server might read as another host, another folder or a second
    header line is never taken.
    """
    decoded = unquote(path)
    faults = (
        (not path.startswith("/"), "does not begin with `/`"),
        (decoded.startswith(("//", "/\\")), "would lead to another host"),
        (_CONTROL.search(decoded) is not None, "contains a control character or a backslash"),
        (not _DOTS.isdisjoint(decoded.split("/")), "contains `.` or `..` as a folder"),
        ("//" in decoded, "contains an empty folder"),
        ("?" in path or "#" in path, "contains `?` or `#`"),
    )
    return next((fault for is_found, fault in faults if is_found), None)


def encode_path(path: str) -> str:
    """The decoded `path` percent-encoded (RFC 3986 3.3), in NFC."""
    return path if _PLAIN.fullmatch(path) else quote(normalize("NFC", path), safe=_SAFE)


def decode_path(url: str) -> str:
    """The path of the relative or absolute-path reference `url`, decoded, in NFC."""
    return normalize("NFC", unquote(url)) if "%" in url or not url.isascii() else url


def leads_elsewhere(url: str) -> bool:
    """Whether the reference `url` has a scheme or a host of its own (RFC 3986 4.2)."""
    return _ELSEWHERE.match(url) is not None


def is_below(url: str, origin: str) -> bool:
    """Whether `url` is a whole one that leads to the site at `origin`."""
    return url.startswith(origin) and url[len(origin) :][:1] in _AFTER_ORIGIN


def strip_query(url: str) -> str:
    """The reference `url` without its query and its fragment."""
    return _END_OF_PATH.split(url, maxsplit=1)[0]


def join_url(base: str, url: str) -> str:
    """`url` as a page at `base` means it (RFC 3986 5.2); as it is where it can mean nothing."""
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def folder_url(url: str) -> str:
    """The folder that `url` is in or is: `/blog/` for `/blog/` and for `/blog/index.html`."""
    return url[: url.rfind("/") + 1]


def file_for(url: str) -> str:
    """The decoded path of the file that answers the canonical URL path `url`."""
    path = decode_path(url)
    return path + "index.html" if path.endswith("/") else path


def collision_key(path: str) -> str:
    """Equal for paths that some file system would take for one: case and NFC folded."""
    if path.isascii():
        return path.lower()
    return normalize("NFC", normalize("NFC", path).casefold())
