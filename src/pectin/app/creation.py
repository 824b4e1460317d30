"""New pages and sections in a site, from archetypes. Nothing that is there is ever written over."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pectin.adapters.folder_source import SourceMissing, is_source
from pectin.app.archetypes import SECTION_INDEX, Archetypes
from pectin.app.settings import Settings
from pectin.build.configuration.model import Config
from pectin.build.configuration.parser import parse_config_file
from pectin.build.content.front_matter import split_date_prefix
from pectin.build.site.layout import CONTENT, Layout, make_layout
from pectin.build.site.sections import make_title, name_of, section_of
from pectin.build.slugs import slugify
from pectin.build.source import CONFIG_FILE
from pectin.build.urls import find_fault
from pectin.values.errors import Family, PectinError

_SUFFIXES = (".md", ".html")


class DocumentRefused(PectinError):
    """A page or a section cannot be started there."""

    code = "document-refused"
    title = "A page cannot be started there"
    family = Family.OPERATOR


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a page shall be: `stem` is its path without the suffixes, `content/blog/plum`.

    `language` is its part of the name, `.de` or "", and `is_bundle` None where that is open.
    """

    stem: str
    language: str
    suffix: str
    is_bundle: bool | None

    def path(self, *, is_bundle: bool) -> str:
        """The file of the document."""
        index = "/index" if is_bundle else ""
        return f"{self.stem}{index}{self.language}{self.suffix}"


def start_page(
    settings: Settings, given: str, *, title: str | None = None, archetype: str | None = None
) -> str:
    """The path in the site's folder of the page that was started at `given`.

    `given` is a path in the site's folder or in `content/`; one that ends in a slash is a bundle,
    and without a suffix the archetype decides. Raises DocumentRefused, ArchetypeMissing,
    ArchetypeUnreadable, SourceMissing and SourceError, and then has written nothing.
    """
    config = _read_config(settings.source)
    layout = make_layout(config)
    target = _read_target(_normalize(settings.source, given), layout)
    section = section_of(layout.strip(target.path(is_bundle=bool(target.is_bundle))))
    found, is_bundle = Archetypes(settings.source).find_page(
        section, target.suffix, is_bundle=target.is_bundle, name=archetype
    )
    path = target.path(is_bundle=is_bundle)
    for suffix in _SUFFIXES:
        for is_other in (False, True):
            other = f"{target.stem}{'/index' if is_other else ''}{target.language}{suffix}"
            _refuse_existing(settings.source, other, given)
    variables = _list_variables(settings, config, layout, path, title)
    text = found.render(variables)
    folder = path.rpartition("/")[0]
    files = {f"{folder}/{name}": body for name, body in found.files} if is_bundle else {}
    for name in files:
        _refuse_existing(settings.source, name, given)
    _write(settings.source, {path: text.encode(), **files})
    return path


def start_section(settings: Settings, given: str, *, title: str | None = None) -> str:
    """The path in the site's folder of the `_index.md` of the section that was started.

    Raises as `start_page`.
    """
    config = _read_config(settings.source)
    layout = make_layout(config)
    folder = _normalize(settings.source, given).rstrip("/").removesuffix(f"/{SECTION_INDEX}")
    if folder == CONTENT.rstrip("/"):
        raise DocumentRefused("the home page is no section to start", hint="name a folder")
    if folder.endswith(_SUFFIXES):
        raise DocumentRefused(
            f"{folder} is no name of a folder",
            hint=f"a section is a folder; for a page: pectin new page {folder}",
        )
    path = f"{folder}/{SECTION_INDEX}"
    for suffix in _SUFFIXES:
        for other in (f"{folder}/_index", f"{folder}/index", folder):
            _refuse_existing(settings.source, other + suffix, given)
    section = section_of(layout.strip(path))
    found = Archetypes(settings.source).find_section(section)
    variables = _list_variables(settings, config, layout, path, title)
    _write(settings.source, {path: found.render(variables).encode()})
    return path


def _read_config(root: Path) -> Config | None:
    """What pectin.toml says, or None where it has errors, which a check will tell."""
    try:
        source = (root / CONFIG_FILE).read_bytes()
    except OSError as error:
        raise SourceMissing(
            f"there is no {CONFIG_FILE} in {root}",
            hint="name the site's folder with --source, or start one: pectin new my-site",
        ) from error
    return parse_config_file(CONFIG_FILE, source)[0]


def _normalize(root: Path, given: str) -> str:
    """`given` as a path in the site's folder that begins with `content/`; its last slash stays."""
    text = given.replace(os.sep, "/")
    if Path(given).is_absolute():
        text = os.path.relpath(given, root).replace(os.sep, "/") + ("/" if text[-1:] == "/" else "")
    parts = [part for part in text.split("/") if part not in {"", "."}]
    if not parts or parts == [CONTENT.rstrip("/")]:
        raise DocumentRefused("it has no name", hint="name it as in content/blog/plum-jam.md")
    if parts[0] != CONTENT.rstrip("/"):
        parts = [CONTENT.rstrip("/"), *parts]
    path = "/".join(parts)
    fault = find_fault(f"/{path}") or (None if is_source(path) else "is hidden from builds")
    if fault:
        raise DocumentRefused(
            f"{given!r} cannot be in content/: it {fault}",
            hint="give a path from the site's folder, as in content/blog/plum-jam.md",
        )
    return f"{path}/" if text.endswith("/") else path


def _read_target(path: str, layout: Layout) -> _Target:
    """What `path` asks for. Raises DocumentRefused."""
    if path.endswith("/"):
        return _Target(path.rstrip("/"), "", _SUFFIXES[0], is_bundle=True)
    above, _, name = path.rpartition("/")
    suffix = next((one for one in _SUFFIXES if name.endswith(one)), "")
    stem = name.removesuffix(suffix)
    first, dot, last = stem.rpartition(".")
    language = f".{last}" if dot and first and last.lower() in layout.suffixes else ""
    stem = stem.removesuffix(language)
    if not suffix and "." in stem:
        raise DocumentRefused(
            f"{path} ends in neither .md nor .html", hint=f"write {path.rpartition('.')[0]}.md"
        )
    if not stem or stem == "_index":
        raise DocumentRefused(
            f"{path} is no name of a page", hint=f"for a section: pectin new section {above}"
        )
    if stem == "index":
        if f"{above}/" == CONTENT:
            raise DocumentRefused(f"{path} is the home page's", hint="edit content/_index.md")
        return _Target(above, language, suffix or _SUFFIXES[0], is_bundle=True)
    is_bundle = None if not suffix else False
    return _Target(f"{above}/{stem}", language, suffix or _SUFFIXES[0], is_bundle)


def _list_variables(
    settings: Settings, config: Config | None, layout: Layout, path: str, title: str | None
) -> Mapping[str, Any]:
    """What an archetype sees."""
    location = layout.locate(path)
    section = section_of(location.path)
    is_section = location.path.endswith(f"/{SECTION_INDEX}")
    name = section.rpartition("/")[2] if is_section else name_of(location.path)
    default = config.language if config else ""
    return {
        "title": title or make_title(name),
        "date": _find_date(location.path) or settings.today,
        "slug": slugify(name),
        "section": section,
        "path": path,
        "language": location.language or default,
        "author": (config.author or "") if config else "",
    }


def _find_date(path: str) -> date | None:
    """The date in the name of the page's file or bundle, if there is one."""
    above, _, name = path.rpartition("/")
    return split_date_prefix(above.rpartition("/")[2] if name.startswith("index.") else name)[0]


def _refuse_existing(root: Path, path: str, given: str) -> None:
    if os.path.lexists(root / path):
        raise DocumentRefused(
            f"{path} is there already",
            hint=f"edit it, or choose another name than {given}",
        )


def _write(root: Path, files: Mapping[str, bytes]) -> None:
    for path, body in files.items():
        target = root / path
        if not target.resolve().is_relative_to(root.resolve()):
            raise DocumentRefused(
                f"{path} is outside of the site, by a symbolic link", hint="choose another folder"
            )
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:  # whoever was quicker keeps the name
                file.write(body)
        except OSError as error:
            raise DocumentRefused(
                f"{path} cannot be written: {error.strerror}",
                hint="look at the permissions of its folder, and whether a file has its name",
            ) from error
