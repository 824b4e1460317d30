"""Where a link in a body leads: from source files to URLs."""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath

from pectin.build.site.model import Page
from pectin.build.templates.queries import Queries
from pectin.build.urls import decode_path, encode_path

_END_OF_PATH = re.compile(r"[?#]")


def resolve_reference(target: str, page: Page, queries: Queries) -> str:
    """The URL for `target` as the source of `page` has it.

    A source file becomes its page's URL, a file that is published beside pages its own. Everything
    else stays as it is; whether it leads anywhere is checked on the rendered page.
    """
    end = _END_OF_PATH.search(target)
    written, rest = (target[: end.start()], target[end.start() :]) if end else (target, "")
    if not written:
        return target
    path = decode_path(written)
    if path.endswith((".md", ".html")):
        url = queries.url_of(source_of(path, page.source))
        if url:
            return url + rest
    if path[0] == "/" or path[-1] == "/":
        return target
    resource = queries.resource_at(source_of(path, page.source))
    return encode_path(resource.path) + rest if resource else target


def source_of(path: str, base: str) -> str:
    """The source file that the decoded `path` names in the source file `base`."""
    folder = "content" if path.startswith("/") else dirname(base)
    return normpath(join(folder, path.lstrip("/")))
