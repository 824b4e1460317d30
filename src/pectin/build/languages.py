"""What is known of languages by their tags alone (BCP 47)."""

from __future__ import annotations

import re
from typing import Literal

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_RIGHT_TO_LEFT_SCRIPTS = frozenset(
    {"adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa", "yezi"}
)
_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "arz", "azb", "bal", "ckb", "dv", "fa", "glk", "he", "iw", "khw", "ks", "mzn", "nqo",
     "pnb", "prs", "ps", "sd", "skr", "syr", "ug", "ur", "yi"}
)  # fmt: skip
_SCRIPT_LENGTH = 4


def is_tag(text: str) -> bool:
    """Whether `text` has the form of a language tag: `de`, `pt-BR`."""
    return _TAG.fullmatch(text) is not None


def find_direction(tag: str) -> Literal["ltr", "rtl"]:
    """How the language `tag` is written: by its script where the tag has one, else its usual one."""
    language, *others = tag.lower().split("-")
    script = next((part for part in others if len(part) == _SCRIPT_LENGTH and part.isalpha()), None)
    is_rtl = script in _RIGHT_TO_LEFT_SCRIPTS if script else language in _RIGHT_TO_LEFT
    return "rtl" if is_rtl else "ltr"
