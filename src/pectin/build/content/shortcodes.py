"""Shortcodes in Markdown: `{{ name(key="value") }}`, and `{% name() %} body {% end %}`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from textwrap import dedent
from typing import Any

from msgspec import Struct

from pectin.build.content.shortcode_syntax import BadShortcode, Tag, parse_tag
from pectin.build.content.spans import Span
from pectin.values.place import Place
from pectin.values.problem import Problem

_OPENING = re.compile(r"\\?\{[{%]")
_MARK = re.compile(r"SHORTCODE(\d+)N")
_DEEPEST_PAIR = 32


class ShortcodeCall(Struct, frozen=True):
    """One use of a shortcode.

    `body` is what stands between a pair of tags, as HTML; None for an inline one. `nth` counts
    from 1 how many times the page has used this name.
    """

    name: str
    arguments: Mapping[str, Any]
    body: str | None
    nth: int
    place: Place


class Use(Struct, frozen=True):
    """A shortcode as written: `start` is where its tag begins in the body.

    `content` is what a pair encloses: text and further uses. `is_block` says that the pair has
    its lines for itself.
    """

    tag: Tag
    start: int
    nth: int
    content: tuple[str | Use, ...] | None
    is_block: bool = False


def has_shortcodes(body: str) -> bool:
    """Whether `body` can have a shortcode at all."""
    return "{" in body and ("{{" in body or "{%" in body)


def parse_shortcodes(
    body: str,
    literal: Sequence[Span],
    place: Callable[[int], Place],
) -> tuple[tuple[str | Use, ...], tuple[Problem, ...]]:
    """`body` as text and shortcodes in order, and what is wrong with its tags.

    In `literal`, which is in order, braces mean nothing. `place` tells where an offset is. A tag that cannot be read is left out of the text.
    """
    parser = _Parser(body, literal, place)
    return parser.parse(), tuple(parser.problems)


class _Parser:
    """Reads one body from left to right."""

    def __init__(self, body: str, literal: Sequence[Span], place: Callable[[int], Place]) -> None:
        self._body = body
        self._literal = literal
        self._literal_starts = [start for start, _ in literal]
        self._place = place
        self._names: Counter[str] = Counter()
        self._open: list[tuple[Tag, int, int, list[str | Use]]] = []
        self._pieces: list[str | Use] = []
        self.problems: list[Problem] = []

    def parse(self) -> tuple[str | Use, ...]:
        done = 0
        while (opening := self._find_opening(done)) is not None:
            self._pieces.append(self._body[done : opening.start()])
            done = self._take(opening)
        self._pieces.append(self._body[done:])
        unended: list[str | Use] = []
        for tag, start, _, outer in self._open:
            hint = "put `{% end %}` below its body, or write `{{ ... }}` if it has none"
            self._report(f"`{tag.name}` is not ended", start, hint)
            unended += outer
        return (*unended, *self._pieces)

    def _find_opening(self, start: int) -> re.Match[str] | None:
        while opening := _OPENING.search(self._body, start):
            inside = self._literal_around(opening.start())
            if inside is None:
                return opening
            start = inside
        return None

    def _literal_around(self, offset: int) -> int | None:
        """The end of the literal text that `offset` is in, or None where it is in none."""
        index = bisect_right(self._literal_starts, offset) - 1
        return self._literal[index][1] if index >= 0 and offset < self._literal[index][1] else None

    def _take(self, opening: re.Match[str]) -> int:
        """Take the tag at `opening` in, and tell where to go on."""
        if opening[0].startswith("\\"):
            self._pieces.append(opening[0][1:])
            return opening.end()
        try:
            tag = parse_tag(self._body, opening.start())
        except BadShortcode as bad:
            self._report(str(bad), bad.offset, bad.hint)
            return bad.resume
        if tag.is_end:
            self._end(tag, opening.start())
        else:
            self._begin(tag, opening.start())
        return tag.end

    def _begin(self, tag: Tag, start: int) -> None:
        self._names[tag.name] += 1
        nth = self._names[tag.name]
        if tag.is_paired:
            self._open.append((tag, start, nth, self._pieces))
            self._pieces = []
        else:
            self._pieces.append(Use(tag, start, nth, None))

    def _end(self, tag: Tag, start: int) -> None:
        if not self._open:
            hint = "take it away, or begin the pair with `{% name() %}`"
            self._report("nothing is open that `{% end %}` could end", start, hint)
            return
        opener, begin, nth, outer = self._open.pop()
        if len(self._open) >= _DEEPEST_PAIR:
            self._pieces = outer
            hint = f"pairs may stand in each other {_DEEPEST_PAIR} deep"
            self._report(f"`{opener.name}` is nested too deep", begin, hint)
            return
        is_block = self._has_lines_for_itself(begin, opener.end, start, tag.end)
        outer.append(Use(opener, begin, nth, tuple(self._pieces), is_block))
        self._pieces = outer

    def _has_lines_for_itself(self, begin: int, opened: int, ending: int, ended: int) -> bool:
        if self._body.find("\n", opened, ending) < 0:
            return False
        line_start = self._body.rfind("\n", 0, begin) + 1
        line_end = self._body.find("\n", ended)
        after = self._body[ended : line_end if line_end >= 0 else len(self._body)]
        return not self._body[line_start:begin].strip() and not after.strip()

    def _report(self, message: str, offset: int, hint: str) -> None:
        self.problems.append(Problem("shortcode-syntax", message, hint, self._place(offset)))


class Expansion:
    """Takes the uses out of a body's Markdown and puts their HTML into what it becomes.

    In between stands a word for each, which no Markdown rule touches and the body does not have.
    """

    def __init__(
        self,
        body: str,
        render_markdown: Callable[[str], str],
        render_call: Callable[[ShortcodeCall], str],
        place: Callable[[int], Place],
    ) -> None:
        self._mark = _choose_mark(body)
        self._render_markdown = render_markdown
        self._render_call = render_call
        self._place = place
        self._rendered: list[str] = []
        word = rf"{self._mark}(\d+)Z"
        self._alone = re.compile(rf"<p>({word}(?:\n{word})*)</p>")
        self._word = re.compile(word)
        # Looking for the end first spares reading from every word of a tag that has none.
        self._tag = re.compile(rf"<[a-zA-Z](?=[^<>]*+>)[^<>]*{word}[^<>]*>")

    def take_out(self, pieces: Sequence[str | Use]) -> str:
        """The text of `pieces` with a word for each shortcode, which is rendered meanwhile."""
        text: list[str] = []
        before = ""
        for piece in pieces:
            if isinstance(piece, Use):
                text.append(self._replace(piece, before))
                before = ""
            else:
                text.append(piece)
                before = piece
        return "".join(text)

    def put_into_tags(self, html: str) -> str:
        """`html` with the shortcodes that stand in attributes put back, escaped for there."""
        return self._tag.sub(self._fill_tag, html) if self._mark in html else html

    def put_back(self, html: str) -> str:
        """`html` with every shortcode put back; one alone in a paragraph replaces it."""
        html = self._alone.sub(r"\1", html)
        return self._word.sub(self._fill, html)

    def _replace(self, use: Use, before: str) -> str:
        """The word for `use`, which stands behind the text `before`."""
        body = None if use.content is None else self._render_body(use)
        call = ShortcodeCall(use.tag.name, use.tag.arguments, body, use.nth, self._place(use.start))
        word = f"{self._mark}{len(self._rendered)}Z"
        self._rendered.append("")
        self._rendered[-1] = self._render_call(call)
        if not use.is_block:
            return word
        indentation = before.rpartition("\n")[2]
        return f"\n{indentation}{word}\n"

    def _render_body(self, use: Use) -> str:
        text = self.take_out(use.content or ())
        html = self._render_markdown(dedent(text))
        html = self.put_back(html)
        return html if use.is_block else _unwrap(html)

    def _fill(self, match: re.Match[str]) -> str:
        return self._rendered[int(match[1])]

    def _fill_tag(self, match: re.Match[str]) -> str:
        return self._word.sub(lambda word: _escape_attribute(self._fill(word)), match[0])


def _choose_mark(body: str) -> str:
    taken = set(_MARK.findall(body))
    number = next(number for number in count() if str(number) not in taken)
    return f"SHORTCODE{number}N"


def _unwrap(html: str) -> str:
    """`html` without the one paragraph that it is."""
    inner = html.strip()
    if inner.startswith("<p>") and inner.endswith("</p>") and inner.count("<p>") == 1:
        return inner[3:-4]
    return html


def _escape_attribute(html: str) -> str:
    return html.strip().replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
