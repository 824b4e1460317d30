"""What front matter says of data: expressions, and patterns with expressions in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from markupsafe import Markup
from minijinja import Environment, TemplateError

from pectin.build.faults import FAULTS, TemplateFault
from pectin.build.generation.markdown_text import escape_markdown, render_call
from pectin.build.suggestions import suggest
from pectin.build.templates.environment import BUILT_IN_FILTERS, FUEL
from pectin.build.templates.filters import make_filters

_IS_PATTERN = re.compile(r"\{\{|\{%")
_ONE_EXPRESSION = re.compile(r"\s*\{\{-?((?:(?!\{\{|\}\}|\{%).)+?)-?\}\}\s*", re.DOTALL)
_PAIRED = re.compile(r"\{%-?\s*([A-Za-z_]\w*)\s*\((\s*\))?")
_END_OF_PAIR = re.compile(r"\{%-?\s*end\s*-?%\}")
_UNDEFINED = re.compile(r"`([\w.]+)` is undefined")
_UNKNOWN = re.compile(r"(?:filter |test )?(\S+) is unknown")
_BEGIN = "begin_shortcode"
_END = "end_shortcode"


class BadExpression(ValueError):
    """An expression that cannot be evaluated: why, what to do, and in which line (from 1)."""

    def __init__(self, code: str, message: str, hint: str, line: int) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint
        self.line = line


class Expressions:
    """Evaluates expressions in the language of templates, without a page or a site.

    `shortcodes` are the names of those that bodies may use.
    """

    def __init__(self, shortcodes: Iterable[str]) -> None:
        self._shortcodes = frozenset(shortcodes)
        filters = make_filters()
        self._names = (*filters, *BUILT_IN_FILTERS)
        self._plain = _make_environment(filters, {}, None)
        self._bodies = _make_environment(filters, self._list_functions(), escape_markdown)

    def evaluate(self, expression: str, variables: Mapping[str, Any]) -> Any:
        """The value of `expression`. Raises BadExpression, also where it is undefined."""
        found = self._guard(partial(self._plain.eval_expr, expression, **variables), variables)
        if found is None:  # or undefined, which only shows when it is written
            written = f"{{{{ {expression} }}}}"
            self._guard(partial(self._plain.render_str, written, **variables), variables)
        return found

    def compose(self, value: Any, variables: Mapping[str, Any]) -> Any:
        """`value`, with every expression in its texts replaced. Raises BadExpression.

        A text that is one expression and nothing else becomes the value of that expression.
        """
        if isinstance(value, dict):
            return {key: self.compose(inner, variables) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.compose(inner, variables) for inner in value]
        if not isinstance(value, str) or not _IS_PATTERN.search(value):
            return value
        whole = _ONE_EXPRESSION.fullmatch(value)
        if whole:
            return self.evaluate(whole[1].strip(), variables)
        return self._guard(partial(self._plain.render_str, value, **variables), variables)

    def compile_body(self, name: str, body: str) -> Callable[[Mapping[str, Any]], str]:
        """What makes Markdown of `body`, the template `name`: values are text, shortcodes stay.

        It raises BadExpression, and so does this, where the body cannot be read.
        """
        self._guard(partial(self._bodies.add_template, name, self._keep_pairs(body)), {})

        def render(variables: Mapping[str, Any]) -> str:
            made = partial(self._bodies.render_template, name, **variables)
            return str(self._guard(made, variables))

        return render

    def _keep_pairs(self, body: str) -> str:
        """`body` with the tags of paired shortcodes as calls, which the engine can read."""
        if "{%" not in body:
            return body
        out, at = [], 0
        for opening in _PAIRED.finditer(body):
            if opening[1] in self._shortcodes and (end := body.find("%}", opening.end())) >= 0:
                comma = "" if opening[2] else ", "
                called = f'{{{{ {_BEGIN}("{opening[1]}"{comma}{")" if opening[2] else ""}'
                out += [
                    body[at : opening.start()],
                    called,
                    body[opening.end() : end].rstrip("-"),
                    "}}",
                ]
                at = end + len("%}")
        whole = "".join([*out, body[at:]])
        return _END_OF_PAIR.sub(f"{{{{ {_END}() }}}}", whole)

    def _list_functions(self) -> dict[str, Callable[..., Any]]:
        return {
            **{name: partial(_write_call, "{{", "}}", name) for name in self._shortcodes},
            _BEGIN: partial(_write_call, "{%", "%}"),
            _END: lambda: Markup("{% end %}"),
        }

    def _guard(self, evaluate: Callable[[], Any], variables: Mapping[str, Any]) -> Any:
        try:
            return evaluate()
        except TemplateError as error:
            raise self._explain(error, variables) from None
        except TemplateFault as fault:
            raise BadExpression(fault.code, fault.message, fault.hint, 1) from None
        except FAULTS as fault:
            message = str(fault).partition("\n")[0] or type(fault).__name__
            raise BadExpression("template-error", message, _HINT, 1) from None

    def _explain(self, error: TemplateError, variables: Mapping[str, Any]) -> BadExpression:
        line = error.line or 1
        detail = error.detail or error.message.partition("\n")[0]
        undefined = _UNDEFINED.search(detail)
        if undefined:
            hint = (
                _suggest_field(undefined[1], variables)
                or "ask with `is defined`, or give a `|default(none)`"
            )
            return BadExpression("undefined", f"`{undefined[1]}` is undefined", hint, line)
        unknown = _UNKNOWN.search(detail)
        if unknown and error.kind in {"UnknownFilter", "UnknownFunction"}:
            what = "filter" if error.kind == "UnknownFilter" else "shortcode"
            known = self._names if what == "filter" else self._shortcodes
            hint = suggest(unknown[1], known) or _HINT
            return BadExpression(
                f"unknown-{what}", f"there is no {what} `{unknown[1]}`", hint, line
            )
        if error.kind == "OutOfFuel":
            return BadExpression(
                "endless-template", "this takes too long: it was stopped", _HINT, line
            )
        return BadExpression("template-error", detail, _HINT, line)


def _write_call(
    opening: str, closing: str, name: str, /, *unnamed: Any, **arguments: Any
) -> Markup:
    if unnamed:
        hint = f'write `{name}(src="plum.svg")`'
        raise TemplateFault("shortcode-syntax", "an argument is not `name=value`", hint)
    return render_call(name, arguments, opening, closing)


_HINT = "see Data in Pectin's documentation for what can be written here"


def _make_environment(
    filters: Mapping[str, Any], functions: Mapping[str, Any], finalizer: Callable[[Any], Any] | None
) -> Environment:
    return Environment(
        filters=filters,
        globals=functions,
        fuel=FUEL,
        auto_escape_callback=lambda _: False,
        undefined_behavior="strict",
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalizer=finalizer,
    )


def _suggest_field(name: str, variables: Mapping[str, Any]) -> str:
    """A hint about the path `name`, by what there is at its place."""
    *owners, last = name.split(".")
    found: Any = variables
    for owner in owners:
        found = found.get(owner) if isinstance(found, Mapping) else None
    if not isinstance(found, Mapping):
        return ""
    meant = suggest(last, map(str, found))
    there = ", ".join(f"`{known}`" for known in list(found)[:_SHOWN])
    return meant or (f"there is {there}" if there else "")


_SHOWN = 8
