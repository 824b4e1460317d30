"""A page without what no index has of it.

Comments, scripts, styles, links to other files and descriptions of the page go, unless an attribute
of Pagefind's says otherwise. So a stylesheet with another fingerprint leaves every index as it is.
"""

from __future__ import annotations

import re

_ENDS = r"(?=[\s/>])"
_ATTRIBUTES = r"""[^>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+')?+[^>=]*+)*+"""
# In a script `<!--` may keep `</script>` from ending it: the page is left alone from there on, as from
# whatever never ends.
_IN_SCRIPT = rf"[^<]*+(?:<(?!!--|/script{_ENDS})[^<]*+)*+"
_PART = re.compile(
    rf"(?P<comment><!--(?:-?>|.*?(?:--!?>|\Z)))"
    rf"|<script{_ENDS}{_ATTRIBUTES}(?:>(?:{_IN_SCRIPT}(?P<script></script{_ENDS}[^>]*+>)|.*+)|\Z)"
    rf"|<style{_ENDS}{_ATTRIBUTES}(?:>(?:.*?(?P<style></style{_ENDS}[^>]*+>)|.*+)|\Z)"
    rf"|<(?:link|meta){_ENDS}{_ATTRIBUTES}(?:(?P<head>>)|\Z)"
    rf"|(?:[^<]++|<(?!(?:script|style|link|meta){_ENDS}|!--)(?:[a-z]{_ATTRIBUTES}(?:>|\Z))?+)++",
    re.DOTALL | re.IGNORECASE,
)
_INLINE = ("comment", "script")
_WANTED = "data-pagefind"


def reduce_page(html: str) -> str:
    """`html`, of which Pagefind makes the same index as of the page itself."""
    return _PART.sub(_reduce, html)


def _reduce(part: re.Match[str]) -> str:
    kind = part.lastgroup
    if kind is None or (kind == "head" and _WANTED in part[0]):
        return part[0]
    # What stands around an element that is no inline one are two words.
    return "" if kind in _INLINE else " "
