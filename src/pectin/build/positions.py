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

_LIST = re.compile(
    r"""["']?[\w-]+["']?[ \t]*[:=][ \t]*(?:\[|(?P<line>\r?\n)(?P<indent>[ \t]*)-\s)"""
)
_SIGN = re.compile(r"""[\[\]{}]|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")


def find_key(source: str, steps: Sequence[Step], start: int = 0) -> int:
    """The offset of the key that `steps` lead to: `("menus", "main", 0, "url")`.

    A number chooses the nth table of a TOML array of tables, or item of another list. Where a step cannot be found the
    offset is that of the last one that was; `start` when there was none. This looks for patterns
    and knows no grammar: it serves messages only.
    """
    found = start
    for index, step in enumerate(steps):
        if isinstance(step, int):
            names = [name for name in steps[:index] if isinstance(name, str)]
            matches = re.compile(_array_table(names)).finditer(source, start)
            match = next(islice(matches, step, None), None)
            if match is None:
                found = _find_nth(source, step, found)
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


def _find_nth(source: str, index: int, start: int) -> int:
    """The offset of an item of the list below `start`: of its line in YAML, of its brace in JSON."""
    opening = _LIST.match(source, max(start, 0))
    if opening is None:
        return start
    if opening["indent"] is not None:
        items = re.compile(rf"(?m)^{opening['indent']}-(?=\s)").finditer(
            source, opening.end("line")
        )
        item = next(islice(items, index, None), None)
        return item.start() if item else start
    depth = seen = 0
    for sign in _SIGN.finditer(source, opening.end()):
        if sign[0] in "]}":
            depth -= 1
        elif sign[0] in "[{":
            if depth == 0 and seen == index:
                return sign.start()
            seen += depth == 0
            depth += 1
        if depth < 0:
            break
    return start


def _array_table(names: Sequence[str]) -> str:
    *before, name = map(re.escape, names)
    above = "".join(rf"[\"']?{one}[\"']?[ \t]*\.[ \t]*" for one in before)
    return rf"(?m)^[ \t]*\[\[[ \t]*{above}[\"']?(?P<key>{name})[\"']?[ \t]*\]\]"
