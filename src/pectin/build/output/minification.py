"""HTML without what no browser shows: comments, and most of the blanks between two words.

A run of blanks never goes away whole, whatever element it stands beside: which elements are blocks
is for CSS to say. Tags are told apart as browsers do it
(https://html.spec.whatwg.org/multipage/parsing.html#tokenization), in one pass; what never ends is
left alone to the end of the page.
"""

from __future__ import annotations

import re

_RAW = (
    "style",
    "textarea",
    "title",
    "xmp",
    "listing",
    "plaintext",
    "iframe",
    "noembed",
    "noframes",
)
"""Elements that have text and no tags in them, beside scripts."""

_NESTING = ("pre", "svg", "math")
"""Elements in which blanks count, or may, and which have others in them."""

_NAME_ENDS = r"(?=[\s/>])"
_ATTRIBUTES = r"""[^>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+')?+[^>=]*+)*+"""
_VERBATIM = rf"(?i:{'|'.join(('script', *_RAW, *_NESTING))}){_NAME_ENDS}"
_SOME_TAG = rf"/?+(?!{_VERBATIM})[a-zA-Z]{_ATTRIBUTES}(?:>|$)"
_COMMENT = r"!--(?:-?>|.*?(?:--!?>|$))"
_OTHER = r"[!?/][^>]*+(?:>|$)"


def _element(name: str, inside: str) -> str:
    return rf"(?i:{name}){_NAME_ENDS}{_ATTRIBUTES}>(?:{inside}</(?i:{name}){_NAME_ENDS}|.*+)"


# In a script `<!--` may keep `</script>` from ending it: such a page is left alone from there on.
_IN_SCRIPT = rf"[^<]*+(?:<(?!!--|/(?i:script){_NAME_ENDS})[^<]*+)*+"
_RAW_ELEMENTS = "|".join(
    (_element("script", _IN_SCRIPT), *(_element(name, ".*?") for name in _RAW))
)
_IN_PRE = rf"(?:[^<]++|<(?!/?(?i:pre){_NAME_ENDS})(?:{_SOME_TAG}|{_RAW_ELEMENTS}|{_COMMENT})?+)*+"
_ELEMENTS = "|".join((_element("pre", _IN_PRE), _element("svg", ".*?"), _element("math", ".*?")))
_TOKEN = re.compile(
    rf"(<(?:{_SOME_TAG}|{_RAW_ELEMENTS}|{_ELEMENTS}|{_COMMENT}|{_OTHER}))", re.DOTALL
)
_READ_COMMENTS = ("<!--[", "<!--#", "<!--!", "<!--esi")

_LINES = re.compile(r"\n[ \t\r\n\f]+")
_BLANKS = re.compile(r"[ \t][ \t]+")
_END_OF_REFERENCE = re.compile(r"(?:&#?\w*|<)\Z")
_MARK = "\0"
_CSS_OF_BLANKS = "white-space"


def minify_html(html: str) -> str:
    """The page `html` with the same meaning, in fewer characters.

    Blanks stay as they are where they count: in `<pre>` and the like, and in a page that says
    `white-space`. So do comments that something reads: `<!--[if IE]>`, `<!--#include`, `<!--esi`,
    and those that begin with `!`.
    """
    if _CSS_OF_BLANKS in html or _MARK in html or any(_nests(name, html) for name in _NESTING):
        return html
    pieces = _TOKEN.split(html)
    if "<!--" in html:
        pieces = _drop_comments(pieces)
    marked = _BLANKS.sub(" ", _LINES.sub("\n", _MARK.join(pieces[::2])))
    pieces[::2] = marked.split(_MARK)
    return "".join(pieces)


def _drop_comments(pieces: list[str]) -> list[str]:
    """Texts and what stands between them, by turns, without comments that nothing reads.

    One that keeps text apart which together would be a reference or a tag is left, empty.
    """
    kept = pieces[:1]
    for token, text in zip(pieces[1::2], pieces[2::2], strict=True):
        if not token.startswith("<!--") or token.startswith(_READ_COMMENTS):
            kept += (token, text)
        elif _END_OF_REFERENCE.search(kept[-1]):
            kept += ("<!---->", text)
        else:
            kept[-1] += text
    return kept


def _nests(name: str, html: str) -> bool:
    """Whether an element `name` is in another one, whose end is not the first then."""
    if f"<{name}" not in html:
        return False
    depth = 0
    for tag in re.finditer(rf"<(/?)(?i:{name}){_NAME_ENDS}", html):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > 1:
            return True
    return False
