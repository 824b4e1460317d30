"""What the author may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_NEAR = 0.7
"""Two letters swapped in four, or one of three left out."""

_NEAR_WHOLE = 0.85


def suggest(name: str, known: Iterable[str]) -> str:
    """A hint with the name of `known` that is nearest to `name`, or "" when none is near.

    A suffix that two names share makes them no nearer: `nope.html` is not `page.html`.
    """
    names = sorted(known)
    dot = name.rfind(".")
    suffix = name[dot:] if dot > 0 else ""
    stems = {other.removesuffix(suffix): other for other in names if other.endswith(suffix)}
    near = [
        stems[stem]
        for stem in get_close_matches(name.removesuffix(suffix), stems, n=1, cutoff=_NEAR)
    ] or get_close_matches(name, names if suffix else (), n=1, cutoff=_NEAR_WHOLE)
    return f"did you mean `{near[0]}`?" if near else ""
