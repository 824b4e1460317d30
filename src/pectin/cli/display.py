"""Text of others, as a terminal may be given it."""

from __future__ import annotations

_TAB = "    "
# Overrides would show another text than the one that is there.
_BIDIRECTIONAL = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def show(text: str) -> str:
    """`text` in one line, without anything that a terminal would obey."""
    return "".join(map(_show_character, text))


def _show_character(character: str) -> str:
    if character == "\t":
        return _TAB
    if character < " ":
        return chr(0x2400 + ord(character))
    if character == "\x7f" or "\x80" <= character <= "\x9f" or character in _BIDIRECTIONAL:
        return "\N{REPLACEMENT CHARACTER}"
    return character
