"""minijinja's errors as problems with a place, a way there and a hint."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from minijinja import TemplateError
from msgspec import Struct

from pectin.build.faults import TemplateFault
from pectin.build.suggestions import suggest
from pectin.build.templates.attributes import list_attributes, name_kind
from pectin.build.templates.diagnosis import FailedCall
from pectin.build.templates.library import THEME, Templates
from pectin.values.place import Place
from pectin.values.problem import Problem

DOCUMENTED = "see Templates in Pectin's documentation"

_OWN_NAME = re.compile(r"^[A-Z]\w+\.")
_FRAME = re.compile(
    r"^(?:caused by: )?(?P<message>.+) \(in (?P<name>[^()\n]+):(?P<line>\d+)\)$", re.MULTILINE
)
_INCLUDED = re.compile(r"""could not render include: error in "(.+)"$""")
_CARETS = re.compile(r"^( +i )( *)\^+", re.MULTILINE)
_UNDEFINED = re.compile(r"`(.+)` is undefined")
_UNKNOWN = re.compile(r"(?:filter |test )?(\S+) is unknown")
_MISSING_ALL = re.compile(r"none of which existed \[(.*)\]")
_QUOTED = re.compile(r"""["']([^"']+)["']""")
_MISSING = re.compile(r"""(?:template|non-existing template) ["'](.+)["']""")


class Frame(Struct, frozen=True):
    """One step of the way to an error. `column` counts from 1, or is None."""

    message: str
    name: str
    line: int
    column: int | None


class Vocabulary(Struct, frozen=True):
    """The names that templates may use, to suggest the one that was meant.

    `attributes` has those of each variable.
    """

    variables: Iterable[str]
    functions: Iterable[str]
    filters: Iterable[str]
    tests: Iterable[str]
    attributes: Mapping[str, Iterable[str]]


def parse_frames(description: str) -> list[Frame]:
    """The frames in the long text of a TemplateError, outermost first."""
    found = list(_FRAME.finditer(description))
    ends = [frame.start() for frame in found[1:]] + [len(description)]
    return [
        Frame(
            frame["message"],
            frame["name"],
            int(frame["line"]),
            _find_column(description[frame.end() : end]),
        )
        for frame, end in zip(found, ends, strict=True)
    ]


def explain_error(
    error: TemplateError, template: str, templates: Templates, vocabulary: Vocabulary
) -> Problem:
    """The problem that `error` is, which came while `template` was rendered."""
    frames = parse_frames(str(error))
    if not frames:
        message = error.detail or error.message
        return Problem("template-error", message, place=Place(templates.path_of(template)))
    inner = frames[-1]
    code, message, hint = _describe(inner.message, templates, vocabulary)
    notes = _list_notes(frames, template, templates)
    return Problem(code, message, hint, place_in(inner, templates), notes=notes)


def explain_fault(
    fault: Exception, call: FailedCall | None, template: str, templates: Templates
) -> Problem:
    """The problem that `fault` is, which `call` raised while `template` was rendered."""
    frames = parse_frames(call.description) if call else []
    notes = _list_notes(frames, template, templates)
    place = call.place if call else Place(templates.path_of(template))
    if isinstance(fault, TemplateFault):
        return Problem(fault.code, fault.message, fault.hint, fault.place or place, notes=notes)
    if isinstance(fault, AttributeError):
        message = f"{name_kind(fault.obj)} has no method `{fault.name}`"
        known = suggest(fault.name or "", list_attributes(fault.obj))
        return Problem("undefined", message, known, place, notes=notes)
    message = _OWN_NAME.sub("", str(fault).partition("\n")[0]) or type(fault).__name__
    return Problem("template-error", message, DOCUMENTED, place, notes=notes)


def explain_missing(names: Sequence[str], templates: Templates) -> tuple[str, str, str]:
    """The code, the message and the hint for templates of which one must be there, and none is."""
    if len(names) > 1:
        listed = ", ".join(f"`{name}`" for name in names)
        near = filter(None, (suggest(name, templates.own) for name in names))
        hint = next(near, "put one of them into templates/")
        return "missing-template", f"none of the templates {listed} is there", hint
    hint = suggest_template(names[0], templates)
    if ".." in names[0].split("/"):
        hint = "templates are named from the folder templates/ and cannot be outside it"
    return "missing-template", f"there is no template `{names[0]}`", hint


def explain_unknown(what: str, name: str, known: Iterable[str]) -> tuple[str, str, str]:
    """The code, the message and the hint for a function, a filter or a test that there is not."""
    hint = suggest(name, known) or f"Pectin's documentation lists every {what} under Templates"
    return f"unknown-{what}", f"there is no {what} `{name}`", hint


def suggest_template(name: str, templates: Templates) -> str:
    """What to do about the template `name`, which is missing."""
    if THEME + name in templates:
        return f"put it at templates/{name}; Pectin's own is `{THEME}{name}`"
    known = templates.names if name.startswith(THEME) else templates.own
    return suggest(name, known) or f"put it at templates/{name}"


def place_in(frame: Frame, templates: Templates) -> Place:
    """Where `frame` is, with its line."""
    lines = (templates.load(frame.name) or "").split("\n")
    text = lines[frame.line - 1].rstrip("\r") if 0 < frame.line <= len(lines) else None
    return Place(templates.path_of(frame.name), frame.line, frame.column, text)


def _list_notes(frames: list[Frame], template: str, templates: Templates) -> tuple[str, ...]:
    """The way to the innermost of `frames`, from it outwards to the page's `template`.

    Macros and parents have no frames of their own: who asked for one is told without the line, and
    only where that was included itself.
    """
    notes: dict[str, None] = {}
    for frame, inner in reversed(list(pairwise(frames))):
        included = _INCLUDED.search(frame.message)
        if included and included[1] != inner.name:
            notes[f"by way of {templates.path_of(included[1])}"] = None
        notes[f"included from {templates.path_of(frame.name)}:{frame.line}"] = None
    if frames and template not in {frame.name for frame in frames}:
        notes[f"in the page's template {templates.path_of(template)}"] = None
    return tuple(notes)


def _find_column(block: str) -> int | None:
    carets = _CARETS.search(block)
    return len(carets[2]) + 1 if carets else None


def _describe(message: str, templates: Templates, vocabulary: Vocabulary) -> tuple[str, str, str]:
    """The code, the message and the hint for what minijinja says."""
    kind, _, detail = message.partition(": ")
    explain = _EXPLAINERS.get(kind)
    if explain:
        return explain(detail or kind, templates, vocabulary)
    return "template-error", detail or kind, DOCUMENTED


def _explain_syntax(detail: str, _: Templates, __: Vocabulary) -> tuple[str, str, str]:
    hint = "write `{{ value }}`, or `{% if ... %}` with its `{% endif %}`"
    if "end of input" in detail:
        hint = "end what was begun: `{% if ... %}` with `{% endif %}`, `{{` with `}}`"
    return "template-error", detail, hint


def _explain_undefined(detail: str, _: Templates, vocabulary: Vocabulary) -> tuple[str, str, str]:
    found = _UNDEFINED.search(detail)
    if found is None:
        return "undefined", detail, "ask with `is defined`, or give a `|default(...)`"
    *owners, name = found[1].split(".")
    known = vocabulary.attributes.get(owners[-1], ()) if owners else vocabulary.variables
    hint = suggest(name, known) or "ask with `is defined`, or give a `|default(...)`"
    return "undefined", f"`{found[1]}` is undefined", hint


def _explain_function(detail: str, _: Templates, vocabulary: Vocabulary) -> tuple[str, str, str]:
    return explain_unknown("function", _find_unknown(detail), vocabulary.functions)


def _explain_filter(detail: str, _: Templates, vocabulary: Vocabulary) -> tuple[str, str, str]:
    return explain_unknown("filter", _find_unknown(detail), vocabulary.filters)


def _explain_test(detail: str, _: Templates, vocabulary: Vocabulary) -> tuple[str, str, str]:
    return explain_unknown("test", _find_unknown(detail), vocabulary.tests)


def _find_unknown(detail: str) -> str:
    found = _UNKNOWN.search(detail)
    return found[1] if found else detail


def _explain_missing(detail: str, templates: Templates, _: Vocabulary) -> tuple[str, str, str]:
    several = _MISSING_ALL.search(detail)
    if several:
        return explain_missing(_QUOTED.findall(several[1]), templates)
    found = _MISSING.search(detail)
    return explain_missing([found[1] if found else detail], templates)


def _explain_fuel(_: str, __: Templates, ___: Vocabulary) -> tuple[str, str, str]:
    return (
        "endless-template",
        "the template takes too long: it was stopped",
        "look for a loop in a loop over many pages",
    )


_EXPLAINERS: dict[str, Callable[[str, Templates, Vocabulary], tuple[str, str, str]]] = {
    "syntax error": _explain_syntax,
    "undefined value": _explain_undefined,
    "unknown function": _explain_function,
    "unknown filter": _explain_filter,
    "unknown test": _explain_test,
    "template not found": _explain_missing,
    "engine ran out of fuel": _explain_fuel,
}
