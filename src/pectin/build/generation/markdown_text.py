"""Values as text inside Markdown: whatever is in them, they begin nothing."""

from __future__ import annotations

import json
import re
from typing import Any

from markupsafe import Markup

# Every ASCII punctuation character that CommonMark, HTML or a shortcode could take for its own,
# and what would begin a line anew (CommonMark 0.31.2, sections 2.4 and 2.5).
_MEANINGFUL = re.compile(r"[!-/:-@\[-`{-~\t\r\n]|^ | $")


def escape_markdown(value: Any) -> str:
    """`value` as text of a Markdown document, with references for all that Markdown reads.

    References are read alike in text, in URLs and in attributes of HTML. None is nothing, and
    what is marked as safe stays Markdown.
    """
    if isinstance(value, Markup):
        return str(value)
    if value is None:
        return ""
    if isinstance(value, bool | list | dict):
        value = json.dumps(value, ensure_ascii=False, default=str)
    return _MEANINGFUL.sub(lambda found: f"&#{ord(found[0])};", str(value))


def render_call(name: str, arguments: dict[str, Any], opening: str, closing: str) -> Markup:
    """The tag of the shortcode `name`, with `arguments` as its syntax has them."""
    written = ", ".join(f"{key}={_render_value(value)}" for key, value in arguments.items())
    return Markup(f"{opening} {name}({written}) {closing}")  # noqa: S704 - Markdown, not HTML


def _render_value(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_render_value, value))}]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + text.replace("\n", "\\n").replace("\t", "\\t") + '"'
