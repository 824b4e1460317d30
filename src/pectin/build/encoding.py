"""Bytes of source files as text."""

from __future__ import annotations

from pectin.values.place import place_at
from pectin.values.problem import Problem

_BOM = "\ufeff"


def parse_text(path: str, source: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The text of a source file without its byte order mark, and what is wrong with it.

    Text is UTF-8 (RFC 3629). Bytes that are not become U+FFFD, the first of them placed in a
    problem.
    """
    try:
        return source.decode().removeprefix(_BOM), ()
    except UnicodeDecodeError as error:
        before = source[: error.start].decode().removeprefix(_BOM)
        text = source.decode(errors="replace").removeprefix(_BOM)
        problem = Problem(
            "not-utf-8",
            f"byte 0x{source[error.start]:02x} is not UTF-8",
            hint="save the file in the encoding UTF-8",
            place=place_at(path, text, len(before)),
        )
        return text, (problem,)
