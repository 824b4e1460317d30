"""Calls in templates that would make a page depend on more than what it asks.

Values that templates see are Python's, and so are their methods. One that changes a value changes it
for whichever page is rendered next, and one that asks the clock or the time zone answers
otherwise on another day or machine.
"""

from __future__ import annotations

import re

from pectin.build.problems import Problems
from pectin.build.templates.library import Templates
from pectin.values.place import place_at

_CHANGING = (
    "append", "clear", "extend", "insert", "pop", "popitem", "remove", "reverse", "setdefault",
    "sort", "update",
)  # fmt: skip
_ASKING = (
    "astimezone", "fromtimestamp", "now", "timestamp", "today", "utcfromtimestamp", "utcnow",
)  # fmt: skip
_NAME = "|".join((*_CHANGING, *_ASKING))
_TAG = re.compile(
    r"\{\#.*?\#\}|\{%[-+]?\s*raw\b.*?\{%[-+]?\s*endraw\b|(?P<code>\{\{.*?\}\}|\{%.*?%\})", re.DOTALL
)
_CALL = re.compile(
    rf"""\|\s*attr\s*\(\s*(?P<quote>["'])(?P<attribute>{_NAME})(?P=quote)"""
    r"""|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'"""
    rf"""|\.\s*(?P<method>{_NAME})\s*\(""",
    re.DOTALL,
)


def check_calls(templates: Templates, problems: Problems) -> None:
    """Report each call in the site's templates that would change a value, or ask the clock."""
    for name in templates.own:
        text = templates.load(name) or ""
        for tag in _TAG.finditer(text):
            if tag["code"]:
                for call in _CALL.finditer(text, tag.start("code"), tag.end("code")):
                    group = "method" if call["method"] else "attribute"
                    if call[group]:
                        place = place_at(templates.path_of(name), text, call.start(group))
                        problems.report("impure-call", *_explain(call[group]), place)


def _explain(method: str) -> tuple[str, str]:
    """The message about `method`, and what to do."""
    if method in _CHANGING:
        message = f"`{method}` would change a value that other pages see"
        return message, "make a new one instead, as in `{% set all = all + [one] %}`"
    return f"`{method}` asks the clock or the time zone of the machine", "use `today`, or `|date`"
