"""A new site, from one of the starters beside this module."""

from __future__ import annotations

import json
import re
import unicodedata
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pectin.build.source import CONFIG_FILE
from pectin.values.errors import Family, PectinError
from pectin.values.site import SiteName, parse_site_name

STARTERS = ("blog", "docs", "shop")
"""What a site can be started from."""

_RENAMED = {"gitignore": ".gitignore"}
_FALLBACK = "my-site"
_FALLBACK_TITLE = "My site"
_LONGEST_NAME = 40


class FolderRefused(PectinError):
    """A site cannot be started there."""

    code = "folder-refused"
    title = "A site cannot be started there"
    family = Family.OPERATOR


def start_site(
    folder: Path, name: str | None = None, title: str | None = None, *, starter: str = STARTERS[0]
) -> SiteName:
    """The name of the site that was started in `folder`, which must be empty or not be there.

    Without `name` and `title` they come from the folder's name. Raises FolderRefused and
    BadSiteName, and then has written nothing.
    """
    folder = folder.resolve()
    site = parse_site_name(name) if name is not None else make_site_name(folder.name)
    title = title or make_title(name or folder.name)
    try:
        if fault := _find_fault(folder):
            raise FolderRefused(f"{folder} {fault}", hint="name a folder that is not there yet")
        chosen = files("pectin.app").joinpath("starters", starter)
        _copy(chosen, folder, {"NAME": site, "TITLE": title})
    except OSError as error:
        raise FolderRefused(
            f"{folder} cannot be written: {error.strerror}", hint="look at its permissions"
        ) from error
    return site


def find_site_around(folder: Path) -> Path | None:
    """The folder of the site that `folder` is in, which is not its own, or None."""
    above = folder.resolve().parents
    return next((parent for parent in above if (parent / CONFIG_FILE).is_file()), None)


def _find_fault(folder: Path) -> str | None:
    """Why no site can be started in `folder`, or None where one can."""
    if not folder.exists():
        return None
    if not folder.is_dir():
        return "is not a folder"
    return "is not empty" if any(folder.iterdir()) else None


def make_site_name(text: str) -> SiteName:
    """A site name that resembles `text`, a folder's name; `my-site` where none does."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub("[^a-z0-9]+", "-", plain)[:_LONGEST_NAME].strip("-")
    return parse_site_name(name or _FALLBACK)


def make_title(text: str) -> str:
    """A title that resembles `text`, a folder's name or a site's; `My site` where none does."""
    # What a terminal would obey, and what is no Unicode text, may be in a folder's name.
    shown = "".join(character for character in text if character.isprintable())
    title = unicodedata.normalize("NFC", shown).strip()
    if " " not in title:
        title = re.sub("[-_]+", " ", title).strip() or _FALLBACK_TITLE
    return title[0].upper() + title[1:]


def _copy(source: Traversable, target: Path, values: dict[str, str]) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for entry in source.iterdir():
        path = target / _RENAMED.get(entry.name, entry.name)
        if entry.is_dir():
            _copy(entry, path, values)
        elif entry.name == "pectin.toml":
            path.write_text(_fill(entry.read_text(encoding="utf-8"), values), encoding="utf-8")
        else:
            path.write_bytes(entry.read_bytes())


def _fill(text: str, values: dict[str, str]) -> str:
    # A JSON string is also a TOML string, whatever is in it.
    for key, value in values.items():
        text = text.replace(f'"{key}"', json.dumps(value, ensure_ascii=False))
    return text
