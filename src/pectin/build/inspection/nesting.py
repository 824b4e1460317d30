"""Whether the elements of a page are closed, and are where they may be."""

from __future__ import annotations

from msgspec import Struct

from pectin.build.content.text import VOID
from pectin.build.inspection.content_model import (
    BLOCKS,
    CHILDREN,
    ENDED_BY,
    ENDING_PARAGRAPHS,
    OPTIONAL_ENDS,
    OUTSIDE,
    PARENTS,
    PHRASING_ONLY,
    SCOPES,
    SCRIPTING,
    TABLE_PARTS,
    TRANSPARENT,
    WITH_HEADINGS,
)

_ROOTS = frozenset({"html", "head", "body"})


class Misplaced(Struct, frozen=True):
    """What is wrong with the tag at the offset `start`. `code` is that of a problem."""

    start: int
    code: str
    message: str
    hint: str


class Nesting:
    """The elements that are open while the tags of one page are taken in order."""

    def __init__(self) -> None:
        self.found: list[Misplaced] = []
        self._names: list[str] = []
        self._starts: list[int] = []
        self._broken_off: list[str] = []
        # Where paragraphs begin of which a block in them was told: what is in that block is no news.
        self._told: set[int] = set()
        # The paragraph that a block has ended: its depth, and the block.
        self._ended: tuple[int, str, int] | None = None

    def open(self, name: str, start: int) -> None:
        """Take the start tag of `name`, which is in lower case, at the offset `start`."""
        names = self._names
        if name in ENDED_BY:
            self._end_siblings(name)
        if name in ENDING_PARAGRAPHS and "p" in names:
            self._end_paragraph(name, start)
        if names:
            self._check_place(name, start, names[-1])
        if name not in VOID:
            names.append(name)
            self._starts.append(start)

    def close(self, name: str, start: int) -> None:
        """Take the end tag of `name` at the offset `start`."""
        names = self._names
        if names and names[-1] == name:
            names.pop()
            self._starts.pop()
            return
        at = self._find(name)
        if at is not None:
            self._break_off(at + 1, f"</{name}>")
            self._cut(at)
        elif name in self._broken_off:
            self._broken_off.remove(name)
        elif name not in _ROOTS:
            self._tell_stray(name, start)

    def end(self) -> list[Misplaced]:
        """All that was found, now that the page is at its end."""
        self._break_off(0, "the end of the page")
        return self.found

    def _find(self, name: str) -> int | None:
        """Where in the stack the element is that an end tag of `name` ends."""
        for at in range(len(self._names) - 1, -1, -1):
            found = self._names[at]
            if found == name:
                return at
            if found in SCOPES and name not in TABLE_PARTS:
                return None
        return None

    def _cut(self, at: int) -> None:
        del self._names[at:]
        del self._starts[at:]

    def _break_off(self, first: int, before: str) -> None:
        """Tell of all open elements from `first` on that have no end tag and need one."""
        for name, start in zip(self._names[first:], self._starts[first:], strict=True):
            if name not in OPTIONAL_ENDS:
                message = f"`<{name}>` is not closed before {before if before[0] != '<' else f'`{before}`'}"
                hint = f"write `</{name}>` where it ends; elements end in the order opposite to how they begin"
                self._tell(start, "unclosed-element", message, hint)
                self._broken_off.append(name)

    def _end_siblings(self, name: str) -> None:
        ended, within = ENDED_BY[name]
        for at in range(len(self._names) - 1, -1, -1):
            found = self._names[at]
            if found in within:
                return
            if found in ended:
                self._break_off(at + 1, f"<{name}>")
                self._cut(at)
                return
            if found in SCOPES and name not in TABLE_PARTS:
                return

    def _end_paragraph(self, name: str, start: int) -> None:
        if self._names[-1] == "p":
            self._ended = (len(self._names) - 1, name, start)
            self._cut(len(self._names) - 1)
            return
        at = self._find("p")
        if at is not None and self._starts[at] not in self._told:
            self._told.add(self._starts[at])
            self._tell_misplaced(name, start, "p")

    def _check_place(self, name: str, start: int, parent: str) -> None:
        if name in PARENTS and parent not in PARENTS[name] and "-" not in parent:
            self._tell_parents(name, start, parent)
        elif parent in CHILDREN and name not in CHILDREN[parent]:
            self._tell_children(name, start, parent)
        elif name in BLOCKS:
            self._check_block(name, start)
        if name in OUTSIDE:
            outer = next((each for each in self._names if each in OUTSIDE[name]), None)
            if outer is not None:
                self._tell_misplaced(name, start, outer)

    def _check_block(self, name: str, start: int) -> None:
        parent = next((each for each in reversed(self._names) if each not in TRANSPARENT), "")
        if parent not in PHRASING_ONLY or self._find("p") is not None:  # of which it was told
            return
        if not (parent in WITH_HEADINGS and name[0] == "h" and name[1:].isdigit()):
            self._tell_misplaced(name, start, parent)

    def _tell_stray(self, name: str, start: int) -> None:
        if name == "p" and self._ended and self._ended[0] == len(self._names):
            _, block, at = self._ended
            self._ended = None
            self._tell_misplaced(block, at, "p")
            return
        self._tell(
            start,
            "stray-end-tag",
            f"`</{name}>` closes nothing",
            "take it away, or write the start tag that it is for",
        )

    def _tell_misplaced(self, name: str, start: int, outer: str) -> None:
        hint = f"close the `<{outer}>` before it, or take another element for one of them"
        if outer in PHRASING_ONLY and name in BLOCKS:
            hint = f"a `<{outer}>` has text and inline elements only: {hint}"
        self._tell(start, "bad-nesting", f"`<{name}>` cannot be in `<{outer}>`", hint)

    def _tell_parents(self, name: str, start: int, parent: str) -> None:
        wanted = " or ".join(f"`<{each}>`" for each in sorted(PARENTS[name]))
        message = f"`<{name}>` cannot be in `<{parent}>`"
        self._tell(start, "bad-nesting", message, f"put it into {wanted}")

    def _tell_children(self, name: str, start: int, parent: str) -> None:
        allowed = " and ".join(
            f"`<{each}>`" for each in sorted(CHILDREN[parent]) if each not in SCRIPTING
        )
        message = f"`<{name}>` cannot be in `<{parent}>`"
        self._tell(start, "bad-nesting", message, f"a `<{parent}>` has only {allowed} in it")

    def _tell(self, start: int, code: str, message: str, hint: str) -> None:
        self.found.append(Misplaced(start, code, message, hint))
