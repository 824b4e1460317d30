"""The HTML of writers who are not trusted, with what is harmless in it and nothing else.

It is parsed as a browser parses it, and written again from the tree, by ammonia (nh3): so no mixture of tags
is one thing here and another there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pectin.build.content.slips import Slip
from pectin.build.content.text import MORE
from pectin.values.problem import Severity

_TAGS = frozenset(
    {
        "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup",
        "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3",
        "h4", "h5", "h6", "hr", "i", "img", "input", "ins", "kbd", "li", "mark", "ol", "p", "picture", "pre",
        "q", "rp", "rt", "ruby", "s", "samp", "small", "source", "span", "strong", "sub", "summary", "sup",
        "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
    }
)  # fmt: skip
_SIZE = {"width", "height"}
_ATTRIBUTES = {
    "*": {"id", "class", "title", "lang", "dir"},
    "a": {"href", "hreflang"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"datetime"},
    "details": {"open"},
    "div": {"align"},
    "img": {"src", "alt", "srcset", "sizes", "loading", "decoding", *_SIZE},
    "input": {"checked"},
    "ins": {"datetime"},
    "li": {"value"},
    "ol": {"start", "type", "reversed"},
    "p": {"align"},
    "pre": {"data-pectin-made"},
    "source": {"srcset", "sizes", "media", "type", *_SIZE},
    "td": {"align", "colspan", "rowspan", "headers"},
    "th": {"align", "colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
}
_TASK = {"disabled": "", "type": "checkbox"}
_SCHEMES = frozenset(
    {
        "bitcoin", "callto", "data", "feed", "ftp", "ftps", "geo", "gopher", "http", "https", "irc", "ircs",
        "magnet", "mailto", "matrix", "news", "nntp", "sftp", "sip", "sips", "sms", "ssh", "tel", "webcal",
        "xmpp",
    }
)  # fmt: skip
_IMAGE_DATA = re.compile(r"\s*data:image/(?:png|jpe?g|gif|webp|avif|svg\+xml)[;,]", re.IGNORECASE)
_DATA = re.compile(r"\s*data:", re.IGNORECASE)
_URLS = frozenset({"href", "src"})
_COMMENT = re.compile(r"<!--(?!pectin-attributes-\d+-->).*?-->", re.DOTALL)
_EMPTY = re.compile(r"<(img|br|hr|wbr)( [^<>]*)?>")
_BOX = re.compile(r"<input([^<>]*)>")
_OPENING = re.compile(r"<([a-zA-Z][^\s/>]*+)((?:[^>\"']|\"[^\"]*\"|'[^']*')*+)")
_ATTRIBUTE = re.compile(
    r"""(?<![^\s"'/])([^\s"'/=<>]++)(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]++))?+"""
)
_MADE = '<pre data-pectin-made="{}"></pre>'
_MADE_AGAIN = re.compile(r'<pre data-pectin-made="(\d{1,9})"></pre>')
_HINT = "`raw_html` in `[markdown]` says what writers may use"


class Sanitizer:
    """Cleans HTML. It keeps no state of what it cleaned, so that threads may share it."""

    def __init__(self) -> None:
        from nh3 import Cleaner  # 5 ms, which a site of trusted writers does not need

        self._cleaner = Cleaner(
            tags=set(_TAGS),
            clean_content_tags={"script", "style"},
            attributes=_ATTRIBUTES,
            set_tag_attribute_values={"input": _TASK},
            attribute_filter=_filter,
            url_schemes=set(_SCHEMES),
            strip_comments=False,
            link_rel=None,
        )

    def clean(self, html: str) -> str:
        """`html` without what runs, loads or deceives, written as Markdown writes it."""
        cleaned = self._cleaner.clean(html)
        if "<!--" in cleaned:
            cleaned = _COMMENT.sub(_keep_mark, cleaned)
        return _BOX.sub(_write_box, _EMPTY.sub(r"<\1\2 />", cleaned))


class Held:
    """Pieces of HTML that Pectin made, and that are put back when all else is clean."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def hold(self, html: str) -> str:
        """What stands for `html` meanwhile."""
        self._pieces.append(html)
        return _MADE.format(len(self._pieces) - 1)

    def painter(self, render: Callable[[str | None, str], str]) -> Callable[[str | None, str], str]:
        """As `render`, which makes HTML of a block of code, but what it makes is held."""
        # The line end stays, by which Markdown knows that the block has ended.
        return lambda language, code: self.hold(render(language, code).rstrip("\n")) + "\n"

    def put_back(self, html: str) -> str:
        """`html` with the pieces in their places. A mark that nobody made stands for nothing."""
        return _MADE_AGAIN.sub(self._find, html) if self._pieces else html

    def _find(self, mark: re.Match[str]) -> str:
        number = int(mark[1])
        return self._pieces[number] if number < len(self._pieces) else ""


def list_dropped(html: str) -> Iterator[Slip]:
    """What a Sanitizer takes out of `html`, which an author wrote, each tag once."""
    for tag in dict.fromkeys(_OPENING.findall(html)):
        name = tag[0].lower()
        written = f"<{tag[0]}{tag[1]}"
        if name not in _TAGS:
            yield _make_slip(f"`<{name}>` was taken out", written)
            continue
        allowed = _ATTRIBUTES["*"] | _ATTRIBUTES.get(name, set())
        for attribute in dict.fromkeys(found.lower() for found in _ATTRIBUTE.findall(tag[1])):
            if attribute not in allowed and not (name == "input" and attribute in _TASK):
                yield _make_slip(f"`{attribute}` was taken out of `<{name}>`", written)


def _make_slip(message: str, written: str) -> Slip:
    return Slip("unsafe-html", message, _HINT, written, Severity.WARNING)


def _filter(element: str, attribute: str, value: str) -> str | None:
    if attribute in _URLS and _DATA.match(value):
        # Scripts do not run in an image, whatever it is (0014).
        is_picture = element == "img" and attribute == "src" and _IMAGE_DATA.match(value)
        return value if is_picture else None
    return value


def _keep_mark(comment: re.Match[str]) -> str:
    return comment[0] if MORE.fullmatch(comment[0]) else ""


def _write_box(box: re.Match[str]) -> str:
    checked = ' checked=""' if " checked" in box[1] else ""
    return f'<input disabled="" type="checkbox"{checked}/>'
