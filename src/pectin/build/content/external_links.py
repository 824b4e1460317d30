"""Attributes of links that lead out of the site."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from pectin.build.content.attributes import Attributes, render_attributes
from pectin.build.content.text import unescape

_LINK = re.compile(r'<a href="((?:https?:)?//[^"]*)"(?: title="[^"]*")?(?=>)')


def mark_external(html: str, attributes: Attributes, own_hosts: Collection[str]) -> str:
    """`html` in which each link to a host that is not one of `own_hosts` has `attributes`.

    Links are those that have the form that Markdown gives them.
    """
    if "//" not in html:
        return html
    written = render_attributes(attributes)

    def mark(link: re.Match[str]) -> str:
        return link[0] if _host_of(unescape(link[1])) in own_hosts else link[0] + written

    return _LINK.sub(mark, html)


def _host_of(url: str) -> str:
    """The host of `url`; "" where it has none that can be read, which is a host of nobody."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
