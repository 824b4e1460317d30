"""The way out: each file as soon as it is made."""

from __future__ import annotations

from pectin.values.output import OutputFile, Sink, Stream


class Output:
    """Emits files, whose paths were claimed before, and counts them."""

    def __init__(self, emit: Sink) -> None:
        self._emit = emit
        self.files = 0

    def write(self, path: str, body: bytes | Stream, media_type: str) -> None:
        """Emit one file."""
        self.pass_on(OutputFile(path, body, media_type))

    def pass_on(self, file: OutputFile) -> None:
        """Emit `file`."""
        self._emit(file)
        self.files += 1
