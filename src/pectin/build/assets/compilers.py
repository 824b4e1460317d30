"""What a build needs of compilers, which are parts of others that a site may do without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec
from msgspec import Struct

from pectin.build.assets.files import AssetFiles, NoPackages, Packages

UrlOf = Callable[[str], str]
"""Takes the path of a file that is no module and returns the URL where it is published."""


class Finding(msgspec.Struct, frozen=True, array_like=True):
    """Something that a compiler says of a file. `path` is in the site's folder.

    `line` and `column` count from 1; None where it does not say.
    """

    message: str
    path: str
    line: int | None = None
    column: int | None = None
    hint: str = ""


class CompileFailed(Exception):
    """A source cannot be compiled, for the reasons in `findings`."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings = findings


class Compiled(msgspec.Struct, frozen=True, array_like=True):
    """What a source became. `source_map` is JSON (ECMA-426), or "" where none was asked for."""

    text: str
    source_map: str = ""
    warnings: tuple[Finding, ...] = ()


class SassCompiler(Protocol):
    """Makes CSS of Sass (https://sass-lang.com/documentation/)."""

    @property
    def version(self) -> str:
        """What changes when it may compile the same source to something else."""

    def compile(self, path: str, files: AssetFiles, *, source_map: bool) -> Compiled:
        """The CSS of the Sass source `path`. Raises CompileFailed.

        Whatever it imports is looked for in `files` and nowhere else.
        """


class StylesheetCompiler(Protocol):
    """Makes stylesheets shorter, and fit for older browsers."""

    @property
    def version(self) -> str:
        """What changes when it may compile the same source to something else."""

    def compile(self, path: str, text: str, *, browsers: Sequence[str], minify: bool) -> Compiled:
        """The stylesheet `text`, which was made of the file `path`. Raises CompileFailed.

        `browsers` are queries (https://browsersl.ist): nesting, prefixes and colours are written so
        that these browsers know them. None are all of today's.
        """

    def explain_browsers(self, browsers: Sequence[str]) -> str:
        """Why `browsers` are none, or "" where they are some."""


class ScriptBundler(Protocol):
    """Makes one script of modules, be they JavaScript or TypeScript."""

    @property
    def version(self) -> str:
        """What changes when it may make something else of the same source."""

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
        """The script `path`, and if it is to be `whole` with all that it imports. Raises CompileFailed.

        What nobody uses of modules is left out. `url_of` publishes files that are no modules.
        `development` is what `process.env.NODE_ENV` says, as many packages ask for it.
        """


class Compilers(Struct, frozen=True):
    """The compilers that are installed, None for one that is not, and the packages that they may read."""

    sass: SassCompiler | None = None
    css: StylesheetCompiler | None = None
    scripts: ScriptBundler | None = None
    packages: Packages = NoPackages()
