"""Attributes in braces, `{.class #id key=value}`, as Goldmark and Pandoc have them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from pectin.build.content.text import unescape

Attributes = Mapping[str, str]
"""Attributes by name, in order. `class` has all classes."""

_PART = re.compile(
    r"""[\s,]*+(?:\.(?P<class>[\w-]++)|\#(?P<id>[\w:.-]++)"""
    r"""|(?P<name>[A-Za-z_][\w:.-]*+)(?:=(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'"""
    r"""|(?P<bare>[^\s,"'{}<>=`]++)))?+)(?=[\s,}]|\Z)"""
)
_WRITTEN = re.compile(r"""\s([^\s"'<>/=]+)(?:="([^"]*)")?""")
_HARMLESS = frozenset({"id", "class"})


def parse_attributes(text: str) -> Attributes | None:
    """The attributes that `text`, which has no braces around it, gives; None where it is none.

    Classes add up, else the last of a name wins; a name without a value is empty.
    """
    found: dict[str, str] = {}
    done = 0
    while part := _PART.match(text, done):
        done = part.end()
        if part["class"]:
            found["class"] = (
                f"{found['class']} {part['class']}" if "class" in found else part["class"]
            )
        elif part["id"]:
            found["id"] = part["id"]
        else:
            found[part["name"]] = part["double"] or part["single"] or part["bare"] or ""
    return found if found and not text[done:].strip(" \t,") else None


def render_attributes(attributes: Attributes) -> str:
    """`attributes` as a tag has them, each with a blank before it."""
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())


def read_attributes(written: str) -> dict[str, str]:
    """The attributes that a tag has, from the text behind its name."""
    return {name: unescape(value) for name, value in _WRITTEN.findall(written)}


def merge_attributes(own: Attributes, given: Attributes) -> dict[str, str]:
    """`own` with those that an author has `given`: classes add up, else what is given wins."""
    merged = {**own, **given}
    if "class" in own and "class" in given:
        merged["class"] = f"{own['class']} {given['class']}"
    return merged


def keep_harmless(attributes: Attributes) -> dict[str, str]:
    """Those of `attributes` that writers may give who are not trusted."""
    return {name: value for name, value in attributes.items() if name in _HARMLESS}
