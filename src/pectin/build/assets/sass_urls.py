"""Which file a URL of Sass means (https://sass-lang.com/documentation/at-rules/use/#load-paths)."""

from __future__ import annotations

from posixpath import basename, dirname, join

from pectin.build.assets.files import AssetFiles

_SUFFIXES = (".sass", ".scss", ".css")
_SASS = _SUFFIXES[:2]


class AmbiguousUrl(Exception):
    """A URL means several files."""


def find_sheet(path: str, files: AssetFiles, *, from_import: bool) -> str | None:
    """The file that `path` means, which may lack its suffix and its underscore; None if there is none.

    A partial (`_colors.scss`) is found as `colors`, and a folder by its `_index.scss`. Where
    `from_import`, a file for `@import` alone (`colors.import.scss`) comes first.
    Raises AmbiguousUrl when two files are as good as each other.
    """
    if path.endswith(_SUFFIXES):
        stem, _, suffix = path.rpartition(".")
        return (_pick([f"{stem}.import.{suffix}"], files) if from_import else None) or _pick(
            [path], files
        )
    return _find_stem(path, files, from_import=from_import) or _find_stem(
        join(path, "index"), files, from_import=from_import
    )


def _find_stem(path: str, files: AssetFiles, *, from_import: bool) -> str | None:
    stems = (f"{path}.import", path) if from_import else (path,)
    for stem in stems:
        found = _pick([stem + suffix for suffix in _SASS], files) or _pick([f"{stem}.css"], files)
        if found:
            return found
    return None


def _pick(paths: list[str], files: AssetFiles) -> str | None:
    """The one of `paths` that is there, as it is or as a partial."""
    names = [name for path in paths for name in (_partial_of(path), path)]
    found = [name for name in names if files.has(name)]
    if len(found) > 1:
        raise AmbiguousUrl(f"it is not clear which file is meant, {' or '.join(found)}")
    return found[0] if found else None


def _partial_of(path: str) -> str:
    return join(dirname(path), f"_{basename(path)}")
