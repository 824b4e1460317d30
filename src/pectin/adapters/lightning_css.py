"""Stylesheets for the browsers that are wanted, by Lightning CSS."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from pectin.build.assets.compilers import Compiled, CompileFailed, Finding

PACKAGE = _DISTRIBUTION = "lightningcss"

_SAID = re.compile(
    r"(?:[\w ]+ failed: )?(?P<message>.*?)(?: at (?P<path>.*):(?P<line>\d+):(?P<column>\d+))?",
    re.DOTALL,
)


class LightningCss:
    """A StylesheetCompiler."""

    @cached_property
    def version(self) -> str:
        """What changes when it may make something else of the same source."""
        from importlib.metadata import version  # slow, and most sites need none

        return f"{_DISTRIBUTION} {version(_DISTRIBUTION)}"

    def compile(self, path: str, text: str, *, browsers: Sequence[str], minify: bool) -> Compiled:
        """The stylesheet `text`, which was made of the file `path`. Raises CompileFailed."""
        import lightningcss  # an extra

        flags = lightningcss.calc_parser_flags(nesting=True, custom_media=True)
        wanted = list(browsers) or None
        try:
            css = lightningcss.process_stylesheet(
                text, filename=path, parser_flags=flags, browsers_list=wanted, minify=minify
            )
        except ValueError as error:
            raise CompileFailed(_describe(path, str(error))) from None
        return Compiled(css)

    def explain_browsers(self, browsers: Sequence[str]) -> str:
        """Why `browsers` are none, or "" where they are some."""
        import lightningcss  # an extra

        try:
            lightningcss.process_stylesheet("", browsers_list=list(browsers))
        except ValueError as error:
            return str(error).rpartition(": ")[2].strip(". ")
        return ""


def _describe(path: str, said: str) -> Finding:
    found = _SAID.fullmatch(said)
    assert found
    message = found["message"][0].lower() + found["message"][1:]
    if found["line"] is None:
        return Finding(message, path)
    # Lines are counted from 0 there, and columns from 1.
    return Finding(message, path, int(found["line"]) + 1, int(found["column"]))
