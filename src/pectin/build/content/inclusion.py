"""Parts of files that pages show: some lines, or a region between two markers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from textwrap import dedent
from typing import Any

from msgspec import Struct

from pectin.build.content.code_options import Range, WrongOption, parse_ranges
from pectin.build.content.front_matter import parse_document

ReadFile = Callable[[str], str]
"""Takes the path that an author wrote and returns the text of the file. Raises CannotInclude."""

_MARKER = re.compile(r"^\W*#?(?P<kind>end)?region\b[ \t]*(?P<name>[\w.-]*)")


class CannotInclude(ValueError):
    """A file, or a part of one, that cannot be shown: the problem's code, and what to do."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


class Included(Struct, frozen=True):
    """The text of an included file, and whether it is HTML and not Markdown."""

    text: str
    is_html: bool


def include_file(arguments: Mapping[str, Any], read_file: ReadFile | None) -> Included:
    """What the shortcode `include` with `arguments` shows. Raises CannotInclude."""
    file = arguments.get("file")
    unknown = arguments.keys() - {"file", "lines", "region"}
    if unknown or not all(isinstance(value, str) for value in arguments.values()) or not file:
        hint = (
            'write `{{ include(file="/assets/parts/legal.md") }}`, perhaps with `lines` or `region`'
        )
        raise CannotInclude("bad-include", "`include` does not take these arguments", hint)
    if not file.endswith((".md", ".html")):
        hint = f'show another file as code: a fence with {{file="{file}"}} behind it'
        raise CannotInclude("bad-include", f"`{file}` is neither Markdown nor HTML", hint)
    text = read_file(file) if read_file else ""
    body = parse_document(file, text, ())[0].body
    try:
        lines = parse_ranges("lines", arguments["lines"]) if "lines" in arguments else ()
    except WrongOption as wrong:
        raise CannotInclude("bad-include", str(wrong), wrong.hint) from None
    part = choose_part(body, file, lines, arguments.get("region", ""))
    return Included(part, file.endswith(".html"))


def choose_part(text: str, file: str, lines: tuple[Range, ...], region: str) -> str:
    """The `lines` of the `region` of `text`, without markers and common indentation.

    No lines and no region mean all. Raises CannotInclude, whose message names `file`.
    """
    chosen = _find_region(text.splitlines(), file, region) if region else text.splitlines()
    if lines:
        _check_lines(lines, len(chosen), file)
        numbered = list(enumerate(chosen, 1))
        chosen = [
            line for first, last in lines for number, line in numbered if first <= number <= last
        ]
    return dedent("".join(f"{line}\n" for line in chosen))


def _check_lines(lines: tuple[Range, ...], count: int, file: str) -> None:
    for first, _ in lines:
        if first > count:
            raise CannotInclude(
                "bad-include", f"`{file}` has no line {first}", f"its last is line {count}"
            )


def _find_region(lines: list[str], file: str, name: str) -> list[str]:
    found: list[str] = []
    names: list[str] = []
    depth = 0
    for line in lines:
        marker = _MARKER.match(line)
        if marker is None:
            if depth:
                found.append(line)
        elif not depth:
            if not marker["kind"]:
                names.append(marker["name"])
                depth = int(marker["name"] == name)
        else:
            depth += -1 if marker["kind"] else 1
            if not depth:
                return found
    if depth:
        hint = "end it with `endregion`, in a comment on a line of its own"
        raise CannotInclude("bad-include", f"the region `{name}` of `{file}` has no end", hint)
    listed = ", ".join(f"`{other}`" for other in dict.fromkeys(names) if other)
    hint = f"there are {listed}" if listed else f"write `region {name}` and `endregion` in comments"
    raise CannotInclude("bad-include", f"`{file}` has no region `{name}`", hint)
