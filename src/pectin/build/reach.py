"""How far the bodies of a site reach: what has to be looked at when nothing but bodies changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

import msgspec

from pectin.build.templates.kinds import PUBLISHING, SOURCES
from pectin.build.traces.model import Question

Notable = tuple[Question, ...]
"""What a file or a body asked, as far as it reaches beyond what is settled and its own body."""


class Reach(msgspec.Struct, frozen=True, array_like=True):
    """What the files of a build, by path, and its bodies, by source, asked that is notable.

    `common` is what a file asked that is not among `others`; a body asked nothing then. `anchors`
    are the fragments, by file, that links of other files lead to. `flawed` are the files and
    bodies with which something is wrong.
    """

    common: Notable
    others: dict[str, Notable]
    anchors: dict[str, list[str]]
    flawed: frozenset[str]

    def asked_by(self, maker: str) -> frozenset[Question]:
        """What the file or the body `maker` asked."""
        return frozenset(self.others.get(maker, self.common if is_file(maker) else ()))

    def find_touched(self, changed: Iterable[str]) -> set[str]:
        """The bodies `changed`, and all files and bodies that may show something of them."""
        shown_by: dict[str, list[str]] = {}
        touched = set(changed)
        for maker, notable in self.others.items():
            for kind, subject in notable:
                if kind in SOURCES:
                    shown_by.setdefault(subject, []).append(maker)
                elif kind not in PUBLISHING:
                    touched.add(maker)
        waiting = list(touched)
        while waiting:
            makers = [maker for maker in shown_by.get(waiting.pop(), ()) if maker not in touched]
            touched.update(makers)
            waiting += makers
        return touched


class Reaches:
    """Collects what each file and each body asked, while they are made."""

    def __init__(self) -> None:
        self._asked: dict[str, Notable] = {}
        self._flawed: set[str] = set()

    def take(self, maker: str, notable: Notable, *, is_flawed: bool) -> None:
        """Note what the file `maker` asked."""
        self._asked[maker] = notable
        if is_flawed:
            self._flawed.add(maker)

    def gather(
        self,
        bodies: Mapping[str, Notable],
        anchors: Mapping[str, Collection[str]],
        broken: Iterable[str],
    ) -> Reach:
        """All that was taken, with what the `bodies` asked; something is wrong with `broken` too."""
        plain = (asked for asked in self._asked.values() if _is_plain(asked))
        common = max(Counter(plain).items(), key=lambda item: item[1], default=((), 0))[0]
        others = {maker: asked for maker, asked in self._asked.items() if asked != common}
        return Reach(
            common,
            {**others, **bodies},
            {path: sorted(fragments) for path, fragments in anchors.items()},
            frozenset({*self._flawed, *broken}),
        )


def is_file(maker: str) -> bool:
    """Whether `maker` is the path of a file, and not the source of a body."""
    return maker.startswith("/")


def _is_plain(notable: Notable) -> bool:
    return all(kind in PUBLISHING for kind, _ in notable)
