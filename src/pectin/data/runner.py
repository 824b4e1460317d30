"""The process that runs one loader: `python -m pectin.data.runner`, told what by its standard input."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from pectin.data.context import LoaderContext
from pectin.data.declaration import LoaderError
from pectin.data.options import FUNCTION
from pectin.data.order import Failure, Order
from pectin.data.response_cache import ResponseCache
from pectin.data.values import NotData, render_data

MOST_BYTES = 64 << 20


def main() -> int:
    """Run the loader of the order; 0 when it gave data, 1 when the failure says why not."""
    order = Order(**json.load(sys.stdin))
    secrets = {name: os.environ.get(name, "") for name in order.secrets}
    previous = Path(order.previous).read_bytes() if order.previous else b"null"
    responses = ResponseCache(Path(order.responses) if order.responses else None)
    context = LoaderContext(Path(order.root), secrets, json.loads(previous), responses)
    try:
        body = _render(_load(order, context), context)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the site's author is told
        failure = _describe(error, order, context)
        Path(order.failure).write_text(json.dumps(failure.as_record()), encoding="utf-8")
        return 1
    Path(order.result).write_bytes(body)
    return 0


def _load(order: Order, context: LoaderContext) -> Any:
    sys.path.insert(0, str(Path(order.root) / "data"))
    spec = spec_from_file_location("loader", order.file)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["loader"] = module  # dataclasses look for it there
    spec.loader.exec_module(module)
    return getattr(module, FUNCTION)(context)


def _render(value: Any, context: LoaderContext) -> bytes:
    body = render_data(value)
    if len(body) > MOST_BYTES:
        raise NotData(f"there are {len(body) >> 20} MiB, and {MOST_BYTES >> 20} are the most")
    if name := context.find_secret(body.decode()):
        raise SecretShown(f"the secret {name} is in the data, which everybody will see")
    return body


class SecretShown(Exception):
    """What was loaded would publish a secret."""


_CODES: dict[type[BaseException], str] = {NotData: "loader-value", SecretShown: "loader-secret"}


def _describe(error: BaseException, order: Order, context: LoaderContext) -> Failure:
    frames = list(_list_frames(error, order))
    file, line, text = frames[-1] if frames else (order.path, None, None)
    notes = [f"called from {file}:{line}" for file, line, _ in frames[-2::-1]]
    message = context.redact(str(error).strip())
    if not isinstance(error, LoaderError | NotData | SecretShown):
        name = type(error).__name__
        message = f"{name}: {message}" if message else name
    code = _CODES.get(type(error), "loader-failed")
    shown = context.redact(text) if text else None
    return Failure(code, message, file, line, shown, tuple(notes))


def _list_frames(error: BaseException, order: Order) -> Iterator[tuple[str, int, str]]:
    """The lines of the site's own files on the way to `error`, outermost first."""
    root = Path(order.root).resolve()
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        frames = [(error.filename, error.lineno, error.text or "")]
    else:
        summary = traceback.extract_tb(error.__traceback__)
        frames = [(f.filename, f.lineno or 1, f.line or "") for f in summary]
    for name, line, text in frames:
        path = Path(name).resolve()
        if path.is_relative_to(root / "data"):
            yield path.relative_to(root).as_posix(), line, text.rstrip("\n")


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # it is a text file
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # threads of a loader must not keep it
