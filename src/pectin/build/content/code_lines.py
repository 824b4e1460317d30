"""The lines of highlighted code, each an element of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pectin.build.content.code_options import CodeOptions

_TOKEN = re.compile(r"<span[^>]*>|</span>|\n")
_EMPTY = re.compile(r"<span[^>]*></span>")
_INSERTED, _DELETED = "gi", "gd"
_MARKS = {"+": _INSERTED, "-": _DELETED}


def split_lines(html: str) -> Iterator[str]:
    """The lines of `html`, each with its end and with its elements closed in it.

    `html` has no elements but `span`.
    """
    still_open: list[str] = []
    line: list[str] = []
    done = 0
    for token in _TOKEN.finditer(html):
        line.append(html[done : token.start()])
        done = token.end()
        if token[0] == "\n":
            yield "".join((*line, "</span>" * len(still_open), "\n"))
            line = list(still_open)
        elif token[0] == "</span>":
            still_open.pop()
            line.append(token[0])
        else:
            still_open.append(token[0])
            line.append(token[0])
    line.append(html[done:])
    if done < len(html):
        yield "".join((*line, "</span>" * len(still_open)))


def mark_lines(html: str, marks: list[str], options: CodeOptions) -> str:
    """`html` with an element for each line: its number, whether it is marked, and its sign in a diff.

    `marks` are the signs of the lines, as `take_marks` has them.
    """
    return "".join(
        _render_line(number, _EMPTY.sub("", line), marks[number - 1] if marks else "", options)
        for number, line in enumerate(split_lines(html), 1)
    )


def take_marks(code: str) -> tuple[str, list[str]]:
    """`code` without the first character of each line, and those characters: `+`, `-` or a blank."""
    lines = code.split("\n")
    marks = [line[:1] if line[:1] in _MARKS else " " for line in lines]
    rest = [line[1:] if line[:1] in {"+", "-", " "} else line for line in lines]
    return "\n".join(rest), marks


def _render_line(number: int, line: str, mark: str, options: CodeOptions) -> str:
    classes = ["line"]
    if any(first <= number <= last for first, last in options.marked):
        classes.append("hl")
    if mark in _MARKS:
        classes.append(_MARKS[mark])
    shown = f' data-line="{options.first + number - 1}"' if options.first is not None else ""
    return f'<span class="{" ".join(classes)}"{shown}>{mark}{line}</span>'
