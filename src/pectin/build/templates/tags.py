"""Tags in the text of templates."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PASSED_OVER = r"""\{\#.*?\#\}
    |\{\{.*?\}\}
    |\{%[-+]?\s*raw\s*[-+]?%\}.*?\{%[-+]?\s*endraw\b"""


_TEXT_OR_SIGN = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|.)*?"""

_CODE = re.compile(
    r"\{\#.*?\#\}|\{%[-+]?\s*raw\b.*?\{%[-+]?\s*endraw\b"
    rf"|(?P<code>\{{\{{{_TEXT_OR_SIGN}\}}\}}|\{{%{_TEXT_OR_SIGN}%\}})",
    re.DOTALL,
)
"""Finds tags and expressions, the group `code`; comments and raw text are found too, without it."""


def find_in_code(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What `pattern` finds in the tags and expressions of the template `text`, each looked at by itself."""
    for tag in _CODE.finditer(text):
        if tag["code"]:
            yield from pattern.finditer(text, *tag.span("code"))


def compile_tags(inside: str) -> re.Pattern[str]:
    """What finds `inside`, a verbose pattern, at the beginning of tags.

    Comments, expressions and raw text are found too, with no group, so that nothing in them is.
    """
    return re.compile(rf"{_PASSED_OVER}|\{{%[-+]?\s*(?:{inside})", re.DOTALL | re.VERBOSE)
