"""Patterns of paths, as authors write them: `blog/**/2024-*.md`."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\*\*/|/\*\*$|\*\*|\*|\?|\[!?[^\]/]+\]|.", re.DOTALL)
_WILD = {
    "**/": "(?:[^/]+/)*",
    "/**": "/.+",
    "**": ".*",
    "*": "[^/]*",
    "?": "[^/]",
}


def compile_glob(pattern: str) -> re.Pattern[str]:
    """What matches, as a whole, the paths that `pattern` is for, as `.gitignore` has them.

    `*` and `?` stay within a name, `**` goes through folders, `[ab]` is one of some characters. A
    pattern that ends with a slash is for all below that folder; one without a slash is for a name
    in any folder.
    """
    whole = f"{pattern}**" if pattern.endswith("/") else pattern
    tokens = _TOKEN.findall(whole if "/" in pattern else f"**/{whole}")
    return re.compile("".join(map(_render, tokens)), re.DOTALL)


def _render(token: str) -> str:
    if token in _WILD:
        return _WILD[token]
    if len(token) > 1:
        negated = token[1] == "!"
        inner = re.sub(r"([\\\[\]^&~|])", r"\\\1", token[2 if negated else 1 : -1])
        return f"(?!/)[{'^' if negated else ''}{inner}]"
    return re.escape(token)
