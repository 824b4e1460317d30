"""How questions tell which language they were asked in.

In the default language, and where there is no other, a kind of question is a word. In another
language most answers are others; those kinds have its tag behind them: `site-pages@de`.
"""

from __future__ import annotations

from pectin.build.traces.recorder import Note

COMMON = frozenset(
    {"asset", "content", "data", "data-names", "origin", "outline", "picture", "template", "today"}
)
"""The kinds that have one answer in all languages."""


def localize(note: Note, language: str) -> Note:
    """What notes questions that are asked in `language`, with `note`."""

    def note_localized(kind: str, subject: str) -> None:
        note(kind if kind in COMMON else f"{kind}@{language}", subject)

    return note_localized


def split_kind(kind: str) -> tuple[str, str]:
    """The kind alone, and the language behind it; "" is the default language."""
    alone, _, language = kind.partition("@")
    return alone, language
