"""What a template is made of: itself and all that it includes, extends and imports."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

from msgspec import Struct

from pectin.build.templates.library import Templates
from pectin.build.traces.model import NOTHING, compute_print

_NAMING = re.compile(r"\{%[-+]?\s*(?:include|extends|import|from)\b(.*?)[-+]?%\}", re.DOTALL)
_BEHIND_NAMES = re.compile(r"\b(?:import|as|ignore\s+missing|with(?:out)?\s+context)\b")
_LITERAL = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_TODAY = re.compile(r"\btoday\b")


class Closure(Struct, frozen=True):
    """The fingerprint of a template with all that it is made of.

    `uses_today` says that it may ask for the day.
    """

    print: bytes
    uses_today: bool


class Closures:
    """The closures of a site's templates, each made when it is first asked for.

    `plain_suffixes` are the ends of the names of those that escape nothing.
    """

    def __init__(self, templates: Templates, plain_suffixes: Iterable[str] = ()) -> None:
        self._templates = templates
        self._plain_suffixes = tuple(sorted(plain_suffixes))
        self._known: dict[str, Closure] = {}

    def of(self, name: str) -> Closure:
        """The closure of the template `name`, which need not be there."""
        if name not in self._known:
            self._known[name] = self._make(name)
        return self._known[name]

    def any_uses_today(self) -> bool:
        """Whether some template may ask for the day."""
        return any(
            _TODAY.search(self._templates.load(name) or "") for name in self._templates.names
        )

    def _make(self, name: str) -> Closure:
        if name not in self._templates:
            return Closure(NOTHING, uses_today=False)
        texts = {reached: self._templates.load(reached) for reached in self._reach(name)}
        whole = "".join(filter(None, texts.values()))
        parts = [(reached, _render_presence(texts[reached])) for reached in sorted(texts)]
        return Closure(
            compute_print(self._plain_suffixes, *chain.from_iterable(parts)),
            uses_today=_TODAY.search(whole) is not None,
        )

    def _reach(self, name: str) -> set[str]:
        reached: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current in reached:
                continue
            reached.add(current)
            names = find_named(self._templates.load(current) or "")
            waiting += self._templates.names if names is None else names
        return reached


def find_named(text: str) -> list[str] | None:
    """The templates that a template's `text` names, or None when only rendering can tell."""
    names: list[str] = []
    for tag in _NAMING.finditer(text):
        written = _BEHIND_NAMES.split(tag[1], maxsplit=1)[0]
        found = [double or single for double, single in _LITERAL.findall(written)]
        if not found or "\\" in written or _LITERAL.sub("", written).strip(" \t\r\n,[]()"):
            return None
        names += found
    return names


def _render_presence(text: str | None) -> str:
    """`text` so that none is another than an empty one."""
    return "absent" if text is None else f"present {text}"
