"""Verifying traces: a render is as good as new while every answer that it got is the same.

After Mokhov, Mitchell and Peyton Jones, "Build systems a la carte" (2018), section 4.2.2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import blake2b

import msgspec

PRINT_BYTES = 16

NOTHING = bytes(PRINT_BYTES)
"""The fingerprint of what is not there."""

UNKNOWN = b"\xff" * PRINT_BYTES
"""The fingerprint of what has none, because it must be made anew each time."""

Question = tuple[str, str]
"""What a render asked: of which kind, and about what; "" where there is only one of a kind."""

UNTRACEABLE: Question = ("untraceable", "")
"""Asked by what must be rendered each time."""

PrintOf = Callable[[Question], bytes]
"""Takes a question and returns the fingerprint of the answer, as the source is now."""


class Trace(msgspec.Struct, frozen=True, array_like=True):
    """Questions, and the fingerprints of the answers in one string, PRINT_BYTES for each."""

    questions: tuple[Question, ...]
    prints: bytes


def make_trace(questions: Iterable[Question], print_of: PrintOf) -> Trace | None:
    """The trace of a render that has just asked `questions`; None where an answer is UNKNOWN."""
    asked = tuple(questions)
    prints = [print_of(question) for question in asked]
    return None if UNKNOWN in prints else Trace(asked, b"".join(prints))


def find_difference(trace: Trace, print_of: PrintOf) -> Question | None:
    """The first question whose answer is not the same any more, or None when all are.

    Those behind it are not asked.
    """
    for index, question in enumerate(trace.questions):
        at = index * PRINT_BYTES
        if print_of(question) != trace.prints[at : at + PRINT_BYTES]:
            return question
    return None


def compute_print(*parts: str | bytes) -> bytes:
    """The fingerprint of `parts`: a BLAKE2b digest (RFC 7693). How they are cut counts."""
    running = blake2b(digest_size=PRINT_BYTES)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        running.update(b"%d:" % len(raw))
        running.update(raw)
    return running.digest()


def join_prints(prints: Iterable[bytes]) -> bytes:
    """One fingerprint for several, in their order."""
    return blake2b(b"".join(prints), digest_size=PRINT_BYTES).digest()
