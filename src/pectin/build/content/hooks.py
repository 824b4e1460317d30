"""Render hooks: elements that Markdown made, as a site's own templates write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from pectin.build.content.attributes import read_attributes
from pectin.build.content.code_blocks import CodeBlock
from pectin.build.content.text import plain_text

KINDS = ("link", "image", "heading", "code", "table", "blockquote", "alert")
"""What a hook can be for."""

RAW = " \t \t "
"""Stands behind the name in a tag that an author wrote, while those of Markdown are looked for."""

OWN = " \t\t\t "
"""Stands behind the name in a tag of a heading that Markdown made, and that a hook is for."""

_RAW_TAG = re.compile(r"<(/?(?:a|img|table|blockquote|h[1-6])|pre)(?=[\s/>])")
_ATTRIBUTES = r'(?:\s+[^\s"<>=]+(?:="[^"]*")?)*+'
_TOKEN = re.compile(
    rf"(?P<paragraph><p>)?<img (?P<image>src=[^<>]*) />(?(paragraph)</p>)"
    rf"|<pre data-pectin-code=\"(?P<code>\d+)\"></pre>\n"
    rf"|<(?P<opened>a|table|blockquote|h[1-6])(?!{RAW})(?P<attributes>{_ATTRIBUTES})>"
    rf"|</(?P<closed>a|table|blockquote|h[1-6])>"
)
_ALERT = re.compile(r"markdown-alert-(\w+)\s*(.*)")
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r'<t[hd](?: align="(\w+)")?>(.*?)</t[hd]>', re.DOTALL)
_FOOTNOTE = 'class="footnote-reference">'


class HookCall(Struct, frozen=True):
    """One element for a hook: the hook's name, and what its template sees.

    `default` is the element as Markdown has it, and `about` names it in messages.
    """

    name: str
    variables: Mapping[str, Any]
    default: str
    about: str


RenderHook = Callable[[HookCall], str]
"""Takes an element and returns its HTML."""


class Hooks(Struct, frozen=True):
    """The hooks that a site has, by name: `link`, `code`, `code-mermaid`."""

    names: frozenset[str]
    render: RenderHook

    def find(self, kind: str) -> str | None:
        """The name of the hook for elements of `kind`, or None."""
        return kind if kind in self.names else None

    def find_code(self, language: str) -> str | None:
        """The name of the hook for code in `language`, or None."""
        own = f"code-{language.lower()}"
        return own if own in self.names else self.find("code")

    @property
    def has_code(self) -> bool:
        """Whether any is for code."""
        return any(name == "code" or name.startswith("code-") for name in self.names)


class _Frame(Struct):
    """An element that has begun: its tag, and what is in it so far."""

    name: str
    tag: str
    attributes: str
    is_footnote: bool
    pieces: list[str]


def set_raw_apart(html: str) -> str:
    """`html`, which an author wrote, with a mark in each tag that Markdown might have made."""
    return _RAW_TAG.sub(rf"<\1{RAW}", html)


def mark_code(number: int) -> str:
    """What stands for the block of code `number` until its hook is asked."""
    return f'<pre data-pectin-code="{number}"></pre>\n'


def render_hooks(
    html: str,
    hooks: Hooks,
    blocks: Sequence[CodeBlock],
    render_code: Callable[[CodeBlock], str],
) -> str:
    """`html` with each element that a hook is for as the hook writes it, the innermost first.

    Raw HTML in it is set apart. `blocks` are the marked blocks of code, of which `render_code` makes
    HTML. Headings are only marked: their ids are not known yet.
    """
    return _Walk(hooks, blocks, render_code).run(html).replace(RAW, "")


class _Walk:
    """Goes once through HTML; `_frames` are the elements around the place where it is."""

    def __init__(
        self, hooks: Hooks, blocks: Sequence[CodeBlock], render_code: Callable[[CodeBlock], str]
    ) -> None:
        self._hooks = hooks
        self._blocks = blocks
        self._render_code = render_code
        self._frames: list[_Frame] = [_Frame("", "", "", is_footnote=False, pieces=[])]

    def run(self, html: str) -> str:
        done = 0
        for token in _TOKEN.finditer(html):
            self._write(html[done : token.start()])
            done = token.end()
            if token["opened"]:
                is_footnote = html.endswith(_FOOTNOTE, 0, token.start())
                self._frames.append(
                    _Frame(token["opened"], token[0], token["attributes"], is_footnote, [])
                )
            elif token["closed"]:
                self._close(token)
            elif token["code"]:
                self._write(self._render_block(self._blocks[int(token["code"])]))
            else:
                self._write(self._render_image(token))
        self._write(html[done:])
        while len(self._frames) > 1:
            frame = self._frames.pop()
            self._write(frame.tag + "".join(frame.pieces))
        return "".join(self._frames[0].pieces)

    def _write(self, html: str) -> None:
        self._frames[-1].pieces.append(html)

    def _close(self, token: re.Match[str]) -> None:
        if self._frames[-1].name != token["closed"]:
            self._write(token[0])
            return
        frame = self._frames.pop()
        inner = "".join(frame.pieces)
        default = f"{frame.tag}{inner}{token[0]}"
        self._write(self._render_element(frame, inner, default))

    def _render_element(self, frame: _Frame, inner: str, default: str) -> str:
        if frame.name == "a":
            return default if frame.is_footnote else self._render_link(frame, inner, default)
        if frame.name == "table":
            return self._render_table(frame, inner, default)
        if frame.name == "blockquote":
            return self._render_quote(frame, inner, default)
        if not self._hooks.find("heading"):
            return default
        return f"<{frame.name}{OWN}{default[len(frame.name) + 1 :]}"

    def _render_link(self, frame: _Frame, inner: str, default: str) -> str:
        name = self._hooks.find("link")
        attributes = read_attributes(frame.attributes)
        if name is None or "href" not in attributes:
            return default
        destination = attributes.pop("href")
        variables = {
            "destination": _mark(destination),
            "title": attributes.pop("title", ""),
            "text": _made(inner),
            "plain": plain_text(inner),
            "attributes": attributes,
        }
        return self._ask(name, variables, default, f"the link to `{destination}`")

    def _render_image(self, token: re.Match[str]) -> str:
        name = self._hooks.find("image")
        if name is None:
            return token[0]
        attributes = read_attributes(f" {token['image']}")
        destination = attributes.get("src", "")
        text = attributes.get("alt", "")
        variables = {
            "destination": _mark(destination),
            "title": attributes.get("title", ""),
            "text": text,
            "plain": text,
            "is_block": token["paragraph"] is not None,
        }
        return self._ask(name, variables, token[0], f"the image `{destination}`")

    def _render_block(self, block: CodeBlock) -> str:
        default = self._render_code(block)
        name = self._hooks.find_code(block.language)
        if name is None:
            return default
        variables = {
            "language": block.language,
            "code": block.code,
            "text": _made(default),
            "attributes": dict(block.attributes),
        }
        about = f"the code in `{block.language}`" if block.language else "the code"
        return self._ask(name, variables, default, about).rstrip("\n") + "\n"

    def _render_table(self, frame: _Frame, inner: str, default: str) -> str:
        name = self._hooks.find("table")
        if name is None:
            return default
        head, _, body = inner.partition("<tbody>")
        variables = {
            "attributes": read_attributes(frame.attributes),
            "head": _read_rows(head),
            "body": _read_rows(body),
            "text": _made(inner),
        }
        return self._ask(name, variables, default, "the table")

    def _render_quote(self, frame: _Frame, inner: str, default: str) -> str:
        attributes = read_attributes(frame.attributes)
        alert = _ALERT.match(attributes.get("class", ""))
        name = self._hooks.find("alert" if alert else "blockquote")
        if name is None:
            return default
        variables: dict[str, Any] = {"text": _made(inner.strip()), "attributes": attributes}
        if alert:
            del attributes["class"]
            if alert[2]:
                attributes["class"] = alert[2]
            variables |= {"type": alert[1], "title": alert[1].capitalize()}
        return self._ask(name, variables, default, f"the {name}")

    def _ask(self, name: str, variables: Mapping[str, Any], default: str, about: str) -> str:
        return self._hooks.render(HookCall(name, variables, default, about))


def _made(html: str) -> Markup:
    """`html` as templates write it out: what Markdown made is what its writer may write."""
    return Markup(html)  # noqa: S704 - rendered Markdown


def _mark(url: str) -> Markup:
    """`url` as it stands in HTML; the engine would write its slashes as entities."""
    return _made(escape(url))


def _read_rows(html: str) -> list[list[dict[str, str]]]:
    """The rows in a part of a table: for each cell its `text`, as HTML, and its `align`."""
    return [
        [{"text": _made(text), "align": align} for align, text in _CELL.findall(row)]
        for row in _ROW.findall(html)
    ]


def make_heading_call(
    level: int, identifier: str, inner: str, plain: str, written: str, default: str
) -> HookCall:
    """The call for a heading whose tag has the attributes `written`, with the id `identifier`."""
    attributes = read_attributes(written)
    attributes.pop("id", None)
    variables = {
        "level": level,
        "id": identifier,
        "text": _made(inner),
        "plain": plain,
        "attributes": attributes,
    }
    return HookCall("heading", variables, default, f"the heading `{plain}`")
