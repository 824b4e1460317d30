"""What stylesheets and modules refer to, by patterns that leave everything else as it is."""

from __future__ import annotations

import re
from collections.abc import Callable

from pectin.values.place import Place, place_at

CSS_REFERENCE = re.compile(
    r"""/\*.*?\*/|url\(\s*(?P<q>["']?)(?P<url>[^"')\s]+)(?P=q)\s*\)|@import\s+(?P<r>["'])(?P<file>[^"']+)(?P=r)""",
    re.DOTALL,
)
JS_IMPORT = re.compile(
    r"""(?:\bfrom\s*|\bimport\s*\(?\s*)(?P<q>["'])(?P<url>\.{1,2}/[^"'\n]+)(?P=q)"""
)

Resolve = Callable[[str, int], str]
"""Takes a reference and where it stands, and returns what is to stand there."""

FindPlace = Callable[[str, int], Place]
"""Takes a reference and where it stands in what is published, and returns where it was written."""


def rewrite(text: str, references: re.Pattern[str], resolve: Resolve) -> str:
    """`text` with each of its `references` as `resolve` has it."""

    def replace(found: re.Match[str]) -> str:
        group = "url" if found["url"] else "file"
        if group == "file" and found.groupdict().get("file") is None:
            return found[0]
        target = resolve(found[group], found.start(group))
        start, end = found.start(group) - found.start(), found.end(group) - found.start()
        return found[0][:start] + target + found[0][end:]

    return references.sub(replace, text)


def find_place(path: str, text: str, _url: str, offset: int) -> Place:
    """The place of a reference that stands in the file `path` as it does in `text`."""
    return place_at(path, text, offset)
