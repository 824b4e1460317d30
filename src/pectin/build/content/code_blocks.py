"""Blocks of code: what stands behind their fence, and the HTML that they become."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from msgspec import Struct
from msgspec.structs import replace
from pyromark import Markdown

from pectin.build.content.attributes import (
    Attributes,
    keep_harmless,
    parse_attributes,
    render_attributes,
)
from pectin.build.content.code_lines import mark_lines, take_marks
from pectin.build.content.code_options import CodeOptions, parse_options
from pectin.build.content.highlight import Highlighter, name_language
from pectin.build.content.inclusion import CannotInclude, ReadFile, choose_part
from pectin.build.content.slips import Slip
from pectin.build.content.spans import Span, count_characters

_BRACE_BEHIND_FENCE = (re.compile(r"```[^\n{]*\{"), re.compile(r"~~~[^\n{]*\{"))
_INFO = re.compile(r"[^\s{]*[ \t]*\{(?P<attributes>.*)\}[ \t]*", re.DOTALL)
_LANGUAGE_END = re.compile(r"[\s{]")
_CODE = "bad-attributes"
_HINT = 'write them as in {title="app.py" hl_lines="2 4-6"}'


class CodeBlock(Struct, frozen=True):
    """A block of code. `language` is "" where none is given.

    `attributes` are those behind its fence, `options` what some of them ask for, and `written` is
    all that stands there.
    """

    language: str
    code: str
    attributes: Attributes
    options: CodeOptions = CodeOptions()
    written: str = ""


class Fence(Struct, frozen=True):
    """What stands behind a fence."""

    attributes: Attributes
    options: CodeOptions
    written: str


class Fences(Struct, frozen=True):
    """A text whose fences have one word each, and what the words stand for."""

    text: str
    fences: Sequence[Fence] = ()
    slips: Sequence[Slip] = ()

    def read(self, word: str | None, code: str) -> CodeBlock:
        """The block of `code` behind whose fence is `word`."""
        language, brace, number = (word or "").partition("{")
        if not brace or not number.isdecimal() or int(number) >= len(self.fences):
            return CodeBlock(language, code, {})
        fence = self.fences[int(number)]
        return CodeBlock(language, code, fence.attributes, fence.options, fence.written)


def take_fences(text: str, markdown: Markdown, *, is_trusted: bool = True) -> Fences:
    """`text` with a number in the place of the attributes of each fence.

    The parser tells only the first word of what stands behind a fence.
    """
    if "{" not in text or not _may_have_attributes(text):
        return Fences(text)
    found: list[Fence] = []
    slips: list[Slip] = []
    pieces: list[str] = []
    done = 0
    for start, end in _list_infos(text, markdown):
        written = text[start:end]
        fence, wrong = _read_fence(written, is_trusted=is_trusted)
        slips += wrong
        language = _LANGUAGE_END.split(written, maxsplit=1)[0]
        pieces += (text[done:start], f"{language}{{{len(found)}")
        done = end
        found.append(fence)
    return Fences("".join((*pieces, text[done:])), found, slips)


def _read_fence(written: str, *, is_trusted: bool) -> tuple[Fence, list[Slip]]:
    info = _INFO.fullmatch(written)
    attributes = parse_attributes(info["attributes"]) if info else None
    if attributes is None:
        message = f"`{written}` has no attributes in its braces"
        return Fence({}, CodeOptions(), written), [Slip(_CODE, message, _HINT, written)]
    options, rest, wrong = parse_options(attributes)
    fence = Fence(rest if is_trusted else keep_harmless(rest), options, written)
    return fence, [Slip(_CODE, str(error), error.hint, written) for error in wrong]


def _may_have_attributes(text: str) -> bool:
    return any(found.search(text) for found in _BRACE_BEHIND_FENCE)


def _list_infos(text: str, markdown: Markdown) -> list[Span]:
    """Where the text behind a fence is that has a brace."""
    raw = text.encode()
    found: list[Span] = []
    for event, span in markdown.events_with_range(text):
        match event:
            case {"Start": {"CodeBlock": {"Fenced": info}}} if "{" in info:
                end = raw.find(b"\n", span["start"])
                line = raw[span["start"] : end if end >= 0 else len(raw)]
                begin = len(line) - len(line.lstrip(line[:1]))
                written = line[begin:].strip()
                at = span["start"] + line.index(written, begin)
                found.append((at, at + len(written)))
    counted = count_characters(text, (offset for span in found for offset in span))
    return [(counted[start], counted[end]) for start, end in found]


def fill_block(block: CodeBlock, read_file: ReadFile | None) -> tuple[CodeBlock, list[Slip]]:
    """`block` with the code of the file that it shows, if it shows one, and what is wrong with that."""
    options = block.options
    slips: list[Slip] = []
    if options.file and read_file is not None:
        try:
            text = choose_part(read_file(options.file), options.file, options.lines, options.region)
        except CannotInclude as error:
            slips.append(Slip(error.code, str(error), error.hint, block.written))
        else:
            if block.code.strip():
                message = f"the block that shows `{options.file}` has code of its own"
                slips.append(Slip(_CODE, message, "take the code away, or `file`", block.written))
            block = replace(block, code=text)
    last = block.code.count("\n")
    for first, _ in options.marked:
        if first > last:
            message = f"the code has no line {first} that `hl_lines` could mark"
            slips.append(Slip(_CODE, message, f"its last is line {last}", block.written))
    return block, slips


def render_code_block(block: CodeBlock, highlighter: Highlighter | None) -> str:
    """`block` as HTML; in a figure when it has a title."""
    options = block.options
    code, marks = take_marks(block.code) if options.is_diff else (block.code, [])
    painted = highlighter.paint(block.language, code) if highlighter else None
    html = escape(code, quote=False) if painted is None else painted
    if options.has_lines:
        html = mark_lines(html, marks, options)
    attributes = dict(block.attributes)
    if painted is not None or options.has_lines:
        attributes["class"] = " ".join(filter(None, ("highlight", attributes.get("class"))))
    opening = _open_code(block.language, is_painted=painted is not None)
    pre = f"<pre{render_attributes(attributes)}>{opening}{html}</code></pre>\n"
    if not options.title:
        return pre
    return (
        f'<figure class="code">\n<figcaption>{escape(options.title)}</figcaption>\n{pre}</figure>\n'
    )


def _open_code(language: str, *, is_painted: bool) -> str:
    if not language:
        return "<code>"
    if not is_painted:
        return f'<code class="language-{escape(language)}">'
    name = name_language(language)
    return f'<code class="language-{name}" data-lang="{name}">'
