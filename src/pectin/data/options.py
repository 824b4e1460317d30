"""What the file of a loader says of it, read without running it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pectin.values.place import Place
from pectin.values.problem import Problem

FUNCTION = "load"
_DECORATOR = "loader"
_DURATION = re.compile(r"(\d{1,6})(s|m|h|d)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Options:
    """How a loader is run. `ttl` and `timeout` are in seconds, `secrets` names of variables."""

    ttl: int = 3600
    timeout: int = 60
    on_error: str = "fail"
    secrets: tuple[str, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)


class _WrongOption(ValueError):
    """An option that cannot be; the message begins after its name."""


def parse_options(path: str, source: str) -> tuple[Options, tuple[Problem, ...]]:
    """The options of the loader in `source`, the text of the file `path`, and what is wrong there."""
    try:
        module = ast.parse(source)
    except (SyntaxError, ValueError) as error:
        return Options(), (_tell_syntax(path, source, error),)
    function = next(
        (
            node
            for node in module.body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == FUNCTION
        ),
        None,
    )
    if function is None:
        message = f"{path} has no function `{FUNCTION}`"
        hint = "write `def load(context: LoaderContext) -> Data:`; a file to import begins with `_`"
        return Options(), (Problem("loader-options", message, hint, Place(path)),)
    reader = _Reader(path, source)
    if isinstance(function, ast.AsyncFunctionDef):
        reader.report(function, f"`{FUNCTION}` must not be async", "write `def load(context):`")
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and _name_of(decorator.func) == _DECORATOR:
            reader.read(decorator)
    return Options(**reader.values, places=reader.places), tuple(reader.problems)


class _Reader:
    """Reads the arguments of the decorator."""

    def __init__(self, path: str, source: str) -> None:
        self._path = path
        self._source = source
        self.values: dict[str, Any] = {}
        self.places: dict[str, Place] = {}
        self.problems: list[Problem] = []

    def read(self, call: ast.Call) -> None:
        if call.args:
            self.report(call.args[0], "the options have names", 'write `@loader(ttl="1h")`')
        for keyword in call.keywords:
            self._read_option(keyword)

    def _read_option(self, keyword: ast.keyword) -> None:
        name = keyword.arg or "**"
        if name not in _PARSERS:
            hint = f"there is {', '.join(f'`{known}`' for known in _PARSERS)}"
            self.report(keyword, f"a loader has no option `{name}`", hint)
            return
        self.places[name] = self._place(keyword.value)
        try:
            value = ast.literal_eval(keyword.value)
        except ValueError:
            hint = "the options are read without running the file: write the value itself"
            self.report(keyword.value, f"`{name}` is not written out", hint)
            return
        try:
            self.values[name] = _PARSERS[name](value)
        except _WrongOption as wrong:
            self.report(keyword.value, f"`{name}` {wrong}", _HINTS[name])

    def report(self, node: ast.AST, message: str, hint: str) -> None:
        self.problems.append(Problem("loader-options", message, hint, self._place(node)))

    def _place(self, node: Any) -> Place:
        lines = self._source.split("\n")
        before = lines[node.lineno - 1].encode()[: node.col_offset].decode(errors="replace")
        return Place(self._path, node.lineno, len(before) + 1, lines[node.lineno - 1].rstrip("\r"))


def _parse_duration(value: Any) -> int:
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise _WrongOption(f"cannot be {value!r}")
    return int(found[1]) * _SECONDS[found[2]]


def _parse_timeout(value: Any) -> int:
    seconds = _parse_duration(value)
    if seconds == 0:
        raise _WrongOption("cannot be nothing")
    return seconds


def _parse_on_error(value: Any) -> str:
    if value not in ("fail", "stale"):
        raise _WrongOption(f"cannot be {value!r}")
    return str(value)


def _parse_secrets(value: Any) -> tuple[str, ...]:
    names = value if isinstance(value, list | tuple) else [value]
    for name in names:
        if not isinstance(name, str) or not _VARIABLE.fullmatch(name):
            raise _WrongOption(f"has {name!r}, which names no variable of the environment")
    return tuple(names)


_PARSERS: Mapping[str, Callable[[Any], Any]] = {
    "ttl": _parse_duration,
    "timeout": _parse_timeout,
    "on_error": _parse_on_error,
    "secrets": _parse_secrets,
}
_HINTS = {
    "ttl": 'write a number with its unit, as in "30s", "5m", "1h" or "7d"',
    "timeout": 'write a number with its unit, as in "30s" or "2m"',
    "on_error": 'write "fail", or "stale" to go on with the last data that were good',
    "secrets": 'write a list of names, as in ["SHOP_TOKEN"]',
}


def _name_of(node: ast.expr) -> str:
    """The last name of `loader` or `data.loader`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _tell_syntax(path: str, source: str, error: Exception) -> Problem:
    if not isinstance(error, SyntaxError) or error.lineno is None:
        return Problem("loader-failed", f"this is not Python: {error}", "", Place(path))
    lines = source.split("\n")
    text = lines[error.lineno - 1] if error.lineno <= len(lines) else ""
    place = Place(path, error.lineno, error.offset or 1, text.rstrip("\r"))
    return Problem("loader-failed", f"this is not Python: {error.msg}", "", place)
