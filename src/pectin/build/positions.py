"""Where keys and values stand in YAML, TOML and JSON, for parsers that do not say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

Step = str | int

_WHOLE_VALUE = re.compile(
    r"""(?m)(?:^|[:=,;\[{]|(?<![ \t])\t|-[ \t])[ \t]*+"""
    r"""(?:"([^"\n]*+)"|'([^'\n]*+)'|([^\s"',;\[\]{}#:=][^\s"',;\[\]{}]*+))"""
    r"""(?=[ \t]*+(?:[,;\]}#\r]|$))"""
)


def find_key(source: str, steps: Sequence[Step], start: int = 0) -> int:
    """The offset of the key that `steps` lead to: `("menus", "main", 0, "url")`.

    A number chooses the nth table of a TOML array of tables. Where a step cannot be found the
    offset is that of the last one that was; `start` when there was none. This looks for patterns
    and knows no grammar: it serves messages only.
    """
    found = start
    for index, step in enumerate(steps):
        if isinstance(step, int):
            matches = re.compile(_array_table(str(steps[index - 1]))).finditer(source, start)
            match = next(islice(matches, step, None), None)
        else:
            match = _search_key(source, step, found, outermost=index == 0)
        if match is not None:
            found = match.start("key")
    return found


def find_value(source: str, steps: Sequence[Step], start: int = 0, item: str = "") -> int:
    """The offset of the value of the key that `steps` lead to, as far as `find_key` finds it.

    `item` is the text in a list or a table that is meant, if one is.
    """
    found = find_key(source, steps, start)
    name = re.escape(str(steps[-1])) if steps else ""
    written = re.compile(rf"{name}[\"']?[ \t]*[:=][ \t]*").match(source, max(found, 0))
    if not name or written is None:
        return found
    at = _find_item(source, item, written.end()) if item else -1
    if at >= 0:
        return at
    is_below = written.end() == len(source) or source[written.end()] in "\r\n"
    return found if is_below else written.end()


def _find_item(source: str, item: str, start: int) -> int:
    """The offset of `item`, rather where it is no part of a longer word; -1 where it is not."""
    whole = re.compile(rf"(?<![\w./+-]){re.escape(item)}(?![\w./+-])").search(source, start)
    return whole.start() if whole else source.find(item, start)


def index_values(source: str) -> dict[str, int]:
    """The values of YAML, TOML, JSON or CSV, each with the offset where it is first.

    Keys may be among them. As `find_key` does, this knows no grammar.
    """
    found: dict[str, int] = {}
    for value in _WHOLE_VALUE.finditer(source):
        group = value.lastindex or 0
        found.setdefault(value[group], value.start(group))
    return found


def _search_key(source: str, name: str, start: int, *, outermost: bool) -> re.Match[str] | None:
    after = r"[\"']?(?=[ \t]*[:=.\]])"
    quoted = rf"[\"']?(?P<key>{re.escape(name)}){after}"
    anywhere = re.compile(
        rf"(?m)(?:^[ \t]*(?:-[ \t]+)?|[{{,]\s*|^[ \t]*\[{{1,2}}[^\]\n]*?|\.){quoted}"
    )
    at_margin = re.compile(rf"(?m)^{quoted}")
    return (at_margin.search(source, start) if outermost else None) or anywhere.search(
        source, start
    )


def _array_table(name: str) -> str:
    return rf"(?m)^[ \t]*\[\[[^\]\n]*?(?P<key>{re.escape(name)})[\"']?[ \t]*\]\]"
