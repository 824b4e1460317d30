"""Which elements may be in which others, as far as the HTML standard says it of whole elements.

https://html.spec.whatwg.org/multipage/dom.html#content-models and the element's own sections. An
element that the standard does not know may be anywhere.
"""

from __future__ import annotations

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
SCRIPTING = frozenset({"script", "template"})
"""They may be nearly everywhere (3.2.5.2.9)."""

BLOCKS = _HEADINGS | frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "details",
        "dialog",
        "div",
        "dl",
        "fieldset",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "hr",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "table",
        "ul",
    ]
)
"""Flow content that is not phrasing content (3.2.5.2.5)."""

ENDING_PARAGRAPHS = BLOCKS | frozenset({"dd", "dt", "figcaption", "li", "summary"})
"""A start tag of one of these ends an open `<p>` (13.2.6.4.7)."""

PHRASING_ONLY = _HEADINGS | frozenset(
    [
        "p",
        "pre",
        "span",
        "em",
        "strong",
        "b",
        "i",
        "u",
        "s",
        "small",
        "mark",
        "abbr",
        "cite",
        "code",
        "kbd",
        "samp",
        "var",
        "sub",
        "sup",
        "q",
        "time",
        "data",
        "dfn",
        "bdi",
        "bdo",
        "label",
        "button",
        "output",
        "meter",
        "progress",
        "ruby",
        "rt",
        "rp",
        "legend",
        "summary",
    ]
)
"""Elements that have phrasing content; the last two may have headings too."""

WITH_HEADINGS = frozenset({"legend", "summary"})

TRANSPARENT = frozenset(
    ["a", "ins", "del", "map", "object", "noscript", "video", "audio", "canvas", "slot"]
)
"""Elements that may have what their parent may have (3.2.5.3)."""

PARENTS = {
    "li": frozenset({"ul", "ol", "menu"}),
    "dt": frozenset({"dl", "div"}),
    "dd": frozenset({"dl", "div"}),
    "tr": frozenset({"table", "thead", "tbody", "tfoot"}),
    "td": frozenset({"tr"}),
    "th": frozenset({"tr"}),
    "thead": frozenset({"table"}),
    "tbody": frozenset({"table"}),
    "tfoot": frozenset({"table"}),
    "caption": frozenset({"table"}),
    "colgroup": frozenset({"table"}),
    "col": frozenset({"colgroup", "table"}),
    "figcaption": frozenset({"figure"}),
    "summary": frozenset({"details"}),
    "legend": frozenset({"fieldset", "optgroup"}),
    "source": frozenset({"picture", "video", "audio"}),
    "track": frozenset({"video", "audio"}),
    "rt": frozenset({"ruby"}),
    "rp": frozenset({"ruby"}),
}
"""The elements that are in no others, and the others that they can be in."""

CHILDREN = {
    "ul": SCRIPTING | {"li"},
    "ol": SCRIPTING | {"li"},
    "menu": SCRIPTING | {"li"},
    "dl": SCRIPTING | {"dt", "dd", "div"},
    "table": SCRIPTING
    | {"caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th"},
    "thead": SCRIPTING | {"tr", "td", "th"},
    "tbody": SCRIPTING | {"tr", "td", "th"},
    "tfoot": SCRIPTING | {"tr", "td", "th"},
    "tr": SCRIPTING | {"td", "th"},
    "colgroup": frozenset({"col", "template"}),
    "picture": SCRIPTING | {"source", "img"},
    "hgroup": SCRIPTING | _HEADINGS | {"p"},
}
"""The elements that have only some others in them. What `PARENTS` refuses is told of the child alone."""

_IN_LINKS = frozenset({"a", "button"})

OUTSIDE = {
    "a": _IN_LINKS,
    "button": _IN_LINKS,
    "label": _IN_LINKS | {"label"},
    "select": _IN_LINKS,
    "textarea": _IN_LINKS,
    "iframe": _IN_LINKS,
    "embed": _IN_LINKS,
    "details": _IN_LINKS,
    "form": frozenset({"form"}),
    "main": frozenset({"article", "aside", "footer", "header", "nav"}),
}
"""The elements that are nowhere in some others, however deep."""

ENDED_BY = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "option": (frozenset({"option"}), frozenset({"select", "datalist", "optgroup"})),
    "optgroup": (frozenset({"option", "optgroup"}), frozenset({"select"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr"})),
    "tr": (frozenset({"tr", "caption", "colgroup"}), frozenset({"table"})),
    "thead": (frozenset({"caption", "colgroup"}), frozenset({"table"})),
    "tbody": (frozenset({"thead", "tbody", "caption", "colgroup"}), frozenset({"table"})),
    "tfoot": (frozenset({"thead", "tbody", "caption", "colgroup"}), frozenset({"table"})),
    "rt": (frozenset({"rt", "rp"}), frozenset({"ruby"})),
    "rp": (frozenset({"rt", "rp"}), frozenset({"ruby"})),
    "body": (frozenset({"head"}), frozenset({"html"})),
}
"""Which open elements a start tag ends, within which others (13.1.2.4, optional tags)."""

OPTIONAL_ENDS = frozenset(
    [
        "html",
        "head",
        "body",
        "li",
        "dt",
        "dd",
        "p",
        "rt",
        "rp",
        "optgroup",
        "option",
        "colgroup",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
    ]
)
"""Elements whose end tag may be left out."""

SCOPES = frozenset({"td", "th", "caption", "table", "object", "button", "marquee", "applet"})
"""An end tag in one of these ends nothing outside of it (13.2.4.2)."""

TABLE_PARTS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"})
OPAQUE = frozenset({"svg", "math", "template"})
"""Elements that have rules of their own inside, or are no part of the page."""
