"""Problems as SARIF 2.1.0, which code hosts and editors show beside the lines that they are about.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from pectin import __version__
from pectin.values.place import Place
from pectin.values.problem import Problem, Severity

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_BASE = "SITE"


def make_sarif(problems: Sequence[Problem]) -> dict[str, Any]:
    """The log of one run that found `problems`, each code of which is a rule."""
    codes = sorted({problem.code for problem in problems})
    driver = {"name": "Pectin", "version": __version__, "rules": list(map(_make_rule, codes))}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": "The folder with pectin.toml."}}},
        "results": [_make_result(problem, codes.index(problem.code)) for problem in problems],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _make_rule(code: str) -> dict[str, Any]:
    words = code.split("-")
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in words),
        "shortDescription": {"text": f"{' '.join(words).capitalize()}."},
    }


def _make_result(problem: Problem, rule: int) -> dict[str, Any]:
    parts = (problem.message, problem.hint, *problem.notes)
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": "error" if problem.severity is Severity.ERROR else "warning",
        "message": {"text": "\n".join(filter(None, parts))},
    }
    if problem.place:
        result["locations"] = [{"physicalLocation": _make_location(problem.place)}]
    return result


def _make_location(place: Place) -> dict[str, Any]:
    location: dict[str, Any] = {
        "artifactLocation": {"uri": quote(place.file), "uriBaseId": _BASE},
    }
    if place.line is not None:
        region: dict[str, Any] = {"startLine": place.line}
        if place.column is not None:
            region["startColumn"] = place.column
        if place.text is not None:
            region["snippet"] = {"text": place.text}
        location["region"] = region
    return location
