"""Content codings: what may be compressed, and which coding a client gets (RFC 9110 12.5.3)."""

from __future__ import annotations

import re

from pectin.values.snapshot import Entry

IDENTITY = "identity"

CODINGS = ("br", "zstd", "gzip")
"""The codings a file may have, the first where a client likes several equally."""

MIN_SIZE = 256
"""Bytes below which a coding gains less than its header fields cost."""

MAX_SIZE = 8 * 1024 * 1024
"""Bytes above which a file is sent as it is, so that no request waits for a long compression."""

_COMPRESSIBLE = re.compile(
    r"text/.*|.*\+(?:json|xml|text)"
    r"|application/(?:json|javascript|ecmascript|xml|wasm|toml|yaml|vnd\.ms-fontobject)"
    r"|font/(?:ttf|otf|collection)|image/(?:bmp|x-icon|vnd\.microsoft\.icon)"
)
_ELEMENT = re.compile(
    r"[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*"
    r"(?:;[ \t]*[Qq]=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)[ \t]*)?"
)
_ALIASES = {"x-gzip": "gzip"}


def has_variants(entry: Entry) -> bool:
    """Whether `entry` is kept in content codings beside identity."""
    essence = entry.media_type.partition(";")[0].strip().lower()
    return MIN_SIZE <= entry.size <= MAX_SIZE and _COMPRESSIBLE.fullmatch(essence) is not None


def negotiate_coding(accept_encoding: str | None) -> str:
    """The coding of CODINGS, or identity, that suits the field value `accept_encoding` best.

    The highest weight wins, then a coding over identity, then the order of CODINGS. Identity is
    also what a client gets who accepts nothing that there is: RFC 9110 12.5.3 prefers that to
    415 and 406.
    """
    weights = parse_weights(accept_encoding or "")
    rest = weights.get("*", 0.0)
    ranked = [(weights.get(coding, rest), coding) for coding in CODINGS]
    weight, coding = max(ranked, key=lambda pair: pair[0])
    if weight > 0 and weight >= weights.get(IDENTITY, 0.0):
        return coding
    return IDENTITY


def accepts_identity(accept_encoding: str | None) -> bool:
    """Whether the field value does not exclude identity by `identity;q=0` or `*;q=0`."""
    weights = parse_weights(accept_encoding or "")
    return weights.get(IDENTITY, weights.get("*", 1.0)) > 0


def simplify(accept_encoding: str | None) -> str:
    """A field value out of eight that every decision takes for `accept_encoding`."""
    coding = negotiate_coding(accept_encoding)
    if accepts_identity(accept_encoding):
        return coding
    return f"{IDENTITY};q=0" if coding == IDENTITY else f"{coding}, {IDENTITY};q=0"


def parse_weights(accept_encoding: str) -> dict[str, float]:
    """Codings in lower case with their weights; elements that are malformed are left out."""
    weights: dict[str, float] = {}
    for element in accept_encoding.split(","):
        match = _ELEMENT.fullmatch(element)
        if match:
            name = match[1].lower()
            weights.setdefault(_ALIASES.get(name, name), float(match[2] or 1))
    return weights
