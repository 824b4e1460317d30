"""Paths that are for those who know a password (RFC 7617)."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Iterable
from hmac import compare_digest

CHALLENGE = ("www-authenticate", 'Basic realm="this site", charset="UTF-8"')
"""The field that a 401 has (RFC 7617 2)."""


def is_authorized(field: str | None, credentials: Iterable[str]) -> bool:
    """Whether the Authorization `field` has one of `credentials`, each `name:password`.

    How long it takes tells nothing of where the two differ.
    """
    scheme, _, encoded = (field or "").partition(" ")
    if scheme.lower() != "basic":
        return False
    try:
        given = b64decode(encoded.strip(), validate=True)
    except (binascii.Error, ValueError):
        return False
    is_known = False
    for known in credentials:  # all of them, so that the time does not tell which was near
        is_known |= compare_digest(given, known.encode())
    return is_known
