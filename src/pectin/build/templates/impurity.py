"""Calls in templates that would make a page depend on more than what it asks.

None of them can do anything (`fixed.py`). Here they are found where they are written, whether or not a
page needs them.
"""

from __future__ import annotations

import re

from pectin.build.problems import Problems
from pectin.build.templates.fixed import ASKING, CHANGING, explain_call
from pectin.build.templates.library import Templates
from pectin.build.templates.tags import find_in_code
from pectin.values.place import place_at

_NAME = "|".join(sorted(CHANGING | ASKING))
_CALL = re.compile(
    rf"""\|\s*attr\s*\(\s*(?P<quote>["'])(?P<attribute>{_NAME})(?P=quote)"""
    r"""|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'"""
    rf"""|\.\s*(?P<method>{_NAME})\s*\(""",
    re.DOTALL,
)


def check_calls(templates: Templates, problems: Problems) -> frozenset[str]:
    """The methods that the site's templates call and must not; each such call is reported."""
    found = set()
    for name in templates.own:
        text = templates.load(name) or ""
        for call in find_in_code(_CALL, text):
            group = call.lastgroup
            if group is not None:
                place = place_at(templates.path_of(name), text, call.start(group))
                problems.report("impure-call", *explain_call(call[group]), place)
                found.add(call[group])
    return frozenset(found)
