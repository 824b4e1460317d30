"""Verifying traces: a render is as good as new while every answer that it got is the same.

After Mokhov, Mitchell and Peyton Jones, "Build systems a la carte" (2018), section 4.2.2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256

import msgspec

PRINT_BYTES = 16

_encode = msgspec.msgpack.Encoder().encode

NOTHING = bytes(PRINT_BYTES)
"""The fingerprint of what is not there."""

UNKNOWN = b"\xff" * PRINT_BYTES
"""The fingerprint of what has none, because it must be made anew each time."""

Question = tuple[str, str]
"""What a render asked: of which kind, and about what; "" where there is only one of a kind."""

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


def compute_print(*parts: object) -> bytes:
    """The fingerprint of `parts`, plain values: half of the SHA-256 digest of them in MessagePack."""
    return sha256(_encode(parts)).digest()[:PRINT_BYTES]


def join_prints(prints: Iterable[bytes]) -> bytes:
    """One fingerprint for several, in their order."""
    return sha256(b"".join(prints)).digest()[:PRINT_BYTES]
