"""Stylesheets taken apart at their imports, and put together without them.

After "CSS Cascading and Inheritance Level 5" (https://www.w3.org/TR/css-cascade-5/#at-import).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_STRING = r"""(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
_PRELUDE = re.compile(
    rf"""(?:\s|/\*.*?\*/|<!--|-->|@charset\s+{_STRING}\s*;)*
    (?:(?P<layers>@layer\s+[^;{{}}]+;)
    |@import\s+(?:url\(\s*(?P<bare>[^"')\s]+)\s*\)|(?:url\(\s*)?(?P<string>{_STRING})(?(string)\s*\)?))
     (?P<conditions>(?:[^;"'{{}}]|{_STRING})*);)""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_SKIPPED = re.compile(r"(?:\s|/\*.*?\*/|@charset\s+\"[^\"]*\"\s*;)*", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LAYER = re.compile(r"layer(?:\(\s*(?P<name>[^)]*?)\s*\))?(?![-\w(])\s*", re.IGNORECASE)
_SUPPORTS = re.compile(r"supports(?=\()", re.IGNORECASE)


_BRACKET = re.compile(rf"/\*.*?(?:\*/|$)|{_STRING}|\\.|[{{}}()\[\]]", re.DOTALL)
_CLOSED_BY = {"{": "}", "(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Import:
    """An `@import`, whose `url` stands at `offset`; what it depends on is "" where it is not said.

    `layer` is a name, "" for one without, and None where there is none.
    """

    url: str
    offset: int
    layer: str | None = None
    supports: str = ""
    media: str = ""

    @property
    def has_conditions(self) -> bool:
        """Whether it is more than the file."""
        return self.layer is not None or bool(self.supports or self.media)

    def wrap(self, css: str) -> str:
        """The imported `css` as rules that mean the same."""
        if self.layer is not None:
            css = f"@layer {self.layer} {{\n{css}\n}}"
        if self.supports:
            css = f"@supports {self.supports} {{\n{css}\n}}"
        return f"@media {self.media} {{\n{css}\n}}" if self.media else css

    def render(self, url: str) -> str:
        """The import of `url` under the same conditions."""
        layer = {None: "", "": " layer"}.get(self.layer, f" layer({self.layer})")
        supports = f" supports{self.supports}" if self.supports else ""
        return f'@import "{url}"{layer}{supports}{f" {self.media}" if self.media else ""};'


@dataclass(frozen=True, slots=True)
class Sheet:
    """A stylesheet: its imports and the layers that it names among them, in order, then all else."""

    prelude: tuple[Import | str, ...]
    rules: str
    rules_at: int


def parse_sheet(text: str) -> Sheet:
    """The stylesheet in `text`. An import after other rules is none, and is left among them."""
    prelude: list[Import | str] = []
    at = 0
    while found := _PRELUDE.match(text, at):
        at = found.end()
        prelude.append(found["layers"] or _parse_import(found))
    skipped = _SKIPPED.match(text, at)
    assert skipped
    at = skipped.end() if "@charset" in skipped[0].lower() else at
    return Sheet(tuple(prelude), text[at:], at)


def _parse_import(found: re.Match[str]) -> Import:
    if found["bare"]:
        imported = Import(found["bare"], found.start("bare"))
    else:
        imported = Import(found["string"][1:-1], found.start("string") + 1)
    rest = _COMMENT.sub("", found["conditions"]).strip()
    if layer := _LAYER.match(rest):
        imported = replace(imported, layer=layer["name"] or "")
        rest = rest[layer.end() :]
    if supports := _SUPPORTS.match(rest):
        end = _find_end(rest, supports.end())
        condition = rest[supports.end() : end]
        imported = replace(imported, supports=condition)
        rest = rest[end:].strip()
    return replace(imported, media=rest)


def _find_end(text: str, start: int) -> int:
    """Where the bracket that opens at `start` is closed."""
    depth = 0
    for at in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return at + 1
    return len(text)


def find_unbalanced(text: str) -> int | None:
    """Where `text` has a bracket that nothing closes, or that closes nothing; None where it has none.

    CSS closes at the end of a file what is open there, and so there is no error in it; but other
    files come after it when it is put together with them.
    """
    opened: list[re.Match[str]] = []
    for found in _BRACKET.finditer(text):
        if found[0] in _CLOSED_BY:
            opened.append(found)
        elif found[0] in {"}", ")", "]"} and (
            not opened or _CLOSED_BY[opened.pop()[0]] != found[0]
        ):
            return found.start()
    return opened[-1].start() if opened else None
