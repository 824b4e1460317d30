"""HTML as the Markdown that makes it, for readers who are programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html.parser import HTMLParser
from itertools import groupby

from pectin.build.content.text import VOID
from pectin.build.urls import join_url

_DEEPEST = 60
"""Elements within elements; what is deeper counts as the text of the last."""

_DROPPED = frozenset({"script", "style", "template", "noscript", "svg", "head", "iframe", "audio", "video", "object"})  # fmt: skip
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "figcaption",
        "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
        "ol", "p", "pre", "section", "summary", "table", "ul",
    }
)  # fmt: skip
_ENDED_BY: Mapping[str, frozenset[str]] = {
    "p": _BLOCKS - {"summary", "figcaption"},
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr"}),
    "td": frozenset({"td", "th", "tr"}),
    "th": frozenset({"td", "th", "tr"}),
}
"""The elements that end when another begins (HTML 13.1.2.4)."""

_SPECIAL = re.compile(r"[\\`*\[\]]|(?<!\w)_|_(?!\w)|~(?=~)|<(?=[a-zA-Z/!?])|&(?=#?\w+;)")
_FIRST = re.compile(r"(?:#{1,6}(?=\s|$)|[-+>=](?=\s|$)|(?<=\d)[.)](?=\s|$))")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_LANGUAGE = re.compile(r"\blang(?:uage)?-([\w+#-]+)")
_BACKTICKS = re.compile(r"`+")
_BLANK_LINES = re.compile(r"\n +(?=\n)")
_BLANKS_BESIDE_BREAK = re.compile(r" ?\\\n ?")
_DIGITS = 10


class Element:
    """An element of HTML, with what is in it: elements and texts."""

    __slots__ = ("attributes", "children", "name")

    def __init__(self, name: str, attributes: Mapping[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Element | str] = []

    @property
    def text(self) -> str:
        """All text in it, as it is."""
        return "".join(one if isinstance(one, str) else one.text for one in self.children)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while tag in _ENDED_BY.get(self._open[-1].name, ()):
            self._open.pop()
        made = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(made)
        if tag not in VOID and len(self._open) < _DEEPEST:
            self._open.append(made)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].name == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        children = self._open[-1].children
        # What is no tag after all comes in pieces, of which none alone shows what it would be.
        last = children[-1] if children else None
        if isinstance(last, str):
            children[-1] = last + data
        else:
            children.append(data)


def render_markdown(html: str, base: str) -> str:
    """The body `html` as Markdown (CommonMark, with GitHub's tables), its links absolute by `base`.

    What Markdown has no mark for is its text alone; scripts, drawings and films are left out.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return _Writer(base).render_blocks(reader.root.children)


def escape_markdown(text: str) -> str:
    """`text` on one line, as Markdown that shows it as it is, wherever in a line it stands."""
    return _guard_line(_escape(_BLANKS.sub(" ", text).strip()))


class _Writer:
    def __init__(self, base: str) -> None:
        self._base = base
        self._blocks: Mapping[str, Callable[[Element], str]] = {
            "blockquote": self._render_quote,
            "dt": lambda one: self._wrap(one, "**"),
            "hr": lambda _: "---",
            "ol": self._render_list,
            "pre": _render_code_block,
            "table": self._render_table,
            "ul": self._render_list,
            **{f"h{level}": self._render_heading for level in range(1, 7)},
        }
        self._inlines: Mapping[str, Callable[[Element], str]] = {
            "a": self._render_link,
            "b": lambda one: self._wrap(one, "**"),
            "br": lambda _: "\\\n",
            "code": lambda one: _render_code(one.text),
            "del": lambda one: self._wrap(one, "~~"),
            "em": lambda one: self._wrap(one, "*"),
            "i": lambda one: self._wrap(one, "*"),
            "img": self._render_image,
            "input": _render_checkbox,
            "math": _render_formula,
            "s": lambda one: self._wrap(one, "~~"),
            "strong": lambda one: self._wrap(one, "**"),
        }

    def render_blocks(self, children: Iterable[Element | str], between: str = "\n\n") -> str:
        """Blocks with `between` them; text that stands alone is a paragraph."""
        return between.join(filter(None, self._list_blocks(children)))

    def _list_blocks(self, children: Iterable[Element | str]) -> Iterator[str]:
        for is_block, some in groupby(children, _has_blocks):
            if is_block:
                for one in some:
                    assert isinstance(one, Element)
                    render = self._blocks.get(one.name)
                    yield render(one) if render else self.render_blocks(one.children)
            else:
                yield _guard_lines(self._render_inline(some).strip())

    def _render_inline(self, children: Iterable[Element | str]) -> str:
        parts = []
        for one in children:
            if isinstance(one, str):
                parts.append(_escape(_BLANKS.sub(" ", one)))
            elif one.name not in _DROPPED:
                render = self._inlines.get(one.name)
                parts.append(render(one) if render else self._render_inline(one.children))
        return _BLANKS_BESIDE_BREAK.sub("\\\n", re.sub(" {2,}", " ", "".join(parts)))

    def _wrap(self, one: Element, mark: str) -> str:
        text = self._render_inline(one.children)
        inner = text.strip()
        if not inner:
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return f"{before}{mark}{inner}{mark}{after}"

    def _render_heading(self, one: Element) -> str:
        text = self._render_inline(one.children).strip().replace("\\\n", " ")
        return f"{'#' * int(one.name[1])} {text}" if text else ""

    def _render_quote(self, one: Element) -> str:
        lines = self.render_blocks(one.children).split("\n")
        return "\n".join(f"> {line}".rstrip() for line in lines)

    def _render_list(self, one: Element) -> str:
        items = [child for child in one.children if isinstance(child, Element)]
        start = one.attributes.get("start", "1")
        first = int(start) if start.isdecimal() and len(start) < _DIGITS else 1
        is_loose = any(_has_paragraph(item) for item in items)
        between = "\n\n" if is_loose else "\n"
        rendered = []
        for number, item in enumerate(items, start=first):
            mark = f"{number}. " if one.name == "ol" else "- "
            text = self.render_blocks(item.children, between)
            rendered.append(mark + text.replace("\n", "\n" + " " * len(mark)))
        return _BLANK_LINES.sub("\n", between.join(rendered))

    def _render_link(self, one: Element) -> str:
        text = self._render_inline(one.children).strip()
        url = one.attributes.get("href", "")
        if "heading-anchor" in one.attributes.get("class", "") or not text:
            return ""
        return f"[{text}]({self._point(url, one)})" if url else text

    def _render_image(self, one: Element) -> str:
        source = one.attributes.get("src", "")
        alt = _escape(one.attributes.get("alt", ""))
        return f"![{alt}]({self._point(source, one)})" if source else ""

    def _point(self, url: str, one: Element) -> str:
        """Where `one` leads, as it stands between parentheses."""
        whole = join_url(self._base, url)
        if re.search(r"[\s()<>]", whole):
            whole = "<" + re.sub(r"[\s<>]", lambda it: f"%{ord(it[0]):02X}", whole) + ">"
        title = one.attributes.get("title", "").replace("\\", "\\\\").replace('"', '\\"')
        return f'{whole} "{_BLANKS.sub(" ", title)}"' if title else whole

    def _render_table(self, one: Element) -> str:
        rows = [
            [self._render_cell(cell) for cell in row.children if _is_cell(cell)]
            for row in _find_rows(one)
        ]
        width = max(map(len, rows), default=0)
        if not width:
            return ""
        full = [[*row, *[""] * (width - len(row))] for row in rows]
        full.insert(1, ["---"] * width)
        return "\n".join(f"| {' | '.join(row)} |" for row in full)

    def _render_cell(self, cell: Element | str) -> str:
        assert isinstance(cell, Element)
        text = self._render_inline(cell.children).strip()
        return text.replace("\\\n", " ").replace("|", "\\|")


def _has_blocks(one: Element | str) -> bool:
    if isinstance(one, str) or one.name in _DROPPED:
        return False
    return one.name in _BLOCKS or any(map(_has_blocks, one.children))


def _has_paragraph(item: Element) -> bool:
    return any(isinstance(child, Element) and child.name == "p" for child in item.children)


def _is_cell(one: Element | str) -> bool:
    return isinstance(one, Element) and one.name in {"td", "th"}


def _find_rows(one: Element) -> Iterator[Element]:
    for child in one.children:
        if isinstance(child, Element):
            if child.name == "tr":
                yield child
            elif child.name in {"thead", "tbody", "tfoot"}:
                yield from _find_rows(child)


def _guard_lines(text: str) -> str:
    """`text` with no line that Markdown would take for the beginning of a block."""
    return "\n".join(_guard_line(line) for line in text.split("\n"))


def _guard_line(line: str) -> str:
    digits = len(line) - len(line.lstrip("0123456789"))
    found = _FIRST.match(line, digits)
    return f"{line[:digits]}\\{line[digits:]}" if found else line


def _escape(text: str) -> str:
    """`text` with no sign in it that Markdown would take for its own."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def _find_longest_run(text: str) -> int:
    """How many backticks stand together in `text` at the most."""
    return max(map(len, _BACKTICKS.findall(text)), default=0)


def _render_code(text: str) -> str:
    longest = _find_longest_run(text)
    fence = "`" * (longest + 1)
    blank = " " if longest or not text.strip() else ""
    return f"{fence}{blank}{_BLANKS.sub(' ', text)}{blank}{fence}" if text else ""


def _render_code_block(one: Element) -> str:
    inner = [child for child in one.children if isinstance(child, Element)]
    classes = " ".join(child.attributes.get("class", "") for child in (one, *inner))
    language = _LANGUAGE.search(classes)
    text = one.text.rstrip("\n")
    fence = "`" * max(3, _find_longest_run(text) + 1)
    return f"{fence}{language[1] if language else ''}\n{text}\n{fence}"


def _render_checkbox(one: Element) -> str:
    if one.attributes.get("type") != "checkbox":
        return ""
    return "[x] " if "checked" in one.attributes else "[ ] "


def _render_formula(one: Element) -> str:
    written = one.attributes.get("alttext") or one.text
    mark = "$$" if one.attributes.get("display") == "block" else "$"
    return f"{mark}{written}{mark}"
