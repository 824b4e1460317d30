"""One tag of a shortcode: its name and its arguments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

_SPACE = re.compile(r"\s*")
_NAME = re.compile(r"[A-Za-z_][\w-]*(?:/[\w-]+)*")
_KEY = re.compile(r"([A-Za-z_]\w*)\s*=\s*")
_STRING = re.compile(r"\"((?:[^\"\\]|\\.)*+)\"|'((?:[^'\\]|\\.)*+)'", re.DOTALL)
_NUMBER = re.compile(r"-?\d{1,18}+(\.\d{1,99}+)?(?![\w.])", re.ASCII)
_WORD = re.compile(r"(true|false|none)\b")
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "none": None}
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t"}
_CLOSINGS = {"{{": "}}", "{%": "%}"}
_NEXT = {end: re.compile(rf"{end}|\{{[{{%]|\n") for end in _CLOSINGS.values()}
_ARGUMENT_HINT = 'write each argument with its name, as in `{{ figure(src="plum.svg", width=3) }}`'
_DEEPEST_LIST = 8


class BadShortcode(ValueError):
    """A tag that cannot be read: where, what to write, and where to go on reading."""

    def __init__(self, message: str, offset: int, hint: str, resume: int) -> None:
        super().__init__(message)
        self.offset = offset
        self.hint = hint
        self.resume = resume


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag and the offset where it ends. `is_end` is the `{% end %}` of a pair."""

    name: str
    end: int
    is_paired: bool
    is_end: bool = False
    arguments: Mapping[str, Any] = field(default_factory=dict)


def parse_tag(text: str, start: int) -> Tag:
    """The tag that begins at `start` of `text`. Raises BadShortcode."""
    return _TagReader(text, start).read()


class _TagReader:
    """Reads one tag; `_at` is the offset of what comes next."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._start = start
        self._at = start + 2
        self._closing = _CLOSINGS[text[start : start + 2]]

    def read(self) -> Tag:
        is_paired = self._closing == "%}"
        self._skip_space()
        name = self._match(_NAME)
        if name is None:
            self._refuse(
                "a shortcode begins with its name",
                r"write `{{ name() }}`, or `\{{` for the braces themselves",
            )
        self._skip_space()
        if is_paired and name[0] == "end":
            self._close(name[0])
            return Tag("end", self._at, is_paired, is_end=True)
        if not self._skip("("):
            self._refuse(
                f"`{name[0]}` is not followed by `(`",
                rf"call it with brackets, as in `{name[0]}()`, "
                r"or write `\{{` for the braces themselves",
            )
        arguments = self._read_arguments()
        self._close(name[0])
        return Tag(name[0], self._at, is_paired, arguments=arguments)

    def _read_arguments(self) -> dict[str, Any]:
        arguments: dict[str, Any] = {}
        self._skip_space()
        while not self._skip(")"):
            key = self._match(_KEY)
            if key is None:
                self._refuse("an argument is not `name=value`", _ARGUMENT_HINT)
            if key[1] in arguments:
                self._at = key.start()
                self._refuse(f"the argument `{key[1]}` is given twice", "keep one of them")
            arguments[key[1]] = self._read_value(0)
            self._skip_space()
            if not self._skip(",") and self._text[self._at : self._at + 1] != ")":
                self._refuse("a comma or `)` is missing after an argument", _ARGUMENT_HINT)
            self._skip_space()
        return arguments

    def _read_value(self, depth: int) -> Any:
        if string := self._match(_STRING):
            raw = string[1] if string[1] is not None else string[2]
            return _ESCAPE.sub(lambda m: _ESCAPES.get(m[1], m[1]), raw) if "\\" in raw else raw
        if number := self._match(_NUMBER):
            return float(number[0]) if number[1] else int(number[0])
        if word := self._match(_WORD):
            return _WORDS[word[1]]
        if depth < _DEEPEST_LIST and self._skip("["):
            return self._read_list(depth + 1)
        return self._refuse(
            "this is not a value",
            'a value is text in quotes, a number, `true`, `false`, `none`, or a list `["a", "b"]`',
        )

    def _read_list(self, depth: int) -> list[Any]:
        items: list[Any] = []
        self._skip_space()
        while not self._skip("]"):
            items.append(self._read_value(depth))
            self._skip_space()
            if not self._skip(",") and self._text[self._at : self._at + 1] != "]":
                self._refuse("a comma or `]` is missing after an item", 'write `["a", "b"]`')
            self._skip_space()
        return items

    def _close(self, name: str) -> None:
        self._skip_space()
        if not self._skip(self._closing):
            self._refuse(
                f"the tag of `{name}` does not end with `{self._closing}`",
                f"put `{self._closing}` there",
            )

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self._text, self._at)
        if match:
            self._at = match.end()
        return match

    def _skip_space(self) -> None:
        self._match(_SPACE)

    def _skip(self, mark: str) -> bool:
        found = self._text.startswith(mark, self._at)
        self._at += len(mark) if found else 0
        return found

    def _refuse(self, message: str, hint: str) -> NoReturn:
        """Raise at the current offset, to go on after the tag if it ends before the next does.

        Where the text ends there is nothing to show, so that the tag itself is shown.
        """
        following = _NEXT[self._closing].search(self._text, self._at)
        is_closed = following is not None and following[0] == self._closing
        resume = following.end() if following and is_closed else max(self._at, self._start + 2)
        offset = self._at if self._at < len(self._text) else self._start
        raise BadShortcode(message, offset, hint, resume)
