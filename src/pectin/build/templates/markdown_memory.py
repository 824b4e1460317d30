"""Bodies as Markdown, which a list of all pages wants again whenever one of them changes."""

from __future__ import annotations

from pectin.build.content.markdown_source import render_markdown
from pectin.build.traces.cache import Cache
from pectin.build.traces.model import compute_print

_KIND = b"markdown"


class MarkdownMemory:
    """Makes Markdown of HTML, or takes from `cache` what was made of the same."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._new: dict[bytes, bytes] = {}

    def render(self, html: str, base: str) -> str:
        """The body `html` as Markdown, its links absolute by `base`."""
        if not self._cache.is_kept:
            return render_markdown(html, base)
        key = _KIND + compute_print(html, base)
        known = self._new.get(key) or self._cache.load(key)
        if known is not None:
            return known.decode()
        made = render_markdown(html, base)
        self._new[key] = made.encode()
        return made

    def drain(self) -> dict[bytes, bytes]:
        """What was made since this was asked last, for the cache to keep."""
        new, self._new = self._new, {}
        return new
