"""Names made from titles: for URLs, and for the anchors of headings."""

from __future__ import annotations

import re
import unicodedata

_ASCII_DROPPED = re.compile(r"[^a-z0-9_\- ]")
_ASCII_OTHER = re.compile(r"[^a-z0-9]+")
_HYPHENS = re.compile(r"-{2,}")


def slugify(text: str) -> str:
    """A path segment for `text`: lower case, NFC, letters and digits of any script.

    Everything else becomes single hyphens, none at the ends. The result is empty when `text` has
    neither letter nor digit.
    """
    if text.isascii():
        return _ASCII_OTHER.sub("-", text.lower()).strip("-")
    words = "".join(c if _is_word(c) else "-" for c in _fold(text)).replace("_", "-")
    return _HYPHENS.sub("-", words).strip("-")


def anchor_name(text: str) -> str:
    """A heading's anchor, made as GitHub makes it, so that links written for it lead here too.

    Lower case; punctuation is dropped and each space becomes a hyphen; letters of every script
    stay. It has no quote, no angle bracket and no white space. Empty when nothing is left.
    """
    if text.isascii():
        kept = _ASCII_DROPPED.sub("", text.strip().lower().replace("\n", " "))
    else:
        kept = "".join(c for c in _fold(text).strip() if c in " -_" or _is_word(c))
    return kept.replace(" ", "-")


def _fold(text: str) -> str:
    """`text` in lower case and NFC, its white space as spaces."""
    plain = re.sub(r"\s", " ", text)
    return plain.lower() if plain.isascii() else unicodedata.normalize("NFC", plain.lower())


def _is_word(character: str) -> bool:
    """Whether it is a letter, a digit or the mark of one, as vowel signs of Indic scripts are."""
    return character.isalnum() or character == "_" or unicodedata.category(character)[0] == "M"
