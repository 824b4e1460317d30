"""Which language a source is in, as its name says: `plum.de.md`, `de/plum.md`."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from pectin.build.configuration.model import Config

CONTENT = "content/"


class Location(Struct, frozen=True):
    """A source's path without what names its language; `language` is None where nothing does."""

    language: str | None
    path: str


class Layout(Struct, frozen=True):
    """How sources name their languages. `suffixes` are in lower case, `folders` end in a slash."""

    suffixes: Mapping[str, str] = field(default_factory=dict)
    folders: Mapping[str, str] = field(default_factory=dict)

    def locate(self, path: str) -> Location:
        """The language and the location of the source at `path`.

        A file's suffix goes before the folder that it is in.
        """
        if not self.suffixes or not path.startswith(CONTENT):
            return Location(None, path)
        folder = next((one for one in self.folders if path.startswith(one)), None)
        language = self.folders[folder] if folder else None
        if folder:
            path = CONTENT + path.removeprefix(folder)
        above, _, name = path.rpartition("/")
        stem, dot, last = name.rpartition(".")
        stem, inner, suffix = stem.rpartition(".")
        if stem and inner and suffix.lower() in self.suffixes:
            return Location(self.suffixes[suffix.lower()], f"{above}/{stem}{dot}{last}")
        return Location(language, path)

    def strip(self, path: str) -> str:
        """The location of the source at `path`."""
        return self.locate(path).path if self.suffixes else path


def make_layout(config: Config | None) -> Layout:
    """The layout of a site with the languages of `config`; one without any names none."""
    languages = config.languages if config else ()
    folders = sorted(
        (
            (f"{CONTENT}{language.folder}/", language.code)
            for language in languages
            if language.folder
        ),
        key=lambda pair: (-len(pair[0]), pair),
    )
    return Layout({language.code.lower(): language.code for language in languages}, dict(folders))
