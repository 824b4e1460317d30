"""Search indices by Pagefind, which the package `pagefind-bin` brings.

The program is spoken to as its own clients for Node and Python do: JSON in Base64, each message
with a comma behind it. Python's waits a tenth of a second for each page.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from pectin.adapters.compiler_process import CompilerProcess
from pectin.build.configuration.model import SearchOptions
from pectin.build.search.ports import SearchFailed

PACKAGES = ("pagefind_bin", "cbor2")
"""What the extra `search` brings."""

_DISTRIBUTION = "pagefind-bin"
_CHUNK = 1 << 20
_ORDER = "ordered 2"


class Pagefind:
    """A SearchIndexer."""

    @cached_property
    def version(self) -> str:
        """What changes when it may make other files of the same pages."""
        from importlib.metadata import version  # slow, and most sites need none

        return f"{_DISTRIBUTION} {version(_DISTRIBUTION)} {_ORDER}"

    def index(
        self, pages: Iterable[tuple[str, str]], options: SearchOptions
    ) -> list[tuple[str, bytes]]:
        """The files of the index of `pages`. Raises SearchFailed."""
        from pectin.adapters.pagefind_files import (  # needs what the extra brings
            UnknownFiles,
            settle_order,
        )

        process = CompilerProcess(_make_command, Path(__file__).parent)
        try:
            session = _Session(process)
            number = session.ask("NewIndex", config=_render_options(options))["index_id"]
            for path, html in pages:
                name = path.removeprefix("/")
                session.ask(
                    "AddFile", index_id=number, file_path=name, url=None, file_contents=html
                )
            found = session.ask("GetFiles", index_id=number)["files"]
            files = {file["path"]: b64decode(file["content"]) for file in found}
            return list(settle_order(files).items())
        except UnknownFiles as error:
            raise SearchFailed(f"this release of Pagefind writes other files: {error}") from None
        finally:
            process.close()


class _Session:
    """Questions to one process, and its answers."""

    def __init__(self, process: CompilerProcess) -> None:
        self._stdin, self._stdout = process.open()
        self._number = 0

    def ask(self, kind: str, **said: Any) -> dict[str, Any]:
        """The answer to one message. Raises SearchFailed."""
        self._number += 1
        message = {"message_id": self._number, "payload": {"type": kind, **said}}
        try:
            self._stdin.write(b64encode(msgspec.json.encode(message)) + b",")
            self._stdin.flush()
        except BrokenPipeError:
            raise SearchFailed("Pagefind ended in the middle of its work") from None
        answer: dict[str, Any] = msgspec.json.decode(b64decode(self._read()))["payload"]
        if answer["type"] == "Error":
            raise SearchFailed(f"Pagefind says: {answer['message']}")
        return answer

    def _read(self) -> bytes:
        parts: list[bytes] = []
        while not parts or not parts[-1].endswith(b","):
            # One answer comes for one question, so that nothing stands behind the comma.
            part = self._stdout.read1(_CHUNK)  # type: ignore[attr-defined]  # a buffered pipe
            if not part:
                raise SearchFailed("Pagefind ended in the middle of its work")
            parts.append(part)
        return b"".join(parts)[:-1]


def _render_options(options: SearchOptions) -> dict[str, Any]:
    return {
        "root_selector": options.root_selector or None,
        "exclude_selectors": list(options.exclude_selectors),
        "force_language": options.language or None,
        "include_characters": options.include_characters or None,
        "keep_index_url": False,
        "write_playground": False,
    }


def _make_command() -> list[str]:
    import pagefind_bin  # an extra

    return [str(pagefind_bin.get_executable()), "--service"]
