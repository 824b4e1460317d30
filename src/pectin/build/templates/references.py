"""Where a link in a body leads: from source files to URLs."""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath

from pectin.build.content.link_targets import Written
from pectin.build.content.wiki_links import name_in_target
from pectin.build.site.model import Page
from pectin.build.site.names import shorten_source
from pectin.build.templates.queries import Queries
from pectin.build.urls import decode_path, encode_path
from pectin.values.problem import Problem

_END_OF_PATH = re.compile(r"[?#]")


def resolve_reference(target: str, page: Page, queries: Queries) -> str:
    """The URL for `target` as the source of `page` has it; `#` for a wiki link to no one page.

    A source file becomes its page's URL, a file that is published beside pages its own. Everything
    else stays as it is; whether it leads anywhere is checked on the rendered page.
    """
    name = name_in_target(target)
    if name is not None:
        return resolve_name(name, target, queries) or "#"
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


def resolve_name(name: str, target: str, queries: Queries) -> str | None:
    """The URL for the wiki link to `name` with `target`; None where that is no page, or several."""
    pages = queries.pages_named(name)
    _, mark, fragment = target.partition("#")
    return f"{pages[0].url}{mark}{fragment}" if len(pages) == 1 else None


def source_of(path: str, base: str) -> str:
    """The source file that the decoded `path` names in the source file `base`."""
    folder = "content" if path.startswith("/") else dirname(base)
    return normpath(join(folder, path.lstrip("/")))


def explain_lost(name: str, written: Written, queries: Queries) -> Problem:
    """The problem of the wiki link to `name`, which leads to no page, or to several."""
    found = queries.pages_named(name)
    if found:
        sources = [page.source for page in found]
        listed = f"{', '.join(sources[:-1])} or {sources[-1]}"
        hint = f"write more of its path: `[[{shorten_source(sources[0])}]]`"
        return Problem("ambiguous-link", f"`{written.text}` may be {listed}", hint, written.place)
    hidden = queries.names.find_hidden(name)
    hint = (
        (queries.why_hidden(hidden) if hidden else "")
        or queries.names.suggest(name)
        or "write the title of a page, the name of its file, or an alias"
    )
    return Problem("broken-link", f"`{written.text}` leads nowhere", hint, written.place)
